# shellcheck shell=bash
# Debian and Ubuntu packages, in groups by what they are for. Needs common.sh.

packages_in() {
  case $1 in
    runtime) echo qemu-system-x86 qemu-utils qemu-block-extra libvirt-daemon-system libvirt-clients dnsmasq-base \
      iptables genisoimage ovmf swtpm swtpm-tools openssl curl jq \
      gzip xz-utils zstd bzip2 ;;
    # A Maven or Node.js from elsewhere is as good as the distribution's.
    build) command_or_package mvn maven; command_or_package node nodejs; command_or_package npm npm ;;
    image) echo mmdebstrap debian-archive-keyring busybox-static cpio kmod fdisk e2fsprogs grub-common grub-pc-bin \
      openssl qemu-utils ;;
    test) echo busybox-static cpio cloud-init openssh-client sshpass chromium fonts-dejavu-core xorriso xfsprogs \
      e2fsprogs shellcheck socat libxml2-utils virt-viewer xvfb x11-apps x11-utils ;;
    bench) echo websockify postgresql-client iputils-ping ;;
    ceph) echo ceph-mon ceph-mgr ceph-osd ceph-common jq ;;
    testbed) echo qemu-system-x86 qemu-utils openssh-client e2fsprogs socat ;;
    *) die "no package group is called '$1' (there are: runtime build image test bench ceph testbed)" ;;
  esac
}

packages_why() {
  case $1 in
    runtime) echo "to run virtual machines" ;;
    build) echo "to build LimiQuantix" ;;
    image) echo "to build guest images" ;;
    test) echo "to run the tests" ;;
    bench) echo "to compare with other tools" ;;
    ceph) echo "to test against a Ceph of one node" ;;
    testbed) echo "to test against storage servers in a VM" ;;
  esac
}

command_or_package() { command -v "$1" >/dev/null || echo "$2"; }

# Prints those of the given packages that are not installed.
packages_missing() {
  [ $# -gt 0 ] || return 0
  local installed p
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || true
  for p in "$@"; do grep -qxF -- "$p" <<<"$installed" || echo "$p"; done
}

# packages_install GROUP…: installs what is missing and says why; nothing to do takes a few milliseconds.
packages_install() {
  local group missing all=()
  if ! command -v dpkg-query >/dev/null; then packages_by_hand "$@"; return; fi
  for group in "$@"; do
    # Words are package names: splitting is wanted.
    # shellcheck disable=SC2046
    missing=$(packages_missing $(packages_in "$group") | tr '\n' ' ')
    [ -z "$missing" ] && continue
    say "Installing, $(packages_why "$group"): $missing"
    # shellcheck disable=SC2206
    all+=($missing)
  done
  [ ${#all[@]} -eq 0 ] || packages_apt "${all[@]}"
}

packages_apt() {
  packages_keep_cloud_init_asleep "$@"
  # The package lists may be absent or too old: refresh them only if apt cannot do without.
  packages_apt_get install --simulate "$@" >/dev/null 2>&1 || packages_update
  if ! packages_apt_get install "$@"; then
    packages_update
    packages_apt_get install "$@" || die "apt-get could not install: $*"
  fi
}

packages_apt_get() {
  # The time-out waits for another apt or dpkg that holds the lock.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
    -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" >&2
}

# The lock of the package lists knows no time-out, so ask again for a while.
packages_update() {
  local try
  for try in 1 2 3 4 5 6; do
    as_root apt-get -qq update >&2 && return
    say "apt-get update failed (try $try of 6), again in 10 s"
    sleep 10
  done
  die "apt-get update does not succeed"
}

# The tests only want cloud-init's schema check: it must not run on this machine's next boot.
packages_keep_cloud_init_asleep() {
  case " $* " in *" cloud-init "*) ;; *) return 0 ;; esac
  as_root sh -c 'mkdir -p /etc/cloud && echo "installed by LimiQuantix for its tests only" > /etc/cloud/cloud-init.disabled'
}

packages_by_hand() {
  local group
  say "This is neither Debian nor Ubuntu. Please install what these Debian packages contain:"
  for group in "$@"; do say "  $(packages_why "$group"): $(packages_in "$group" | tr '\n' ' ')"; done
  say "then run this again; programs that are still missing will be named."
}
