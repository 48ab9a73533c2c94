# shellcheck shell=bash
# An all-in-one installation that lives as long as a test or a measurement: its own folder, ports and database. Needs
# common.sh, api.sh and ports.sh; libvirt is up and the platform is built.

# throwaway_up: starts it, waits until its host is able to work, and logs in. Sets throwaway_folder, throwaway_pid,
# throwaway_url, throwaway_management; the API functions then speak to it.
throwaway_up() {
  throwaway_configure ''
  throwaway_start ''
  throwaway_log_in
  throwaway_await_host
}

# throwaway_configure HOST_OPTIONS: makes the folder and the configuration; the options are a YAML mapping's inside.
throwaway_configure() {
  local https management database cluster
  # QEMU's own user must get through to the pool.
  throwaway_folder=$(mktemp -d /var/tmp/limiquantix-XXXXXX)
  chmod 0755 "$throwaway_folder"
  mkdir "$throwaway_folder/import"
  read -r https management database cluster < <(ports_free 4)
  throwaway_url=https://localhost:$https throwaway_management=http://127.0.0.1:$management
  cat > "$throwaway_folder/all.yaml" <<YAML
platform:
  dataDirectory: $throwaway_folder/data
  verticles: [identity, scheduler, storage, images, compute, guest-agents, gateway, host]
database: {port: $database}
cluster: {name: ${throwaway_folder##*/}, port: $cluster}
gateway: {address: 127.0.0.1, port: $https, managementPort: $management, webroot: $PWD/webroot/dist}
host: {importFolders: [$throwaway_folder/import], downloads: {allowedNetworks: [127.0.0.1/32]}${1:+, $1}}
YAML
}

# throwaway_start PART: starts the process of the folder (again) and waits until it is ready, but for that part.
throwaway_start() {
  setsid scripts/limiquantix "$throwaway_folder/all.yaml" >> "$throwaway_folder/log" 2>&1 < /dev/null &
  throwaway_pid=$!
  local deadline=$((SECONDS + 120))
  until throwaway_ready "$1"; do
    kill -0 "$throwaway_pid" 2>/dev/null || { cat "$throwaway_folder/log" >&2; die "LimiQuantix ended"; }
    [ $SECONDS -lt $deadline ] || { cat "$throwaway_folder/log" >&2; die "LimiQuantix does not become ready"; }
    sleep 0.05
  done
}

throwaway_ready() {
  curl --silent "$throwaway_management/readyz" | jq -e --arg but "$1" '.problems | keys - [$but] == []' >/dev/null 2>&1
}

throwaway_password() { cat "$throwaway_folder/data/first-admin-password"; }

throwaway_log_in() {
  api_open "$throwaway_url/api/v1" "$throwaway_folder/data/gateway/certificate.pem" "$throwaway_folder/cookies"
  api_log_in admin < <(throwaway_password) || die "the first admin password is not accepted"
}

throwaway_await_host() {
  local deadline=$((SECONDS + 120))
  until [ "$(api_get /hosts | jq '[.items[] | select(.state == "UP" and .problem == null)] | length')" -gt 0 ]; do
    [ $SECONDS -lt $deadline ] || die "the host has a problem: $(api_get /hosts | jq -r '.items[0].problem')"
    sleep 0.2
  done
}

throwaway_pool() {
  jq -nc --arg path "$throwaway_folder/pool" '{name: "local", driver: "local", settings: {path: $path}}' \
    | api_send POST /pools | jq -r .id
}

# throwaway_image NAME FILE: imports it and prints its id.
throwaway_image() {
  local id
  cp "$2" "$throwaway_folder/import/$1.qcow2"
  id=$(jq -nc --arg name "$1" '{name: $name, format: "qcow2"}' | api_send POST /images | jq -r .id)
  jq -nc --arg path "$throwaway_folder/import/$1.qcow2" '{path: $path}' | api_task POST "/images/$id/import" >/dev/null
  rm "$throwaway_folder/import/$1.qcow2"
  echo "$id"
}

throwaway_stop() {
  kill "$throwaway_pid" 2>/dev/null || return 0
  wait "$throwaway_pid" || true
}

# Removes the installation's VMs too, running or not.
throwaway_down() {
  [ -n "${throwaway_folder:-}" ] || return 0
  throwaway_stop
  local domain
  for domain in $(virsh -q list --all --uuid); do
    # No pipe into grep -q: it ends at the first match, and virsh, cut off, would look like a failure.
    [[ $(virsh dumpxml "$domain" 2>/dev/null) == *"$throwaway_folder/"* ]] || continue
    virsh -q destroy "$domain" >/dev/null 2>&1 || true
    virsh -q undefine "$domain" --nvram >/dev/null || true
  done
  rm -rf "$throwaway_folder"
}
