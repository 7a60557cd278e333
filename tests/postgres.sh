#!/usr/bin/env bash
# A private PostgreSQL for the contract tests: own folder, own free port, no password, loopback only.
#
#   tests/postgres.sh start    starts it when it does not run yet, and prints its URL
#   tests/postgres.sh stop     stops it and removes its folder
#
# The folder is target/postgres, or SITREP_TEST_POSTGRES_DIR.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
home=${SITREP_TEST_POSTGRES_DIR:-${CARGO_TARGET_DIR:-$root/target}/postgres}

die() { echo "postgres.sh: $*" >&2; exit 1; }

# The folder with initdb of the newest version installed; empty when there is none.
find_bin() {
    local bin
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
    if [ -n "$bin" ] && [ -x "$bin/initdb" ]; then echo "$bin"; return; fi
    command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)" || true
}

install() {
    command -v apt-get >/dev/null 2>&1 || die "no PostgreSQL here: install its server package"
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends postgresql; } >&2 \
        || die "PostgreSQL could not be installed: install the package \`postgresql\`"
}

# initdb refuses root, so root hands the folder to the account that the package made.
as_owner() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
    local port
    for _ in $(seq 1 50); do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    die "no free port"
}

running() {
    [ -f "$home/url" ] && [ -f "$home/data/postmaster.pid" ] \
        && as_owner "$bin/pg_ctl" -D "$home/data" status >/dev/null 2>&1
}

# A folder that `postgres` can reach: under root's home it cannot, so then one under the temporary folder.
reachable_home() {
    mkdir -p "$home"
    [ "$(id -u)" = 0 ] || return 0
    chown postgres "$home"
    as_owner test -x "$home" && return 0
    local moved
    moved=$(mktemp -d)
    chmod 755 "$moved" && chown postgres "$moved"
    rmdir "$home" 2>/dev/null || rm -rf "$home"
    ln -s "$moved" "$home"
}

start() {
    if running; then cat "$home/url"; return; fi
    rm -rf "$(readlink -f "$home" || echo "$home")" "$home"
    reachable_home
    local data port
    data=$(readlink -f "$home")
    as_owner "$bin/initdb" -D "$data/data" -A trust -U sitrep -E UTF8 --no-sync >"$data/initdb.log" 2>&1 \
        || { cat "$data/initdb.log" >&2; die "initdb failed"; }
    port=$(free_port)
    as_owner "$bin/pg_ctl" -D "$data/data" -l "$data/data/log" -w start \
        -o "-p $port -k '' -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" \
        >/dev/null || { cat "$data/data/log" >&2; die "the server did not start"; }
    echo "postgres://sitrep@127.0.0.1:$port/postgres" >"$data/url"
    cat "$data/url"
}

stop() {
    if running; then as_owner "$bin/pg_ctl" -D "$(readlink -f "$home")/data" -m immediate -w stop >/dev/null; fi
    rm -rf "$(readlink -f "$home" || echo "$home")" "$home"
}

bin=$(find_bin)
if [ -z "$bin" ] && [ "${1:-}" = start ]; then install; bin=$(find_bin); fi

case "${1:-}" in
    start) [ -n "$bin" ] || die "no initdb found after the installation"; start ;;
    stop) if [ -n "$bin" ]; then stop; fi ;;
    *) die "usage: tests/postgres.sh start|stop" ;;
esac
