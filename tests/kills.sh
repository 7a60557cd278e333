#!/usr/bin/env bash
# Kills a gathering of 500 articles (-9) at as many points as wanted, and looks that each article is stored exactly once.
#   tests/kills.sh [KILLS]      20 by default; the tests themselves kill at ten points
set -eu
cd "$(dirname "$0")/.."
export SITREP_KILLS=${1:-20}
exec cargo test --test it -- killed_at --nocapture
