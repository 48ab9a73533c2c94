"""A VM from an image, with cloud-init, until libvirt says that it runs: the API next to a shell script."""

import glob
import sys
import time

import hand_made
from domain_events import DomainEvents
from installation import Api, FOLDER
from samples import Row, median, print_row, progress, spread

GOAL = 1.2
# The first VMs of a fresh process wait for its compiler; neither side's first runs count.
WARM_UP = 3
DISK_BYTES = 1 << 30


class Comparison:
    def __init__(self):
        self.api = Api()
        self.events = DomainEvents()
        self.image_id = self.api.ready_image()
        self.image_file = glob.glob(f"{FOLDER}/pool/images/{self.image_id}*.qcow2")[0]

    def by_platform(self, name, use=lambda: None):
        began = time.monotonic()
        task = self.api.send("POST", "/vms", {
            "name": name, "vcpus": 1, "memoryBytes": 128 << 20, "start": True,
            "disks": [{"imageId": self.image_id, "sizeBytes": DISK_BYTES}], "cloudInit": {"user": "ada", "nobodyLogsIn": True}})
        seconds = self.events.started_at(name) - began
        self.api.await_task(task["taskId"])
        use()
        vm = "/vms/" + task["targetId"]
        self.api.run("POST", vm + "/force-stop", {})
        self.api.run("DELETE", vm)
        return seconds

    def by_hand(self, name):
        began = time.monotonic()
        hand_made.create(name, self.image_file, DISK_BYTES)
        seconds = self.events.started_at(name) - began
        hand_made.delete(name)
        return seconds


def main(rounds):
    comparison = Comparison()
    comparison.by_platform("bench-model", lambda: hand_made.prepare("bench-model"))
    ours, other = [], []
    for number in range(WARM_UP + rounds):
        ours.append(comparison.by_platform(f"bench-platform-{number}"))
        other.append(comparison.by_hand(f"bench-hand-{number}"))
        progress(f"{ours[-1]:.2f} s, by hand {other[-1]:.2f} s")
    comparison.events.close()
    ours, other = ours[WARM_UP:], other[WARM_UP:]
    ratio = median(ours) / median(other)
    print_row(Row("create: POST /vms until the domain runs", spread(ours) + " s",
                  spread(other) + " s: qemu-img, genisoimage, virsh define, virsh start", ratio, f"<= {GOAL}",
                  ratio <= GOAL, rounds))


main(int(sys.argv[1]))
