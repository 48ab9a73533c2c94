"""The console proxy next to websockify: QEMU's screen to WebSocket clients over TLS, from the same socket."""

import multiprocessing
import os
import sys
import time
import xml.etree.ElementTree as ElementTree

from hand_made import virsh
from installation import Api, PORT, tls
from processes import cpu_seconds
from samples import Row, median, print_row, progress, spread
from vnc_viewer import Viewer
from web_socket import WebSocket
from websockify import Websockify

GOAL = 5
VIEWERS = 4
SECONDS = 6
# The compiler learns the proxy's path in the first rounds; neither side's count.
WARM_UP = 2
NAME = "bench-console"


class Platform:
    """The installation's console proxy, for one VM."""

    def __init__(self, api, vm_id):
        self.api, self.vm_id = api, vm_id
        self.pid = int(os.environ["BENCH_PID"])
        self.port = PORT

    def paths(self, count):
        asked = [self.api.send("POST", f"/vms/{self.vm_id}/consoles", {"kind": "VNC"}) for _ in range(count)]
        return [ticket["path"] for ticket in asked]

    def cpu_seconds(self):
        return cpu_seconds(self.pid)


def view(port, path, told):
    socket = WebSocket(port, path, tls())
    viewer = Viewer(socket)
    told.put(0)
    told.put(viewer.watch(SECONDS))
    socket.close()


def transfer(proxy, idle_cpu=0.0):
    """GB per second of all viewers, and CPU seconds of the proxy per GB, beyond what it spends each second anyway."""
    told = multiprocessing.Queue()
    viewers = [multiprocessing.Process(target=view, args=(proxy.port, path, told)) for path in proxy.paths(VIEWERS)]
    cpu, began = proxy.cpu_seconds(), time.monotonic()
    for viewer in viewers:
        viewer.start()
        # QEMU lets one connection wait at its socket, and refuses the next.
        told.get(timeout=60)
    gigabytes = sum(told.get(timeout=60) for _ in viewers) / 1e9
    for viewer in viewers:
        viewer.join()
    seconds = time.monotonic() - began
    return gigabytes / SECONDS, (proxy.cpu_seconds() - cpu - idle_cpu * seconds) / gigabytes


def idle_cpu_per_second(proxy):
    before = proxy.cpu_seconds()
    time.sleep(SECONDS)
    return (proxy.cpu_seconds() - before) / SECONDS


def compare(ours, other, rounds):
    samples, idle = [], 0.0
    for number in range(WARM_UP + rounds):
        if number == WARM_UP:
            idle = idle_cpu_per_second(ours)
        pair = transfer(ours, idle), transfer(other)
        progress("{:.3f} GB/s {:.2f} CPU s/GB, websockify {:.3f} GB/s {:.2f} CPU s/GB".format(*pair[0], *pair[1]))
        if number >= WARM_UP:
            samples.append(pair)
    return samples


def report(samples, rounds):
    ours, other = ([1000 / pair[side][1] for pair in samples] for side in (0, 1))
    speeds = [spread([1000 * pair[side][0] for pair in samples], "{:.0f}") for side in (0, 1)]
    ratio = median(ours) / median(other)
    print_row(Row(f"console: MB per CPU second of the proxy, {VIEWERS} viewers", spread(ours, "{:.0f}"),
                  spread(other, "{:.0f}") + " websockify", ratio, f">= {GOAL}", ratio >= GOAL, rounds,
                  f"QEMU, which sets the pace, gave {speeds[0]} MB/s here, {speeds[1]} MB/s with websockify."))


def screen_socket():
    return ElementTree.fromstring(virsh("dumpxml", NAME)).find("devices/graphics").get("socket")


def main(rounds):
    api = Api()
    vm_id = api.run("POST", "/vms", {"name": NAME, "memoryBytes": 128 << 20, "start": True,
                                     "disks": [{"imageId": api.ready_image(), "sizeBytes": 1 << 30}]})
    with Websockify(screen_socket()) as other:
        report(compare(Platform(api, vm_id), other, rounds), rounds)
    api.run("POST", f"/vms/{vm_id}/force-stop", {})
    api.run("DELETE", "/vms/" + vm_id)


main(int(sys.argv[1]))
