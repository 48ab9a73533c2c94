# shellcheck shell=bash
# How the platform's JVM is started.

jvm_distribution() { echo "$(readlink -f "$1")/verticles/app/target/distribution"; }

# The first lines are what Hazelcast needs of a JDK 25 on the class path; the others keep a mostly idle process small.
jvm_options() {
  local cache=$1/../limiquantix.aot
  echo --add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED \
    --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED \
    --add-opens java.management/sun.management=ALL-UNNAMED \
    --add-opens jdk.management/com.sun.management.internal=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED --finalization=disabled \
    -XX:+UseSerialGC -Xms48m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:+ExitOnOutOfMemoryError \
    -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40
  if [ -f "$cache" ]; then echo "-XX:AOTCache=$cache -Xlog:aot=off -Xlog:cds=off"; fi
}
