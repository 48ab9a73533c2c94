"""Starting a VM and plugging devices into it while it runs: the API next to virsh, with the same definition."""

import glob
import os
import subprocess
import sys
import time
import uuid
import xml.etree.ElementTree as ElementTree

import hand_made
from domain_events import DomainEvents
from hand_made import HAND, virsh
from installation import Api, FOLDER
from samples import Row, median, milliseconds, print_row, progress, spread

GOAL = 1.2
# The first of each kind wait for the compiler of a fresh process; neither side's first runs count.
WARM_UP = 5
PLUGS = 4
DISK_BYTES = 64 << 20
MAC = "52:54:00:be:7c:01"
OURS, THEIRS = "bench-running", "bench-hand"


class Machine:
    """One VM of the platform and one domain made by hand that differ in nothing but their names."""

    def __init__(self):
        self.api = Api()
        self.events = DomainEvents()
        self.pool = self.api.get("/pools")["items"][0]["id"]
        image = self.api.ready_image()
        self.vm = "/vms/" + self.api.run("POST", "/vms", {
            "name": OURS, "vcpus": 1, "memoryBytes": 128 << 20, "start": False,
            "disks": [{"imageId": image}], "cloudInit": {"user": "ada", "nobodyLogsIn": True}})
        hand_made.prepare(OURS)
        hand_made.create(THEIRS, glob.glob(f"{FOLDER}/pool/images/{image}*.qcow2")[0], 1 << 30)
        virsh("destroy", THEIRS)

    def platform_starts(self):
        return self._until_started(OURS, lambda: self.api.run("POST", self.vm + "/start", {}))

    def hand_starts(self):
        return self._until_started(THEIRS, lambda: virsh("start", THEIRS))

    def _until_started(self, name, action):
        self.events.started.pop(name, None)
        began = time.monotonic()
        action()
        return (self.events.started_at(name) - began) * 1000

    def stop(self):
        self.api.run("POST", self.vm + "/force-stop", {})
        virsh("destroy", THEIRS)

    def await_booted(self):
        """A device is let go of by a guest that has booted."""
        deadline = time.monotonic() + 180
        for name in (OURS, THEIRS):
            command = ["virsh", "-q", "-c", "qemu:///system", "qemu-agent-command", name, '{"execute":"guest-ping"}']
            while subprocess.run(command, capture_output=True, check=False).returncode:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{name} has not booted")
                time.sleep(0.2)


def measure_start(machine, rounds):
    ours, other = [], []
    for _ in range(WARM_UP + rounds):
        ours.append(machine.platform_starts())
        other.append(machine.hand_starts())
        machine.stop()
    print_sides("start: POST /vms/{id}/start until the domain runs", ours, other, "virsh start", rounds)


class Plugging:
    """A disk and a network card that come and go, each time by the API and then by virsh."""

    def __init__(self, machine):
        self.machine, self.api = machine, machine.api
        self.ours = {"disk in": [], "disk out": [], "card in": [], "card out": []}
        self.other = {what: [] for what in self.ours}

    def by_platform(self):
        api, vm = self.api, self.machine.vm
        volume = api.run("POST", "/volumes", {
            "name": "bench-" + uuid.uuid4().hex[:12], "poolId": self.machine.pool, "sizeBytes": DISK_BYTES})
        self.ours["disk in"].append(milliseconds(lambda: api.run("POST", vm + "/disks", {"volumeId": volume})))
        self.ours["disk out"].append(milliseconds(lambda: api.run("DELETE", f"{vm}/disks/{volume}")))
        api.run("DELETE", "/volumes/" + volume)
        self.ours["card in"].append(milliseconds(lambda: api.run("POST", vm + "/nics", {"network": "default"})))
        mac = api.get(vm)["nics"][-1]["mac"]
        self._same_card(mac)
        self.ours["card out"].append(milliseconds(lambda: api.run("DELETE", f"{vm}/nics/{mac}")))

    @staticmethod
    def _same_card(mac):
        """The card that the platform defined, filters and all, with another address."""
        cards = ElementTree.fromstring(virsh("dumpxml", "--inactive", OURS)).findall("devices/interface")
        card = next(card for card in cards if card.find("mac").get("address") == mac)
        card.find("mac").set("address", MAC)
        address = card.find("address")
        if address is not None:
            card.remove(address)
        with open(HAND + "/card.xml", "w", encoding="utf-8") as file:
            file.write(ElementTree.tostring(card, encoding="unicode"))

    def by_hand(self):
        file = HAND + "/plug.qcow2"
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", file, str(DISK_BYTES)], check=True)
        both = ("--live", "--config")
        for what, arguments in (
                ("disk in", ("attach-disk", THEIRS, file, "vdx", "--subdriver", "qcow2", "--cache", "none", *both)),
                ("disk out", ("detach-disk", THEIRS, "vdx", *both)),
                ("card in", ("attach-device", THEIRS, HAND + "/card.xml", *both)),
                ("card out", ("detach-interface", THEIRS, "network", "--mac", MAC, *both))):
            self.other[what].append(milliseconds(lambda arguments=arguments: virsh(*arguments)))
        os.remove(file)

    def print_rows(self, rounds):
        for what, ours in self.ours.items():
            print_sides("hot-plug: " + what, ours, self.other[what], "virsh", rounds)


def print_sides(what, ours, other, tool, rounds):
    ours, other = ours[WARM_UP:], other[WARM_UP:]
    ratio = median(ours) / median(other)
    print_row(Row(what, spread(ours, "{:.0f}") + " ms", f"{spread(other, '{:.0f}')} ms: {tool}", ratio, f"<= {GOAL}",
                  ratio <= GOAL, rounds))


def main(rounds):
    machine = Machine()
    measure_start(machine, rounds)
    machine.platform_starts()
    machine.hand_starts()
    machine.await_booted()
    plugging = Plugging(machine)
    for _ in range(WARM_UP + PLUGS * rounds):
        plugging.by_platform()
        plugging.by_hand()
        progress(f"disk in {plugging.ours['disk in'][-1]:.0f} ms, by hand {plugging.other['disk in'][-1]:.0f} ms")
    plugging.print_rows(PLUGS * rounds)
    machine.stop()
    machine.events.close()
    machine.api.run("DELETE", machine.vm)
    hand_made.delete(THEIRS)


main(int(sys.argv[1]))
