# shellcheck shell=bash
# Built images are kept and found again by what they were made from. Needs common.sh.

cache_dir=${LIMIQUANTIX_CACHE:-$HOME/.cache/limiquantix}

# cache_image NAME OUT INPUT…: puts the image NAME at OUT, with OUT.sha256 beside it. INPUT are the files that decide
# what is built. When the cache has no such image, the calling script is run again as root: "$0 --build FILE".
cache_image() {
  local name=$1 out=$2 key entry; shift 2
  key=$({ cat -- "$@"; debian_suite; } | sha256sum | cut -c1-16)
  entry=$cache_dir/$name-$key.qcow2
  mkdir -p "$cache_dir" "$(dirname "$out")"
  exec {cache_lock}>"$cache_dir/$name.lock"
  flock "$cache_lock"
  [[ -f $entry && -f $entry.sha256 ]] || cache_build "$entry"
  cache_copy "$entry" "$out"
  exec {cache_lock}>&-
}

cache_build() {
  local entry=$1 started=$SECONDS
  say "Building ${entry##*/}"
  as_root env PATH="$PATH" bash "$0" --build "$entry.part" "$entry.log" || { tail -20 "$entry.log" >&2; die "the image was not built, see $entry.log"; }
  as_root chown "$(id -u):$(id -g)" "$entry.part" "$entry.log"
  mv "$entry.part" "$entry"
  sha256sum < "$entry" | cut -d' ' -f1 > "$entry.sha256.part"
  mv "$entry.sha256.part" "$entry.sha256"
  # What nobody has asked for in a month was made by older scripts.
  find "$cache_dir" -maxdepth 1 -type f -name '*.qcow2*' -atime +30 -delete
  say "Built ${entry##*/} in $((SECONDS - started)) s, $(($(stat -c %s "$entry") / 1048576)) MiB"
}

# A copy, not a link: libvirt changes the owner of the files it is given. Same time and size means it is there already.
cache_copy() {
  local entry=$1 out=$2
  if [ "$(stat -c '%Y %s' "$out" 2>/dev/null)" != "$(stat -c '%Y %s' "$entry")" ]; then
    cp --reflink=auto --preserve=timestamps "$entry" "$out.part"
    mv "$out.part" "$out"
  fi
  printf '%s  %s\n' "$(cat "$entry.sha256")" "$(basename "$out")" > "$out.sha256"
}
