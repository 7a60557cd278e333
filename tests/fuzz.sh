#!/usr/bin/env bash
# The long fuzz run of the extractor: mutated texts in a release build, on every core.
#   tests/fuzz.sh [SECONDS] [SEED]      an hour and the clock's seed by default
# A failure prints the text as one JSON line, which `sitrep explain -` reads.
set -eu
cd "$(dirname "$0")/.."
export SITREP_MUTATION_SECONDS=${1:-3600}
export SITREP_MUTATION_SEED=${2:-$(date +%s)}
export SITREP_MUTATION_THREADS=${SITREP_MUTATION_THREADS:-$(nproc)}
printf 'seed %s, %s seconds, %s threads\n' "$SITREP_MUTATION_SEED" "$SITREP_MUTATION_SECONDS" "$SITREP_MUTATION_THREADS"
exec cargo test --release --test it -- mutation:: --nocapture
