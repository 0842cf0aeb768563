#!/usr/bin/env bash
# Installs one pinned Python wheel into a folder of its own and prints that folder; quick when it is there already.
# Run by the other scripts here and by check-deploy.mjs.   use: wheel.sh NAME==VERSION [--with-dependencies]
set -euo pipefail
wheel=$1
alone=--no-deps
[ "${2:-}" != --with-dependencies ] || alone=
# Under /tmp, because a server that runs as an unprivileged user must be able to read it.
folder="${GLEANER_SERVICES_CACHE:-/tmp/gleaner-services-$(id -u)}/${wheel/==/-}"
if [ ! -f "$folder/ready" ]; then
  draft="$folder.$$"
  mkdir -p "$draft"
  trap 'rm -rf "$draft"' EXIT
  timeout 240 python3 -m pip install --quiet $alone --disable-pip-version-check --root-user-action=ignore --target "$draft" "$wheel" >&2
  touch "$draft/ready"
  chmod -R a+rX "$draft"
  # Of several that install at once, one wins.
  mv -T "$draft" "$folder" 2>/dev/null || [ -f "$folder/ready" ]
fi
echo "$folder"
