#!/usr/bin/env bash
# A throw-away Redis on 127.0.0.1, nothing kept on disk.
# Run when the signal and cache tests should run on a real server; with-servers.sh does it for you.
#   redis.sh start DIR PORT     redis.sh stop DIR
set -euo pipefail
command=$1 folder=$2 port=${3:-16379}
case $command in
start)
  if ! command -v redis-server >/dev/null; then
    [ "$(id -u)" = 0 ] || { echo "redis-server is missing. Install it: sudo apt-get install redis-server" >&2; exit 1; }
    timeout 120 apt-get update -qq >&2 && timeout 120 apt-get install -y -qq --no-install-recommends redis-server >&2
  fi
  mkdir -p "$folder"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" --daemonize yes --pidfile "$folder/pid" --logfile "$folder/log" >/dev/null
  for _ in $(seq 100); do
    if [ "$(redis-cli -p "$port" ping 2>/dev/null)" = PONG ]; then exit 0; fi
    sleep 0.1
  done
  tail -5 "$folder/log" >&2
  exit 1
  ;;
stop)
  [ ! -f "$folder/pid" ] || kill -TERM "$(cat "$folder/pid")" 2>/dev/null || true
  ;;
*)
  echo "use: redis.sh start DIR PORT | stop DIR" >&2
  exit 2
  ;;
esac
