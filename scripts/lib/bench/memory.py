"""Resident memory of the idle process, a minute after it became ready and the UI was loaded once."""

import http.client
import re
import sys
import time

from installation import Api, PORT, tls
from platform_process import PlatformProcess
from processes import resident_mib
from samples import Row, median, print_row, progress, spread

GOAL_MIB = 400
IDLE_SECONDS = 60
# What the UI asks for after somebody has logged in.
UI_ASKS = ("/session", "/hosts", "/pools", "/images", "/vms", "/tasks")


def fetch(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read()


def load_ui():
    connection = http.client.HTTPSConnection("localhost", PORT, context=tls())
    page = fetch(connection, "/").decode()
    for asset in re.findall(r'(?:src|href)="(/[^"]+)"', page):
        fetch(connection, asset)
    api = Api()
    for path in UI_ASKS:
        api.get(path)


def idle_memory():
    with PlatformProcess() as process:
        ready = time.monotonic()
        load_ui()
        # A minute of idleness is what is measured: there is nothing to poll for.
        time.sleep(ready + IDLE_SECONDS - time.monotonic())
        resident = resident_mib(process.pid)
        progress(f"{resident:.0f} MiB")
        return resident


def main(rounds):
    values = [idle_memory() for _ in range(rounds)]
    print_row(Row("idle memory", spread(values, "{:.0f}") + " MiB", f"{GOAL_MIB} MiB (the goal)",
                  median(values) / GOAL_MIB, f"< {GOAL_MIB} MiB", median(values) < GOAL_MIB, rounds))


main(int(sys.argv[1]))
