# shellcheck shell=bash
# Ports for what a test or a measurement starts.

# ports_free COUNT: that many ports below the range that the kernel gives to clients, where nobody listens.
ports_free() {
  local port found=()
  for port in $(shuf -i 20000-32000 -n 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || found+=("$port")
    [ ${#found[@]} -lt "$1" ] || break
  done
  echo "${found[@]}"
}
