# shellcheck shell=bash
# A record of what a script started, so that it can stop that and nothing else. Needs common.sh.
# One line each in DIR/started: "process PID BIRTH NAME", "network NAME", "unit NAME", "mode OCTAL OWNER:GROUP FILE".

started_add() { mkdir -p "$1"; printf '%s\n' "${*:2}" >> "$1/started"; }

# A PID alone may be somebody else's by tomorrow: the time of birth makes it unique.
process_birth() { awk '{ sub(/.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null; }

started_add_process() { started_add "$1" process "$2" "$(process_birth "$2")" "$3"; }

# started_stop_process PID BIRTH NAME: asks it to end, waits up to 15 s, and does not insist.
started_stop_process() {
  local tenths
  for ((tenths = 0; tenths < 150; tenths++)); do
    [ "$(process_birth "$1")" = "$2" ] || return 0
    [ $tenths -gt 0 ] || { say "Stopping $3 (process $1)"; as_root kill "$1" || return 0; }
    sleep 0.1
  done
  say "warning: $3 (process $1) does not end"
}
