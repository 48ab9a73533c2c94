"""For how long a guest says nothing."""

import re
import subprocess
import time


class Listening:
    """Asks a guest each 10 ms whether it is there; the longest time without an answer is how long it stood still."""

    def __init__(self, address):
        self.address = address
        self.silence = 0.0

    def __enter__(self):
        self.ping = subprocess.Popen(["ping", "-D", "-n", "-i", "0.01", self.address], stdout=subprocess.PIPE, text=True)
        self.ping.stdout.readline()
        self.ping.stdout.readline()
        return self

    def __exit__(self, *_):
        # So that what was still on its way has come.
        time.sleep(0.2)
        self.ping.terminate()
        times = [float(t) for t in re.findall(r"\[(\d+\.\d+)\] \d+ bytes", self.ping.communicate()[0])]
        self.silence = max((b - a for a, b in zip(times, times[1:])), default=0.0) * 1000
