# shellcheck shell=bash
# The build folders build/host, build/x64 and build/x86. Sourced after steps.sh.

# Whether build/NAME is configured with the tests that need a browser, which the caller wants if browser=true.
has_browser_tests() { # NAME
    local options
    options=$(tr -d '\n ' <"build/$1/meson-info/intro-buildoptions.json")
    [[ $options == *'"name":"browser","value":true'* ]]
}

# Configures build/NAME. A folder that was configured for another place, or not to the end, is made anew; else Ninja looks
# whether a meson.build changed.
configure() { # NAME
    local cross=() wanted=${browser:-false}
    case $1 in
        x64) cross=(--cross-file cross/x86_64-w64-mingw32.ini) ;;
        x86) cross=(--cross-file cross/i686-w64-mingw32.ini) ;;
    esac
    # shellcheck disable=SC2154
    if [[ -f build/$1/build.ninja ]] && grep -qF "\"source\": \"$top\"" "build/$1/meson-info/meson-info.json"; then
        ninja -C "build/$1" build.ninja
        if [[ $wanted != "$(has_browser_tests "$1" && echo true || echo false)" ]]; then
            meson configure "build/$1" -Dbrowser="$wanted"
            ninja -C "build/$1" build.ninja
        fi
    else
        rm -rf "build/$1"
        meson setup "build/$1" "${cross[@]}" -Dbrowser="$wanted"
    fi
}
