# shellcheck shell=bash
# What the test beds have in common: their folder, its lock, their processes. Needs common.sh.
#
# A process of a bed is known by a file of the bed's folder among its arguments, so that one that was started a moment
# before its starter died is found too, and nobody else's ever is.

# testbed_lock FOLDER: this script is alone in it from here on. What outlives the script is started with
# {testbed_lock}>&-, or it would keep the lock.
testbed_lock() {
  mkdir -p "$1"
  exec {testbed_lock}>"$1/lock"
  flock "$testbed_lock"
}

# testbed_processes NAME ARGUMENT: the PIDs of the programs called NAME that have this argument.
testbed_processes() {
  local folder arguments
  for folder in /proc/[0-9]*; do
    mapfile -d '' -t arguments 2>/dev/null < "$folder/cmdline" || continue
    # The kernel's own threads have none.
    [[ ${arguments[0]-} =~ (^|/)"$1"$ ]] || continue
    [[ " ${arguments[*]:1} " == *" $2 "* ]] && echo "${folder#/proc/}"
  done
  return 0
}

# testbed_stop NAME ARGUMENT [SIGNAL]: ends them and waits until they are gone; after 20 s they are killed.
testbed_stop() {
  local pid deadline=$((SECONDS + 20)) signal=${3:-TERM}
  for pid in $(testbed_processes "$1" "$2"); do kill "-$signal" "$pid" 2>/dev/null || true; done
  while [ -n "$(testbed_processes "$1" "$2")" ]; do
    [ $SECONDS -lt $deadline ] || { testbed_stop "$1" "$2" KILL; return; }
    sleep 0.1
  done
}

# testbed_await SECONDS WHAT COMMAND…: until the command succeeds, or dies saying what did not come.
testbed_await() {
  local deadline=$((SECONDS + $1)) seconds=$1 what=$2; shift 2
  until "$@"; do
    [ $SECONDS -lt $deadline ] || die "$what: not within $seconds s"
    sleep 0.1
  done
}

# testbed_milliseconds: of the clock that only goes forward.
testbed_milliseconds() { awk '{ printf "%d\n", $1 * 1000 }' /proc/uptime; }
