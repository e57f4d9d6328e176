# Shared by the scripts beside this folder; sourced, never run.
# Gives: root (the checkout), complain, die, require_tool, require_swift, build_release, release_binary, elapsed.

# shellcheck shell=bash disable=SC2034
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

complain() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    complain "$@"
    exit 1
}

# require_tool COMMAND WHAT-TO-INSTALL
require_tool() {
    command -v "$1" >/dev/null 2>&1 || die "'$1' is missing; install $2, then run this again"
}

# The oldest toolchain that builds the package, as in the first line of Package.swift.
readonly oldest_swift=6.3

require_swift() {
    local version
    if ! command -v swift >/dev/null 2>&1; then
        complain "no Swift toolchain found (Swift $oldest_swift or newer is needed)"
        explain_swift
        exit 1
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [[ -n $version ]] || die "'swift --version' names no version; is the toolchain complete?"
    if [[ $(printf '%s\n%s\n' "$oldest_swift" "$version" | sort -V | head -n 1) != "$oldest_swift" ]]; then
        complain "Swift $version is too old (Swift $oldest_swift or newer is needed)"
        explain_swift
        exit 1
    fi
}

explain_swift() {
    cat >&2 <<'TEXT'
  With swiftly, Swift's own installer (https://www.swift.org/install/linux/swiftly/):
      swiftly install latest
  or by hand, as a tar file for your distribution: https://www.swift.org/install/linux/
  Then see that 'swift --version' answers, and run this again.
TEXT
}

# What build_release makes.
readonly release_binary=$root/.build/release/botctl

# Builds the binary that is shipped, with Swift's libraries in it, and checks what else it needs.
build_release() {
    swift build --configuration release --static-swift-stdlib --product botctl --package-path "$root" &&
        "$root/scripts/check-linkage" "$release_binary"
}

# elapsed START [END] -> "4 s" or "3 min 07 s"; both are values of $SECONDS, END is now unless given.
elapsed() {
    local seconds=$((${2:-SECONDS} - $1))
    if ((seconds < 60)); then
        printf '%d s' "$seconds"
    else
        printf '%d min %02d s' $((seconds / 60)) $((seconds % 60))
    fi
}

# usage_from_header FILE: prints the comment block at the top of a script.
usage_from_header() { sed -n '2,/^$/s/^# \{0,1\}//p' "$1"; }
