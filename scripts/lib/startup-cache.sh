# shellcheck shell=bash
# The JVM's start-up cache: classes loaded and linked, and what the compiler learned, taken from one training run.
# jvm_options uses it where it exists. Needs common.sh, jvm.sh, api.sh and throwaway.sh; the platform is built.
# Those set the variables that start with throwaway_.
# shellcheck disable=SC2154

# Beside the jars, also while there are none.
startup_cache() { echo "$(dirname "$(jvm_distribution .)")/limiquantix.aot"; }

# Makes it once for each build. The platform runs without it too, only slower at first, so a failure ends nothing.
startup_cache_make() {
  local cache log
  cache=$(startup_cache) log=${cache%.aot}-training.log
  [ ! -e "$log" ] || return 0
  say "Training the start-up cache"
  if ! (startup_cache_train "$cache") > "$log" 2>&1 || [ ! -s "$cache" ]; then
    rm -f "$cache"
    say "warning: there is no start-up cache, so LimiQuantix starts slower; ${log#"$PWD/"} says why"
  fi
}

startup_cache_forget() {
  local cache
  cache=$(startup_cache)
  rm -f "$cache" "${cache%.aot}-training.log"
}

# libvirt's test driver stands for the hypervisor: it needs no daemon, and no guest of this machine is looked at.
startup_cache_train() {
  trap startup_cache_clean_up EXIT
  throwaway_configure "libvirtUri: 'test:///default', accelerator: tcg"
  export LIMIQUANTIX_JAVA_OPTIONS=-XX:AOTCacheOutput=$1
  throwaway_start libvirt
  startup_cache_use
  # The JVM writes the cache when it ends.
  throwaway_stop
}

# What every installation does soon after its start.
startup_cache_use() {
  local path
  throwaway_log_in
  for path in session hosts pools images vms tasks; do api_get "/$path" >/dev/null; done
  api_curl --fail "$throwaway_url/" >/dev/null
  throwaway_pool >/dev/null
}

startup_cache_clean_up() {
  cat "$throwaway_folder/log"
  throwaway_stop
  rm -rf "$throwaway_folder"
}
