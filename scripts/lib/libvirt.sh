# shellcheck shell=bash
# A libvirt that answers on qemu:///system, with its default NAT network. Needs common.sh and started.sh.
#
# What QEMU's own user (libvirt-qemu) needs of a pool directory: the x right on it and on each folder above it.
# libvirt gives a domain's disk files to that user while the domain runs; a pool under /root or in a 0700 home cannot work.

libvirt_uri=qemu:///system
libvirt_virsh() { as_root timeout 60 virsh -q -c $libvirt_uri "$@"; }
libvirt_answers() { libvirt_virsh uri >/dev/null 2>&1; }

# libvirt_up STATE_DIR: records there whatever it has to start.
libvirt_up() {
  if ! libvirt_answers; then
    if has_systemd; then libvirt_start_units "$1"; else libvirt_start_daemons "$1"; fi
    libvirt_wait
  fi
  libvirt_warn_kvm_mode
  libvirt_network_up "$1"
}

libvirt_start_units() {
  local unit units=(libvirtd.service)
  # Newer distributions split libvirtd into one daemon for each job.
  systemctl cat libvirtd.service >/dev/null 2>&1 || units=(virtqemud.service virtnetworkd.service virtstoraged.service)
  for unit in "${units[@]}"; do
    systemctl is-active -q "$unit" && continue
    say "Starting $unit"
    as_root systemctl start "$unit" || die "$unit does not start: see journalctl -u $unit"
    started_add "$1" unit "$unit"
  done
}

# Without systemd we are the ones who start the daemons, which also makes /dev/kvm's mode our business.
libvirt_start_daemons() {
  libvirt_fix_kvm_mode "$1"
  libvirt_start_daemon "$1" virtlogd /run/virtlogd.pid
  libvirt_start_daemon "$1" libvirtd /run/libvirtd.pid
}

libvirt_start_daemon() {
  local state=$1 name=$2 pid_file=$3
  # One that has ended and is not buried yet does not count.
  pgrep -x -r D,R,S "$name" >/dev/null && return
  command -v "$name" >/dev/null || die "$name is missing: run scripts/install-packages runtime"
  say "Starting $name"
  mkdir -p "$state"
  as_root env LIBVIRT_LOG_OUTPUTS="3:file:$(readlink -f "$state")/$name.log" "$name" -d -p "$pid_file" \
    || die "$name does not start: see $state/$name.log"
  started_add_process "$state" "$(as_root cat "$pid_file")" "$name"
}

libvirt_wait() {
  local deadline=$((SECONDS + 60))
  until libvirt_answers; do
    [ $SECONDS -lt $deadline ] || die "libvirt does not answer on $libvirt_uri"
    sleep 0.2
  done
}

# --- /dev/kvm ---------------------------------------------------------------------------------------------------
# A /dev/kvm that root can open and QEMU's user cannot (0600, as a kernel without udev leaves it) makes libvirt throw
# its capability cache away at every look: each define takes a minute.

libvirt_qemu_user() {
  local user
  user=$(as_root sed -n 's/^ *user *= *"\(.*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -1) || true
  [ -n "$user" ] || { getent passwd libvirt-qemu >/dev/null && user=libvirt-qemu; }
  echo "${user:-root}"
}

libvirt_kvm_mode_bad() {
  [ -e /dev/kvm ] && ! as_root runuser -u "$(libvirt_qemu_user)" -- test -r /dev/kvm -a -w /dev/kvm
}

# The owner and mode that udev would have set; undone by libvirt_down.
libvirt_fix_kvm_mode() {
  libvirt_kvm_mode_bad && getent group kvm >/dev/null || return 0
  say "Opening /dev/kvm to the group kvm, as udev does"
  started_add "$1" mode "$(stat -c '%a %U:%G' /dev/kvm)" /dev/kvm
  as_root sh -c 'chgrp kvm /dev/kvm && chmod 0660 /dev/kvm' || say "warning: /dev/kvm keeps its mode"
}

libvirt_warn_kvm_mode() {
  libvirt_kvm_mode_bad || return 0
  say "warning: $(libvirt_qemu_user), which runs QEMU, cannot open /dev/kvm: no KVM, and libvirt takes a minute for each
  step. Usual remedy: chgrp kvm /dev/kvm; chmod 0660 /dev/kvm; restart libvirtd"
}

# --- the default network ----------------------------------------------------------------------------------------

libvirt_network_up() {
  local xml=/usr/share/libvirt/networks/default.xml
  if libvirt_virsh net-list --name | grep -qx default; then return; fi
  if ! libvirt_virsh net-list --all --name | grep -qx default; then
    [ -f $xml ] || die "libvirt has no network 'default' and $xml is missing"
    libvirt_virsh net-define $xml >&2
  fi
  say "Starting libvirt's network 'default'"
  libvirt_virsh net-start default >&2 \
    || die "libvirt's network 'default' does not start (its address range may be in use: virsh net-edit default)"
  started_add "$1" network default
}

# --- and back ---------------------------------------------------------------------------------------------------

# libvirt_down STATE_DIR: stops what libvirt_up started, in reverse. Somebody's running guest keeps it all up.
libvirt_down() {
  local kind a b c guests
  [ -s "$1/started" ] || return 0
  guests=$(libvirt_virsh list --name 2>/dev/null | paste -sd ' ') || true
  if [ -n "$guests" ]; then say "libvirt stays up: these guests run: $guests"; return; fi
  while read -r kind a b c; do
    case $kind in
      network) say "Stopping libvirt's network '$a'"; libvirt_virsh net-destroy "$a" >&2 || true ;;
      process) started_stop_process "$a" "$b" "$c" ;;
      unit) say "Stopping $a"; libvirt_stop_unit "$a" ;;
      mode) as_root chown "$b" "$c"; as_root chmod "$a" "$c" ;;
    esac
  done < <(tac "$1/started")
  rm -f "$1/started"
}

# A socket that stays active would start the daemon again at once: that is how it was found, and it is left so.
libvirt_stop_unit() { as_root systemctl stop "$1" 2>/dev/null || true; }
