#!/usr/bin/env bash
# usage: tests/checkers/run.sh DIR
# Checks every .html file in DIR: mail-client support, valid HTML, accessibility in a browser. Needs node 20 and
# chromium; installs the locked checkers into an ignored folder on first use.
set -euo pipefail
shopt -s nullglob
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=("$(cd "$1" && pwd)"/*.html)
if [ ${#files[@]} -eq 0 ]; then
  echo "no .html file in $1" >&2
  exit 1
fi
cd "$here"
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
failed=0
node mailgate.mjs "${files[@]}" || failed=1
npx --no-install html-validate --config htmlvalidate.json "${files[@]}" || failed=1
node axe.mjs "${files[@]}" || failed=1
if [ $failed -eq 0 ]; then
  echo "${#files[@]} digests pass mailgate, html-validate and axe"
fi
exit $failed
