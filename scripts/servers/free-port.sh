#!/usr/bin/env bash
# Prints a port PORT so that nothing listens on PORT to PORT+3, nor 10,000 above them (SeaweedFS takes those too).
# Run by with-servers.sh.
set -euo pipefail
python3 - <<'PYTHON'
import random, socket, sys

def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False

for _ in range(200):
    port = random.randrange(11000, 21000)
    if all(is_free(port + near + far) for near in range(4) for far in (0, 10000)):
        print(port)
        sys.exit(0)
sys.exit("no free ports")
PYTHON
