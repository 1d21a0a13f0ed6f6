# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by scripts/demo and scripts/test; sourced, not run.

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The package names of the lists given, without comments.
package_names() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$@"; }

missing_packages() {
    local name
    for name in $(package_names "$@"); do
        dpkg-query -W -f='${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed$' || printf '%s\n' "$name"
    done
}

# Installs what is missing from the lists given; says nothing when all is there.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not a Debian system: what $* name must be there already."
        return 0
    fi
    local missing as_root=()
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "some Debian packages are missing, and neither root nor sudo is at hand to install them.
Ask an administrator to run:
  apt-get install --no-install-recommends $missing"
        as_root=(sudo)
    fi
    say "Missing Debian packages: $missing"
    "${as_root[@]}" apt-get update -qq || fail "apt-get update failed; is there a network?"
    # What apt itself says of the amount, before anything is installed.
    # shellcheck disable=SC2086 # one word a package
    LC_ALL=C "${as_root[@]}" apt-get install --no-install-recommends --assume-no $missing 2>/dev/null \
        | grep -E 'newly installed|Need to get|additional disk space' | sed 's/^/  /' || true
    say "Installing them (without recommended packages) ..."
    # shellcheck disable=SC2086
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
        >"$log_folder/apt.log" 2>&1 || {
        tail -n 15 "$log_folder/apt.log" >&2
        fail "installing failed; the whole log: $log_folder/apt.log"
    }
}

# Debian's security updates of LibRaw: the upstream version of the same number is exploitable.
check_libraw() {
    command -v dpkg-query >/dev/null || return 0
    local have least=0.20.2-2.1+deb12u2
    have=$(dpkg-query -W -f='${Version}' libraw20 2>/dev/null) || return 0
    dpkg --compare-versions "$have" ge "$least" \
        || say "Warning: libraw20 $have lacks security fixes of $least; upgrade before opening files that others gave you."
}

# run_logged NAME COMMAND...: output goes to a log, whose end is shown when the command fails.
run_logged() {
    local name=$1
    shift
    if ! "$@" >"$log_folder/$name.log" 2>&1; then
        tail -n 40 "$log_folder/$name.log" >&2
        fail "$name failed; the whole log: $log_folder/$name.log"
    fi
}

seconds_since() { printf '%d s' $((SECONDS - $1)); }
