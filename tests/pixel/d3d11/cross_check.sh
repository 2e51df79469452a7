#!/bin/sh
# Plays all scripts of a folder on Wine's own Direct3D, which draws on a display nobody sees, by OpenGL on the CPU.
#   cross_check.sh FOLDER PROGRAM [OPTION...]     paths of PROGRAM and of options are absolute, or from the source root
# Wine remembers whether a prefix has a display, so this is a prefix of its own; nothing in it outlives the display.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)

if [ -z "${AEROGPU_DISPLAY:-}" ]; then
    if ! command -v xvfb-run >/dev/null || ! command -v xauth >/dev/null; then
        echo "Bail out! the cross-check needs a display: install the Debian packages xvfb and xauth (tools/setup does)"
        exit 1
    fi
    # shellcheck disable=SC2016
    exec xvfb-run -a -s '-screen 0 640x480x24' sh -c 'AEROGPU_DISPLAY=$DISPLAY exec sh "$@"' sh "$0" "$@"
fi

# From the top and by short names: a command line on Windows has 32767 characters.
folder=$(CDPATH='' cd -- "$1" && pwd)
shift
cd "$top"
AEROGPU_WINEPREFIX=${AEROGPU_CROSS_WINEPREFIX:-$top/build/wine-display}
LIBGL_ALWAYS_SOFTWARE=1
export AEROGPU_WINEPREFIX LIBGL_ALWAYS_SOFTWARE
wine_run() {
    sh "$top/tools/wine-run" "$@"
}

# What a run that was cut short may have left belongs to a display that is gone.
wine_run --stop
trap 'wine_run --stop' EXIT
trap 'exit 1' INT TERM
wine_run "$@" "${folder#"$top"/}"/*.pixel
