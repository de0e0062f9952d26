#!/usr/bin/env bash
# Serves a model and lets clients that others wrote ask it: tests/clients/run.sh <packages> <model folder>
# <packages>: where pip installed tests/clients/requirements.txt (--target).
set -euo pipefail

packages=$1
model=$(realpath "$2")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work" # schemathesis writes beside itself

node "$root/cli/ciclo.js" serve "$model" --port 0 >"$work/server.log" 2>&1 &
server=$!
url=
for _ in $(seq 100); do
  url=$(grep -o '"url":"http[^"]*"' "$work/server.log" | head -1 | cut -d '"' -f 4) || true
  [ -z "$url" ] || break
  sleep 0.2
done
if [ -z "$url" ]; then
  echo "the server did not start:" && cat "$work/server.log"
  exit 1
fi

export PYTHONPATH=$packages PYTHONDONTWRITEBYTECODE=1
python3 "$root/tests/clients/clients.py" "$url"
python3 "$packages/bin/schemathesis" --config-file "$root/tests/clients/schemathesis.toml" \
  run "$url/openapi.json" --phases examples,coverage,fuzzing --max-examples 30 --seed 1
if grep '"level":"error"' "$work/server.log"; then
  echo 'the server had errors of its own' && exit 1
fi
