#!/usr/bin/env bash
# Kills a run to 1,000 recipients 50 times at different points, and holds what arrived against what was to arrive:
# nobody is lost, repeats are byte-identical and no more than the messages in flight. Five times in a row, or as often as
# the first argument says.
set -eu
cd "$(dirname "$0")/../.."
for round in $(seq 1 "${1:-5}"); do
  echo "round $round"
  SITREP_TEST_KILLS=50 cargo test --quiet --test it -- --exact \
    deliver::killed::d_32_a_run_that_is_killed_loses_nobody_and_repeats_at_most_the_messages_in_flight
done
