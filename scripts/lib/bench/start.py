"""From exec to a ready process, with the data of an earlier start: with the start-up cache and without, in turn."""

import sys

from platform_process import PlatformProcess
from samples import Row, median, print_row, progress, spread

GOAL_SECONDS = 6
WITHOUT_CACHE = "-XX:AOTMode=off"


def seconds(java_options):
    with PlatformProcess(java_options) as process:
        progress(f"ready after {process.seconds_to_ready:.2f} s {java_options}")
        return process.seconds_to_ready


def main(rounds):
    cached, plain = [], []
    for _ in range(rounds):
        cached.append(seconds(""))
        plain.append(seconds(WITHOUT_CACHE))
    print_row(Row("start to ready, warm", spread(cached) + " s", spread(plain) + " s without the start-up cache",
                  median(cached) / median(plain), f"< {GOAL_SECONDS} s", median(cached) < GOAL_SECONDS, rounds))


main(int(sys.argv[1]))
