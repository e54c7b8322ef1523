# Sourced by Scripts/demo and Scripts/test: finds the toolchain, installs what is missing, chooses the build flags.
# One clear line for whatever stands in the way.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

build_packages="libavformat-dev libavcodec-dev libavutil-dev libswscale-dev fonts-noto-cjk libfreetype-dev libjpeg-dev libsqlite3-dev libssl-dev zlib1g-dev pkg-config"
test_packages="ffmpeg chromium python3 python3-gi gir1.2-gst-rtsp-server-1.0
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad openssl fonts-dejavu-core tesseract-ocr"

find_toolchain() {
    if ! command -v swift >/dev/null; then
        for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin "$HOME/.local/share/swiftly/bin"; do
            [ -x "$folder/swift" ] && PATH="$folder:$PATH" && return
        done
        fail "no Swift toolchain: install Swift 6.3 for Debian 12 from https://www.swift.org/install/linux/ and put it on the PATH"
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -1)
    set -- $version
    [ "${1:-0}" -gt 6 ] || { [ "${1:-0}" -eq 6 ] && [ "${2:-0}" -ge 3 ]; } ||
        fail "Swift 6.3 or newer is needed, this is $(swift --version 2>/dev/null | head -1)"
}

# install PACKAGE…: those that are not there, as root or by sudo; otherwise names the command.
install() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "these packages are missing and this is no Debian:$missing"
    printf 'installing:%s\n' "$missing" >&2
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        fail "packages are missing; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
    fi
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing; } >/dev/null ||
        fail "apt-get could not install them; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
}

# need_disk FOLDER MEGABYTES
need_disk() {
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail "$1: only $free MB free on this disk, $2 MB are needed"
}

# Fused and vectorised kernels need AVX2; a program built with it does not start on a CPU without.
build_flags() {
    flags="-c release --package-path $project"
    if grep -q -m1 '\bavx2\b' /proc/cpuinfo 2>/dev/null; then flags="$flags -Xcc -march=x86-64-v3"; fi
}

# build WHAT…: says what it does and shows the compiler's words only if it fails.
build() {
    need_disk "$project" 4000
    build_flags
    log="$project/.build-log.txt"
    printf 'building (the first time takes about ten minutes on two cores)…\n' >&2
    swift build $flags "$@" >"$log" 2>&1 || {
        grep -E 'error:' "$log" | sort -u | head -20 >&2
        fail "the build failed; all of its output is in $log"
    }
    rm -f "$log"
}
