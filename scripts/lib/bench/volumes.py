"""Operations on volumes of a directory pool next to the tool that does the work, and many clones at once next to xargs."""

import datetime
import glob
import os
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from host_journal import HostJournal
from installation import Api, FOLDER
from samples import Row, median, print_row, progress, spread

OVERHEAD_GOAL_MS = 15
CLONES, CLONES_GOAL = 200, 0.9
# A browser keeps six connections; scripts of several people are more.
CONNECTIONS = 8
# A fresh process compiles its code first: what an operation takes of the CPU falls to a half until about here.
WARM_UP = 300
MIB = 1 << 20
HAND = FOLDER + "/hand"


def timed(command):
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - began) * 1000


def task_ms(task):
    """From when the task was stored to its end, by the platform's clock."""
    created, ended = (datetime.datetime.fromisoformat(task[at].replace("Z", "+00:00")) for at in ("createdAt", "endedAt"))
    return (ended - created).total_seconds() * 1000


class Operations:
    """The life of one volume, each time by the API and then by hand."""

    NAMES = ("create", "snapshot", "grow", "delete")

    def __init__(self, api, pool):
        self.api, self.pool = api, pool
        self.journal = HostJournal()
        self.ours, self.other, self.tasks, self.host = ({name: [] for name in self.NAMES} for _ in range(4))

    def _task(self, name, method, path, body=None):
        began = time.monotonic()
        started = self.api.send(method, path, body)
        task = self.api.await_task(started["taskId"])
        self.ours[name].append((time.monotonic() - began) * 1000)
        self.tasks[name].append(task_ms(task))
        self.host[name].append(self.journal.milliseconds_since(began))
        return started["targetId"]

    def by_platform(self):
        volume = "/volumes/" + self._task("create", "POST", "/volumes", {
            "name": "bench-" + uuid.uuid4().hex[:12], "poolId": self.pool, "sizeBytes": 64 * MIB})
        self._task("snapshot", "POST", volume + "/snapshots", {"name": "s"})
        self._task("grow", "POST", volume + "/resize", {"sizeBytes": 128 * MIB})
        self._task("delete", "DELETE", volume + "?withSnapshots=true")

    def by_hand(self):
        file = HAND + "/volume.qcow2"
        for name, command in (
                ("create", ["qemu-img", "create", "-q", "-f", "qcow2", file, str(64 * MIB)]),
                ("snapshot", ["qemu-img", "snapshot", "-q", "-c", "s", file]),
                ("grow", ["qemu-img", "resize", "-q", "-f", "qcow2", file, str(128 * MIB)]),
                ("delete", ["rm", file])):
            self.other[name].append(timed(command))

    def print_rows(self, rounds):
        for name in self.NAMES:
            ours, other, tasks, host = (side[name][WARM_UP:] for side in (self.ours, self.other, self.tasks, self.host))
            overhead = median([a - b for a, b in zip(ours, other)])
            print_row(Row(
                f"volume: {name}", spread(ours, "{:.1f}") + " ms",
                spread(other, "{:.1f}") + (" ms: rm" if name == "delete" else " ms: qemu-img"),
                overhead / OVERHEAD_GOAL_MS, f"< {OVERHEAD_GOAL_MS} ms over the tool", overhead < OVERHEAD_GOAL_MS, rounds,
                f"{overhead:.1f} ms over the tool; the task took {spread(tasks, '{:.1f}')} ms, of which the host worked"
                f" {spread(host, '{:.1f}')} ms."))


class Clones:
    """Many volumes from one image, asked for over several connections at once."""

    def __init__(self, api, pool):
        self.apis = [api.another() for _ in range(CONNECTIONS)]
        self.pool, self.image = pool, api.ready_image()
        self.file = glob.glob(f"{FOLDER}/pool/images/{self.image}*.qcow2")[0]

    def _share(self, number, api):
        tasks = [api.send("POST", "/volumes", {
            "name": f"clone-{n}", "poolId": self.pool, "imageId": self.image, "sizeBytes": 1 << 30})
            for n in range(number, CLONES, CONNECTIONS)]
        for task in tasks:
            api.await_task(task["taskId"])
        return [task["targetId"] for task in tasks]

    @staticmethod
    def _delete(api, volumes):
        for task in [api.send("DELETE", "/volumes/" + volume) for volume in volumes]:
            api.await_task(task["taskId"])

    def by_platform(self):
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            began = time.monotonic()
            shares = list(threads.map(self._share, range(CONNECTIONS), self.apis))
            seconds = time.monotonic() - began
            list(threads.map(self._delete, self.apis, shares))
        return seconds

    def by_hand(self):
        seconds = timed([
            "sh", "-c", 'seq "$1" | xargs -P "$(nproc)" -I{} qemu-img create -q -f qcow2 -b "$2" -F qcow2 "$3"/{}.qcow2 1G',
            "clones", str(CLONES), self.file, HAND]) / 1000
        for file in glob.glob(HAND + "/*.qcow2"):
            os.remove(file)
        return seconds


def measure_clones(clones, rounds):
    ours, other = [], []
    for _ in range(rounds):
        ours.append(clones.by_platform())
        other.append(clones.by_hand())
        progress(f"{CLONES} clones: {ours[-1]:.2f} s, by hand {other[-1]:.2f} s")
    ratio = median(other) / median(ours)
    print_row(Row(f"volumes: {CLONES} clones of an image at once", spread(ours) + " s",
                  spread(other) + " s: xargs -P, qemu-img create", ratio, f">= {CLONES_GOAL}", ratio >= CLONES_GOAL, rounds))


def main(rounds):
    os.makedirs(HAND, exist_ok=True)
    api = Api()
    pool = api.get("/pools")["items"][0]["id"]
    operations = Operations(api, pool)
    for _ in range(WARM_UP + 5 * rounds):
        operations.by_platform()
        operations.by_hand()
    operations.print_rows(5 * rounds)
    measure_clones(Clones(api, pool), rounds)


main(int(sys.argv[1]))
