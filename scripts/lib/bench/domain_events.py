"""When libvirt says that a domain has started; the same way for whoever starts it."""

import subprocess
import threading
import time

# As virsh prints it, on one line.
STARTED = "Started"


class DomainEvents:
    """Listens until closed, so that no event comes too early."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["stdbuf", "-oL", "virsh", "-q", "-c", "qemu:///system", "event", "--event", "lifecycle", "--loop"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.started = {}
        self.changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            now = time.monotonic()
            if STARTED not in line:
                continue
            with self.changed:
                # event 'lifecycle' for domain 'NAME': Started Booted
                self.started[line.split("'")[3]] = now
                self.changed.notify_all()

    def started_at(self, domain):
        with self.changed:
            if not self.changed.wait_for(lambda: domain in self.started, 60):
                raise RuntimeError(f"libvirt does not say that {domain} has started")
            return self.started[domain]

    def close(self):
        self.process.terminate()
        self.process.wait(10)
