#!/usr/bin/env bash
# usage: tests/checkers/api.sh SCHEMATHESIS SITREP
# Serves an installation of its own on loopback and sends every operation of its API made-up requests, right and wrong:
# none may be a failure of the server, and each answer is as the description says.
set -euo pipefail
schemathesis=$(realpath -s "$1")
sitrep=$(realpath "$2")
dir=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir"
"$sitrep" init >/dev/null
mkdir articles
printf '[[source]]\nid = "desk"\nname = "Desk"\nurl = "file:%s"\n' "$dir/articles" >config/sources.toml
cat >articles/one.txt <<'TEXT'
Militants raid post

Militants attacked an army post near Palmyra on Monday, killing three soldiers, a monitor said.
TEXT
"$sitrep" gather >/dev/null
token=$("$sitrep" admin add-token checker --scope read --scope digests --scope edit --scope subscribers 2>/dev/null)
SITREP_WEB__LISTEN=127.0.0.1:0 "$sitrep" serve --role web 2>server.log &
server=$!
address=
for _ in $(seq 100); do
  address=$(sed -n 's/.*listens on \(http:[^ ]*\).*/\1/p' server.log)
  [ -n "$address" ] && break
  sleep 0.3
done
[ -n "$address" ] || { cat server.log >&2; exit 1; }
# What fetches from the addresses that are made up is left out. A slow machine is no failure of the server. One worker:
# Python 3.11 cannot compile in two threads at once without a chance of "AST constructor recursion depth mismatch".
"$schemathesis" run "$address/api/v1/openapi.json" --url "$address/api/v1" \
  --header "Authorization: Bearer $token" --exclude-path /sources/try \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
  --request-timeout 60 --request-retries 2 --suppress-health-check too_slow,filter_too_much,data_too_large \
  --phases examples,coverage,fuzzing --max-examples "${EXAMPLES:-25}" --seed 1 --workers 1
