# shellcheck shell=bash
# Visible progress for the scripts in tools/: one line a step, its output in a log below build/log.
# Sourced after `set -euo pipefail`. Changes to the source root, so every path printed is relative to it, and sets
#   top   the source root                    here   prefix that makes a printed command right where the user stands
# After `begin_steps N` the steps are numbered 1 to N.
here=
top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
[[ $PWD == "$top" ]] || here="cd $top && "
cd "$top" || exit
mkdir -p build/log

steps_total=0
steps_begun=0
ticker_pid=

begin_steps() { # N
    steps_total=$1
    steps_begun=0
}

# The last "N/M" or percentage that ninja, meson test or apt wrote into log $1; nothing if there is none.
how_far() {
    tail -c 4000 "$1" 2>/dev/null | tr '\r' '\n' | sed -nE \
        -e 's|^\[([0-9]+/[0-9]+)\].*|\1|p' \
        -e 's|^ *([0-9]+/[0-9]+) .*|\1|p' \
        -e 's|^dlstatus:[^:]*:([0-9]+).*|\1 % fetched|p' \
        -e 's|^pmstatus:[^:]*:([0-9]+).*|\1 % installed|p' | tail -n 1
}

# Says how far the step has come while it runs: every second on a terminal, else every 15 s on the same line.
ticker() { # LABEL LOG
    local start=$SECONDS far seconds
    while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        far=$(how_far "$2")
        seconds=$((SECONDS - start))
        if [[ -t 1 ]]; then
            printf '\r\033[K%s %s %d s' "$1" "${far:+$far,}" "$seconds"
        elif ((seconds % 15 == 0)); then
            printf ' %s' "${far:-$seconds s} ..."
        fi
    done
}

stop_ticker() {
    [[ -n $ticker_pid ]] || return 0
    # Not TERM: so early, it could still run the script's own trap.
    kill -KILL "$ticker_pid" 2>/dev/null || true
    wait "$ticker_pid" 2>/dev/null || true
    ticker_pid=
}
trap stop_ticker EXIT
# A step that was interrupted may end as if it had failed; the script ends with it, and with what it runs beside itself.
trap 'kill $(jobs -p) 2>/dev/null || true; wait; echo; exit 130' INT TERM

# Runs COMMAND with its output in LOG and shows one line: number, LABEL, seconds. Returns COMMAND's status.
step() { # LABEL LOG COMMAND...
    local label log=$2 start=$SECONDS status=0
    steps_begun=$((steps_begun + 1))
    label="$1 ..."
    ((steps_total == 0)) || printf -v label '[%*d/%d] %s' "${#steps_total}" "$steps_begun" "$steps_total" "$label"
    shift 2
    printf '%s' "$label"
    : >"$log"
    # The command stays in the foreground, so that an interrupt reaches it; only the clock runs beside it.
    ticker "$label" "$log" &
    ticker_pid=$!
    "$@" >"$log" 2>&1 </dev/null || status=$?
    stop_ticker
    [[ -t 1 ]] && printf '\r\033[K%s' "$label"
    if ((status == 0)); then
        printf ' %d s\n' $((SECONDS - start))
    else
        printf ' FAILED after %d s\n' $((SECONDS - start))
    fi
    return "$status"
}

# The end of log $1, indented, without apt's machine-readable progress.
show_tail() {
    grep -avE '^(dl|pm)status:' "$1" | tail -n 15 | sed 's/^/    /'
}

# Says what to read and what to run again after a failure.
hint() { # LOG COMMAND
    printf '  log:   %s\n  rerun: %s%s\n' "$1" "$here" "$2"
}
