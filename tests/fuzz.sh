#!/usr/bin/env bash
# The long fuzz run in a release build: mutated texts for the extractor, on every core, or damaged feeds and pages for
# the readers of gathering.
#   tests/fuzz.sh [SECONDS] [SEED] [extract|gather]      an hour, the clock's seed and the extractor by default
# A failure prints the text: for the extractor as one JSON line, which `sitrep explain -` reads.
set -eu
cd "$(dirname "$0")/.."
export SITREP_MUTATION_SECONDS=${1:-3600}
export SITREP_MUTATION_SEED=${2:-$(date +%s)}
export SITREP_MUTATION_THREADS=${SITREP_MUTATION_THREADS:-$(nproc)}
case ${3:-extract} in
  extract) tests=mutation:: ;;
  gather) tests=gather::mutations:: ;;
  *) echo "usage: tests/fuzz.sh [SECONDS] [SEED] [extract|gather]" >&2; exit 2 ;;
esac
printf 'seed %s, %s seconds\n' "$SITREP_MUTATION_SEED" "$SITREP_MUTATION_SECONDS"
exec cargo test --release --test it -- "$tests" --nocapture
