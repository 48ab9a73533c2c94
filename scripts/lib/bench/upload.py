"""An upload of random bytes until the image is checked, next to sha256sum, cp and sync of the same file, and to nginx."""

import json
import os
import re
import resource
import subprocess
import sys
import threading
import time

from installation import Api, CERTIFICATE, FOLDER, URL
from nginx import Nginx
from processes import cpu_seconds_with_children, resident_mib
from samples import Row, median, print_row, progress, spread

GOAL = 0.8
CPU_GOAL = 3
MIB = 1 << 20
LARGE_MIB, SMALL_MIB = 4096, 256
GIB = LARGE_MIB / 1024
PID = int(os.environ["BENCH_PID"])


class Upload:
    def __init__(self, api):
        self.api = api

    def seconds(self, file, number):
        """With curl, as a script would, from its start to the end of the check."""
        image = self.api.send("POST", "/images", {"name": f"bench-{number}", "format": "raw"})["id"]
        began = time.monotonic()
        self.api.await_task(json.loads(self._put(file, image))["taskId"])
        seconds = time.monotonic() - began
        self.api.run("DELETE", "/images/" + image)
        return seconds

    def _put(self, file, image):
        secrets = "".join(f'header = "{name}: {self.api.headers[name]}"\n' for name in ("Cookie", "X-CSRF-Token"))
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--fail-with-body", "--cacert", CERTIFICATE, "--config", "-",
             "--header", "Content-Type: application/octet-stream", "--header", "Expect:", "--upload-file", file,
             f"{URL}/api/v1/images/{image}/content"], input=secrets, check=True, capture_output=True, text=True)
        return done.stdout


def by_hand(file):
    copy = FOLDER + "/pool/bench-copy"
    began = time.monotonic()
    subprocess.run(["sh", "-c", 'sha256sum "$0" && cp "$0" "$1" && sync "$1"', file, copy], check=True,
                   stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    os.remove(copy)
    return seconds


def summing_cpu(file):
    """What sha256sum takes of the CPU, which nginx leaves to whoever sends the file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["sha256sum", file], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def random_file(mebibytes):
    file = f"{FOLDER}/random-{mebibytes}"
    with open(file, "wb") as out:
        for _ in range(mebibytes):
            out.write(os.urandom(MIB))
        out.flush()
        os.fsync(out.fileno())
    return file


class HeapWatch:
    """The most heap in use, as the JVM tells it a few times a second; garbage included."""

    def __init__(self):
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def _watch(self):
        while not self.over.wait(0.3):
            told = subprocess.run(["jcmd", str(PID), "GC.heap_info"], capture_output=True, text=True, check=True).stdout
            used = sum(int(kib) for kib in re.findall(r"(?m)^\S.* used (\d+)K", told))
            self.peak = max(self.peak, used / 1024)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        self.thread.join()


def memory(upload, file, number):
    """The peak of the heap and the resident memory after an upload that is not timed."""
    with HeapWatch() as watch:
        upload.seconds(file, number)
    return f"{watch.peak:.0f} MiB of heap at most, {resident_mib(PID):.0f} MiB resident afterwards"


class Rounds:
    """Each side in turn: seconds, and what it took of the CPU without what curl did."""

    def __init__(self):
        self.ours, self.hand, self.nginx, self.our_cpu, self.nginx_cpu = [], [], [], [], []

    def run(self, upload, nginx, file, number):
        before = cpu_seconds_with_children(PID)
        self.ours.append(upload.seconds(file, number))
        self.our_cpu.append((cpu_seconds_with_children(PID) - before) / GIB)
        before = nginx.cpu_seconds()
        self.nginx.append(nginx.seconds(file))
        self.nginx_cpu.append((nginx.cpu_seconds() - before + summing_cpu(file)) / GIB)
        self.hand.append(by_hand(file))
        progress(f"{self.ours[-1]:.2f} s, nginx {self.nginx[-1]:.2f} s, by hand {self.hand[-1]:.2f} s")

    def print_rows(self, note):
        slower = max(median(self.hand), median(self.nginx))
        ratio = slower / median(self.ours)
        print_row(Row(
            f"upload of {LARGE_MIB} MiB until it is checked", spread(self.ours) + " s",
            f"{spread(self.hand)} s: sha256sum, cp, sync; {spread(self.nginx)} s: PUT to nginx, sync",
            ratio, f">= {GOAL} of the slower", ratio >= GOAL, len(self.ours), note))
        extra = median(self.our_cpu) - median(self.nginx_cpu)
        print_row(Row(
            "upload: CPU of the server for a GiB", spread(self.our_cpu) + " s",
            spread(self.nginx_cpu) + " s: nginx, sha256sum", extra / CPU_GOAL, f"<= {CPU_GOAL} s more",
            extra <= CPU_GOAL, len(self.ours)))


def main(rounds):
    upload = Upload(Api())
    small, large = random_file(SMALL_MIB), random_file(LARGE_MIB)
    upload.seconds(small, "warm-up")
    before = resident_mib(PID)
    note = (f"memory: {before:.0f} MiB resident before; {SMALL_MIB} MiB: {memory(upload, small, 'small')};"
            f" {LARGE_MIB} MiB: {memory(upload, large, 'large')}.")
    measured = Rounds()
    with Nginx() as nginx:
        for number in range(rounds):
            measured.run(upload, nginx, large, number)
    measured.print_rows(note)


main(int(sys.argv[1]))
