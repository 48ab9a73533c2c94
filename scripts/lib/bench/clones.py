"""Clones of a VM that is off: the API next to qemu-img, genisoimage and virsh define."""

import glob
import os
import subprocess
import sys

import hand_made
from hand_made import HAND, virsh
from installation import Api, FOLDER
from samples import Row, median, milliseconds, print_row, progress, spread

GOAL = 1.2
# The first of each kind wait for the compiler of a fresh process; neither side's first runs count.
WARM_UP = 5
SOURCE, OURS, THEIRS = "bench-source", "bench-clone", "bench-hand"
# What a full clone has to copy besides the system.
FILLED = 256 << 20


class Sources:
    """A VM and a domain made by hand with the same disk, which holds as many bytes that are not nothing."""

    def __init__(self):
        self.api = Api()
        image = self.api.ready_image()
        self.vm = "/vms/" + self.api.run("POST", "/vms", {
            "name": SOURCE, "vcpus": 1, "memoryBytes": 128 << 20, "start": False,
            "disks": [{"imageId": image, "sizeBytes": 1 << 30}], "cloudInit": {"user": "ada", "nobodyLogsIn": True}})
        hand_made.prepare(SOURCE)
        self.disk = f"{HAND}/{SOURCE}.qcow2"
        volume = self.api.get(self.vm)["disks"][0]["volumeId"]
        self._fill(glob.glob(f"{FOLDER}/pool/volumes/{volume}.qcow2")[0])
        # The same bytes in the same chain of files.
        backing = glob.glob(f"{FOLDER}/pool/images/{image}*.qcow2")[0]
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", backing, "-F", "qcow2", self.disk, str(1 << 30)],
                       check=True)
        self._fill(self.disk)

    @staticmethod
    def _fill(file):
        subprocess.run(["qemu-io", "-f", "qcow2", "-c", f"write -P 0x5a {512 << 20} {FILLED}", file], check=True,
                       capture_output=True)

    def by_platform(self, kind):
        answer = self.api.send("POST", self.vm + "/clone", {"name": OURS, "kind": kind, "start": False})
        clone = answer["clones"][0]
        self.api.await_task(clone["taskId"])
        return "/vms/" + clone["vmId"]

    def full_by_hand(self):
        subprocess.run(["qemu-img", "convert", "-O", "qcow2", self.disk, f"{HAND}/{THEIRS}.qcow2"], check=True)
        self._define()
        subprocess.run(["sync", f"{HAND}/{THEIRS}.qcow2"], check=True)

    def linked_by_hand(self):
        """Both go on in files of their own above what the source's disk holds, which nobody writes to any more."""
        for name in (f"{SOURCE}.top", f"{THEIRS}.qcow2"):
            subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", self.disk, "-F", "qcow2", f"{HAND}/{name}"],
                           check=True)
        self._define()

    @staticmethod
    def _define():
        subprocess.run(["genisoimage", "-quiet", "-input-charset", "utf-8", "-volid", "cidata", "-joliet", "-rock", "-output",
                        f"{HAND}/{THEIRS}.iso", *(f"{HAND}/{name}" for name in hand_made.CLOUD_INIT)],
                       check=True, stderr=subprocess.DEVNULL)
        with open(f"{HAND}/domain.xml", encoding="utf-8") as model, open(f"{HAND}/{THEIRS}.xml", "w", encoding="utf-8") as xml:
            xml.write(model.read().replace("NAME", THEIRS))
        virsh("define", f"{HAND}/{THEIRS}.xml")


def measure(sources, kind, by_hand, what, tool, rounds):
    ours, other = [], []
    for _ in range(WARM_UP + rounds):
        made = []
        ours.append(milliseconds(lambda made=made: made.append(sources.by_platform(kind))))
        sources.api.run("DELETE", made[0])
        other.append(milliseconds(by_hand))
        hand_made.delete(THEIRS)
        progress(f"{what}: {ours[-1]:.0f} ms, by hand {other[-1]:.0f} ms")
    ours, other = ours[WARM_UP:], other[WARM_UP:]
    ratio = median(ours) / median(other)
    print_row(Row(what, spread(ours, "{:.0f}") + " ms", f"{spread(other, '{:.0f}')} ms: {tool}", ratio, f"<= {GOAL}",
                  ratio <= GOAL, rounds))


def main(rounds):
    sources = Sources()
    measure(sources, "FULL", sources.full_by_hand, f"full clone: {FILLED >> 20} MiB and the system, of a VM that is off",
            "qemu-img convert, genisoimage, virsh define, sync", rounds)
    measure(sources, "LINKED", sources.linked_by_hand, "linked clone: of a VM that is off",
            "2 × qemu-img create, genisoimage, virsh define", rounds)
    os.remove(f"{HAND}/{SOURCE}.top")
    sources.api.run("DELETE", sources.vm)


main(int(sys.argv[1]))
