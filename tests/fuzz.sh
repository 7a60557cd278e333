#!/usr/bin/env bash
# Damages feeds and pages for so many seconds and reads them: tests/fuzz.sh SECONDS [SEED]
set -eu
cd "$(dirname "$0")/.."
export SITREP_FUZZ_SECONDS=${1:-600} SITREP_FUZZ_SEED=${2:-$(date +%s)}
echo "seed $SITREP_FUZZ_SEED"
exec cargo test --test it damaged_documents_are_read_without_a_panic -- --nocapture
