# shellcheck shell=bash
# What every script here uses: messages, and root rights only where they are needed.

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# Runs a command as root: directly, or through sudo (which asks for a password only when it must).
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || die "this step needs root and there is no sudo: $*"
  sudo -- "$@"
}

# systemd is in charge only if it is process 1; having its packages installed proves nothing.
has_systemd() { [ -d /run/systemd/system ]; }
