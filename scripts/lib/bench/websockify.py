"""websockify as Debian ships it, with the gateway's certificate, in front of a VM's screen."""

import socket
import subprocess
import time

from installation import CERTIFICATE, FOLDER
from processes import cpu_seconds_with_children, descendants


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Websockify:
    """Forks for each viewer; a child's CPU time is its parent's once it has ended."""

    def __init__(self, target):
        self.port = free_port()
        self.process = subprocess.Popen(
            ["websockify", "--ssl-only", "--cert", CERTIFICATE, "--key", FOLDER + "/data/gateway/key.pem",
             "--unix-target", target, f"127.0.0.1:{self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.02)
        raise RuntimeError("websockify does not start")

    def paths(self, count):
        return ["/"] * count

    def cpu_seconds(self):
        while descendants(self.process.pid):
            time.sleep(0.02)
        return cpu_seconds_with_children(self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait(10)
