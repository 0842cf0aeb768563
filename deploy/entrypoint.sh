#!/bin/sh
# Starts Gleaner in the image. A browser with a window gets a virtual display where the container has none.
set -eu
if [ "${BROWSER_HEADLESS:-true}" = "false" ] && [ -z "${DISPLAY:-}" ]; then
  Xvfb :99 -screen 0 1920x1080x24 -nolisten tcp &
  export DISPLAY=:99
fi
exec node /app/bin/gleaner.mjs "$@"
