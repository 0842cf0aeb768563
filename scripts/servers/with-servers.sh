#!/usr/bin/env bash
# Runs a command beside real servers: PostgreSQL with pgvector, S3 and Redis, on free ports of 127.0.0.1, in a temporary
# folder. Run it to see that the store tests hold on them:
#   scripts/servers/with-servers.sh npx vitest run src/platform
# The servers are stopped and the folder is removed however the command ends; its exit code is ours.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || { echo "use: with-servers.sh COMMAND …" >&2; exit 2; }

folder=$(mktemp -d)
chmod 755 "$folder"
command_pid=
stop() {
  trap - EXIT INT TERM
  [ -z "$command_pid" ] || kill -TERM "$command_pid" 2>/dev/null
  for service in postgres s3 redis; do "$here/$service.sh" stop "$folder/$service" & done
  wait
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

started=$SECONDS
postgres_port=$("$here/free-port.sh") && s3_port=$("$here/free-port.sh") && redis_port=$("$here/free-port.sh") || exit 1
pids=()
"$here/postgres.sh" start "$folder/postgres" "$postgres_port" & pids+=($!)
"$here/s3.sh" start "$folder/s3" "$s3_port" & pids+=($!)
"$here/redis.sh" start "$folder/redis" "$redis_port" & pids+=($!)
for pid in "${pids[@]}"; do wait "$pid" || { echo "a server did not start" >&2; exit 1; }; done
echo "PostgreSQL, S3 and Redis are up after $((SECONDS - started)) s" >&2

export GLEANER_TEST_DATABASE_URL="postgresql://postgres:postgres@127.0.0.1:$postgres_port/postgres"
export GLEANER_TEST_S3_URL="http://127.0.0.1:$s3_port" GLEANER_TEST_S3_KEY=testkey GLEANER_TEST_S3_SECRET=testsecret123
export GLEANER_TEST_REDIS_URL="redis://127.0.0.1:$redis_port"
"$@" &
command_pid=$!
wait "$command_pid"
code=$?
command_pid=
exit "$code"
