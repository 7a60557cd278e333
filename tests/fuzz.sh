#!/usr/bin/env bash
# The long fuzz run: mutated texts and damaged feeds and pages, in a release build, on every core.
#   tests/fuzz.sh [SECONDS] [SEED]      an hour for each and the clock's seed by default
# A failure prints the text as one JSON line, which `sitrep explain -` reads.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-3600} seed=${2:-$(date +%s)}
export SITREP_MUTATION_SECONDS=$seconds SITREP_FUZZ_SECONDS=$seconds
export SITREP_MUTATION_SEED=$seed SITREP_FUZZ_SEED=$seed
export SITREP_MUTATION_THREADS=${SITREP_MUTATION_THREADS:-$(nproc)}
printf 'seed %s, %s seconds each, %s threads\n' "$seed" "$seconds" "$SITREP_MUTATION_THREADS"
cargo test --release --test it -- mutation:: --nocapture
exec cargo test --release --test it damaged_documents_are_read_without_a_panic -- --nocapture
