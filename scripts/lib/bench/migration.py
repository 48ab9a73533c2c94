"""Live moves between two hosts of a test bed with the disk copied along: the API next to virsh migrate, and how long the guest says
nothing meanwhile. Ours is encrypted, virsh's is not."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))
# The path before is where it is.
import hand_made
from hosts_bed import Api, Bed, POOL, until
from samples import Row, median, milliseconds, print_row, progress, spread
from silence import Listening

GOAL = 1.3
WARM_UP = 2
OURS, THEIRS = "bench-moving", "bench-hand"
HAND = "/var/lib/libvirt/hand"
NETWORK = "10.99.7"
TREE = os.environ["BENCH_HOSTS"]


class Guests:
    """A VM of the platform and a domain made by hand that differ in nothing but their names, both running on host 1."""

    def __init__(self, image_file):
        self.bed, self.api = Bed(TREE), Api(TREE)
        self.api.log_in()
        self.ids = {number: id for id, number in self.api.host_numbers().items()}
        image = self.bed.tiny_image(self.api, image_file)
        self.api.send("POST", "/networks", {"name": "lan", "kind": "BRIDGE", "bridge": "br0", "hostIds": list(self.ids.values())})
        self.vm = "/vms/" + self.api.run("POST", "/vms", {
            "name": OURS, "vcpus": 1, "memoryBytes": 128 << 20, "disks": [{"imageId": image}], "hostId": self.ids[1],
            "nics": [{"network": "lan", "allowSpoofing": True}], "cloudInit": {"user": "ada", "nobodyLogsIn": True}})
        self.base = until("the image", lambda: self.inside(1, f"ls {POOL}/images/{image}*.qcow2"))
        self.bring(1, self.api.get(self.vm)["disks"][0]["volumeId"])
        self.addresses = {}
        for number, name in enumerate((OURS, THEIRS), 2):
            self.addresses[name] = f"{NETWORK}.{number}"
            self.reach(name)

    def inside(self, host, script):
        return self.bed.hosts("enter", host, "sh", "-c", script)

    def bring(self, host, volume):
        """The other side, from the definition of ours."""
        seed = re.search(r"[^']+/seeds/[^']+", self.bed.virsh(host, "dumpxml", "--inactive", OURS))[0]
        definition = hand_made.plain(self.bed.virsh(host, "dumpxml", "--inactive", OURS), HAND)
        for number in self.ids:
            self.inside(number, f"mkdir -p {HAND} && chmod 0755 {HAND}")
            subprocess.run([f"{os.path.dirname(__file__)}/../../testbed/hosts", "enter", TREE, str(number), "sh", "-c",
                            f"cat > {HAND}/{THEIRS}.iso"], input=self.seed(host, seed), check=True)
        self.empty_disk(host)
        xml = f"{TREE}/import/{THEIRS}.xml"
        with open(xml, "w", encoding="utf-8") as file:
            file.write(definition.replace("NAME", THEIRS))
        self.bed.virsh(host, "define", xml)
        self.bed.virsh(host, "start", THEIRS)
        assert volume in self.bed.virsh(host, "domblklist", OURS)

    def seed(self, host, path):
        return subprocess.run([f"{os.path.dirname(__file__)}/../../testbed/hosts", "enter", TREE, str(host), "cat", path],
                              check=True, capture_output=True).stdout

    def empty_disk(self, host):
        """On the image that ours stands on as well, which is on the other host once ours has been there."""
        self.inside(host, f"qemu-img create -q -f qcow2 -b {self.base} -F qcow2 {HAND}/{THEIRS}.qcow2")

    def reach(self, name):
        """Gives the guest an address that this machine reaches."""
        address = self.addresses[name]
        until(f"{name} has booted", lambda: self.bed.guest(1, name, f"ip address replace {address}/24 dev eth0; echo yes"))
        until(f"{name} answers", lambda: not subprocess.run(["ping", "-c1", "-W1", address], capture_output=True,
                                                            check=False).returncode)

    def by_platform(self, source, target):
        del source
        self.api.run("POST", self.vm + "/migrate", {"hostId": self.ids[target]})

    def by_hand(self, source, target):
        self.empty_disk(target)
        self.bed.virsh(source, "migrate", "--live", "--p2p", "--persistent", "--undefinesource", "--copy-storage-inc",
                       "--migrate-disks", "vda", THEIRS, f"qemu+unix:///system?socket={TREE}/host-{target}/run/libvirt-sock",
                       f"tcp://host-{target}")
        self.inside(source, f"rm {HAND}/{THEIRS}.qcow2")


def main(rounds, image_file):
    guests = Guests(image_file)
    took, silent = {OURS: [], THEIRS: []}, {OURS: [], THEIRS: []}
    for number in range(WARM_UP + rounds):
        source, target = (1, 2) if number % 2 == 0 else (2, 1)
        for name, move in ((OURS, guests.by_platform), (THEIRS, guests.by_hand)):
            with Listening(guests.addresses[name]) as listening:
                took[name].append(milliseconds(lambda move=move: move(source, target)))
            silent[name].append(listening.silence)
        progress(f"moved in {took[OURS][-1]:.0f} ms, by hand {took[THEIRS][-1]:.0f} ms; "
                 f"silent for {silent[OURS][-1]:.0f} ms, by hand {silent[THEIRS][-1]:.0f} ms")
    for what, samples in (("migration: with its disk, to another host", took),
                          ("migration: the guest's longest silence", silent)):
        ours, other = samples[OURS][WARM_UP:], samples[THEIRS][WARM_UP:]
        ratio = median(ours) / median(other)
        print_row(Row(what, spread(ours, "{:.0f}") + " ms", f"{spread(other, '{:.0f}')} ms: qemu-img create, virsh migrate",
                      ratio, f"<= {GOAL}", ratio <= GOAL, rounds))


main(int(sys.argv[1]), os.environ["BENCH_STATE"] + "/tiny.qcow2")
