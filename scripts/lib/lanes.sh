# shellcheck shell=bash
# Checks that wait more than they compute run beside others. Needs common.sh. What a lane prints is shown when it is awaited.

declare -A lanes=()

# lane_start DIR NAME COMMAND…: runs a function or program beside what follows, with less right to the processor.
lane_start() {
  local dir=$1 name=$2; shift 2
  mkdir -p "$dir"
  say "Beside what follows, see $dir/$name.log: $name"
  # Its processes are a group of their own, so that all of them can be ended.
  set -m
  (
    set -euo pipefail
    renice -n 5 -p $BASHPID >/dev/null
    began=$SECONDS
    "$@"
    say "It took $((SECONDS - began)) s"
  ) > "$dir/$name.log" 2>&1 < /dev/null &
  set +m
  lanes[$name]=$!
}

# lane_await DIR NAME: prints what it printed; fails as it did.
lane_await() {
  local code=0
  wait "${lanes[$2]}" || code=$?
  unset "lanes[$2]"
  say "What ran beside: $2"
  cat "$1/$2.log" >&2
  [ $code = 0 ] || die "$2 failed ($code)"
}

# lanes_end: ends those that still run.
lanes_end() {
  local name
  for name in "${!lanes[@]}"; do kill -- "-${lanes[$name]}" 2>/dev/null || true; done
}
