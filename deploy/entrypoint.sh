#!/bin/sh
# Starts Gleaner in the image. A browser with a window gets a virtual display where the container has none.
set -eu
if [ "${BROWSER_HEADLESS:-true}" = "false" ] && [ -z "${DISPLAY:-}" ]; then
  Xvfb :99 -screen 0 1920x1080x24 -nolisten tcp &
  export DISPLAY=:99
fi
# With the arena that the image sets, the command does not start itself again with its bounds.
exec node --max-semi-space-size=8 /app/bin/gleaner.mjs "$@"
