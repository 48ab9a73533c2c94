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

# network_apart COMMAND…: in a network of its own, where nobody comes and goes: Chromium gives up what it loads whenever the machine
# gets or loses an address (ERR_NETWORK_CHANGED), as it does with each guest. Others than root have the machine's.
network_apart() {
  [ "$(id -u)" = 0 ] || { "$@"; return; }
  # A browser without a way out says that it is offline. The shell in the network is who expands.
  # shellcheck disable=SC2016
  unshare --net sh -ec '
    ip link set lo up
    ip link add out type veth peer name there
    ip address add 192.0.2.1/24 dev out
    ip link set there up
    ip link set out up
    ip route add default via 192.0.2.2
    exec "$@"' sh "$@"
}
