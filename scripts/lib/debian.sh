# shellcheck shell=bash
# Trees of Debian packages, from the mirrors that this machine's apt uses. Needs common.sh.

# Debian's own release where this is Debian; elsewhere one that is known to work.
debian_suite() {
  # shellcheck source=/dev/null
  (. /etc/os-release; if [ "$ID" = debian ]; then echo "$VERSION_CODENAME"; else echo bookworm; fi)
}

# debian_tree VARIANT DIR PACKAGES [MMDEBSTRAP OPTION…]: needs root. Other people's repositories stay out of it.
debian_tree() {
  local variant=$1 dir=$2 packages=$3 sources=(); shift 3
  mapfile -t sources < <(debian_sources)
  mmdebstrap --mode=root --format=directory --variant="$variant" --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' "${debian_apt_options[@]}" "$@" "$(debian_suite)" "$dir" "${sources[@]}"
}

# No output, as on Ubuntu, lets mmdebstrap use its own default.
debian_sources() {
  # The fields are for apt to fill in.
  # shellcheck disable=SC2016
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' \
    | awk -v suite="$(debian_suite)" '$3 ~ "^" suite "($|-)"' | sort -u
}

# mmdebstrap's apt is a fresh one: hand it the proxies of this machine's.
mapfile -t debian_apt_options < <(apt-config dump 2>/dev/null | sed -n 's/^\(Acquire::https\?::Proxy.*\)$/--aptopt=\1/p')
