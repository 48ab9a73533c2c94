# shellcheck shell=bash
# Finds a JDK that is new enough. Needs common.sh and packages.sh.

jdk_wanted=25

# jdk_use: exports JAVA_HOME and puts its bin directory first on PATH, or dies saying what to install.
jdk_use() {
  JAVA_HOME=$(jdk_find) || { jdk_install && JAVA_HOME=$(jdk_find); } || jdk_missing
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

jdk_find() {
  local home
  while read -r home; do
    if [ -x "$home/bin/javac" ] && [ "$(jdk_feature "$home")" -ge $jdk_wanted ]; then echo "$home"; return; fi
  done < <(jdk_candidates)
  return 1
}

jdk_candidates() {
  local javac dir
  [ -n "${JAVA_HOME:-}" ] && echo "$JAVA_HOME"
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")"
  for dir in /usr/lib/jvm/* /opt/java/* /opt/*jdk* /usr/java/* /usr/local/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -d "$dir" ]; then echo "$dir"; fi
  done
}

# The release file tells the version without the half second that starting a JVM takes.
jdk_feature() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

jdk_package() { echo "openjdk-$jdk_wanted-jdk-headless"; }

jdk_install() {
  command -v apt-cache >/dev/null || return 1
  apt-cache policy "$(jdk_package)" | grep -q 'Candidate: [0-9]' || return 1
  say "Installing, to run LimiQuantix: $(jdk_package)"
  packages_apt "$(jdk_package)"
}

jdk_missing() {
  die "no JDK $jdk_wanted or newer was found (in JAVA_HOME, on PATH, in /usr/lib/jvm and the like).
  Debian 13 and Ubuntu 25.10 or later: apt install $(jdk_package)
  elsewhere: the package temurin-$jdk_wanted-jdk of Eclipse Adoptium's repository, or unpack a JDK and set JAVA_HOME"
}
