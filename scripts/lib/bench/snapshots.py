"""Snapshots of a running VM, their end and the way back: the API next to virsh, and how long the guest says nothing meanwhile."""

import glob
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

import hand_made
from hand_made import HAND, virsh
from installation import Api, FOLDER
from samples import Row, median, milliseconds, print_row, progress, spread
from silence import Listening

GOAL = 1.2
WARM_UP = 2
OURS, THEIRS = "bench-snapshots", "bench-hand"
DISK = "vda"


class Machine:
    """A VM of the platform and a domain made by hand that differ in nothing but their names, both running."""

    def __init__(self):
        self.api = Api()
        image = self.api.ready_image()
        self.vm = "/vms/" + self.api.run("POST", "/vms", {
            "name": OURS, "vcpus": 1, "memoryBytes": 128 << 20,
            "disks": [{"imageId": image}], "nics": [{"network": "default"}],
            "cloudInit": {"user": "ada", "nobodyLogsIn": True}})
        hand_made.prepare(OURS)
        self.file = f"{HAND}/{THEIRS}.qcow2"
        hand_made.create(THEIRS, glob.glob(f"{FOLDER}/pool/images/{image}*.qcow2")[0], 1 << 30)
        self.addresses = {name: self._address(name) for name in (OURS, THEIRS)}

    @staticmethod
    def _address(name):
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            found = re.search(r"ipv4\s+([\d.]+)/", virsh("domifaddr", name))
            if found and not subprocess.run(["ping", "-c1", "-W1", found[1]], capture_output=True, check=False).returncode:
                return found[1]
            time.sleep(0.2)
        raise RuntimeError(f"{name} has no address")

    def take(self, memory=False):
        body = {"name": "bench", "quiesce": False, "memory": memory}
        self.api.run("POST", self.vm + "/snapshots", body)
        return self.vm + "/snapshots/" + self.api.get(self.vm + "/snapshots")["items"][0]["id"]

    def take_by_hand(self, *memory):
        top = f"{HAND}/{THEIRS}.top"
        virsh("snapshot-create-as", THEIRS, "--no-metadata", "--atomic", *(memory or ("--disk-only",)),
              "--diskspec", f"{DISK},file={top},snapshot=external",
              *(f"--diskspec={target},snapshot=no" for target in self._others()))
        return top

    @staticmethod
    def _others():
        disks = ElementTree.fromstring(virsh("dumpxml", THEIRS)).findall("devices/disk/target")
        return [disk.get("dev") for disk in disks if disk.get("dev") != DISK]

    def merge_by_hand(self):
        virsh("blockcommit", THEIRS, DISK, "--active", "--shallow", "--pivot", "--wait")


class Measured:
    """Samples of one thing, ours and theirs, with the guests' longest silence."""

    def __init__(self, machine):
        self.machine = machine
        self.took = {OURS: [], THEIRS: []}
        self.silent = {OURS: [], THEIRS: []}

    def one(self, name, action):
        with Listening(self.machine.addresses[name]) as listening:
            self.took[name].append(milliseconds(action))
        self.silent[name].append(listening.silence)

    def print_rows(self, what, tool, rounds, silence=True):
        self._row(what, self.took, tool, rounds, GOAL)
        if silence:
            self._row(f"{what.split(':')[0]}: the guest's longest silence", self.silent, tool, rounds, GOAL)

    @staticmethod
    def _row(what, samples, tool, rounds, goal):
        ours, other = samples[OURS][WARM_UP:], samples[THEIRS][WARM_UP:]
        ratio = median(ours) / median(other)
        print_row(Row(what, spread(ours, "{:.0f}") + " ms", f"{spread(other, '{:.0f}')} ms: {tool}", ratio, f"<= {goal}",
                      ratio <= goal, rounds))


def measure_disks(machine, rounds):
    taken, merged = Measured(machine), Measured(machine)
    for _ in range(WARM_UP + rounds):
        paths = []
        taken.one(OURS, lambda paths=paths: paths.append(machine.take()))
        merged.one(OURS, lambda paths=paths: machine.api.run("DELETE", paths[0]))
        taken.one(THEIRS, machine.take_by_hand)
        merged.one(THEIRS, machine.merge_by_hand)
        os.remove(f"{HAND}/{THEIRS}.top")
        progress(f"snapshot {taken.took[OURS][-1]:.0f} ms, by hand {taken.took[THEIRS][-1]:.0f} ms")
    taken.print_rows("snapshot: all disks of a running VM", "virsh snapshot-create-as", rounds)
    merged.print_rows("merge: a snapshot is deleted while its VM runs", "virsh blockcommit --pivot", rounds)


def measure_memory(machine, rounds):
    kept, back = Measured(machine), Measured(machine)
    file = f"{HAND}/{THEIRS}.memory"
    for _ in range(WARM_UP + rounds):
        paths = []
        kept.one(OURS, lambda paths=paths: paths.append(machine.take(memory=True)))
        machine.api.run("POST", machine.vm + "/force-stop", {})
        back.took[OURS].append(milliseconds(lambda paths=paths: machine.api.run("POST", paths[0] + "/revert", {})))
        machine.api.run("DELETE", paths[0])
        kept.one(THEIRS, lambda: machine.take_by_hand("--live", "--memspec", f"file={file},snapshot=external"))
        virsh("destroy", THEIRS)
        back.took[THEIRS].append(milliseconds(lambda: revert_by_hand(machine, file)))
        os.remove(file)
        machine.merge_by_hand()
        os.remove(f"{HAND}/{THEIRS}.back")
        progress(f"back {back.took[OURS][-1]:.0f} ms, by hand {back.took[THEIRS][-1]:.0f} ms")
    kept.print_rows("snapshot with memory: of a running VM", "virsh snapshot-create-as --memspec --live", rounds)
    back.print_rows("revert: to a snapshot with memory, until the guest goes on", "qemu-img create, virsh restore", rounds,
                    silence=False)


def revert_by_hand(machine, file):
    """A new file on the one of the snapshot, in place of the one that was written to since."""
    top = f"{HAND}/{THEIRS}.top"
    back = f"{HAND}/{THEIRS}.back"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", machine.file, "-F", "qcow2", back], check=True)
    os.remove(top)
    definition = virsh("save-image-dumpxml", "--security-info", file).replace(machine.file, back)
    with open(HAND + "/back.xml", "w", encoding="utf-8") as xml:
        xml.write(definition)
    virsh("restore", file, "--xml", HAND + "/back.xml")


def main(rounds):
    machine = Machine()
    measure_disks(machine, rounds)
    measure_memory(machine, rounds)
    machine.api.run("POST", machine.vm + "/force-stop", {})
    machine.api.run("DELETE", machine.vm)
    hand_made.delete(THEIRS)


main(int(sys.argv[1]))
