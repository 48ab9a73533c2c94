"""When the host begins an operation and when it has done it, as its journal tells: it is written to at both."""

import ctypes
import os
import threading
import time

from installation import FOLDER

IN_MODIFY = 2
BUFFER = 4096
C = ctypes.CDLL(None, use_errno=True)


class HostJournal:
    """Watches the journal with inotify(7)."""

    def __init__(self):
        self.writes = []
        self.watch = C.inotify_init()
        if self.watch < 0 or C.inotify_add_watch(self.watch, (FOLDER + "/data/host/operations.journal").encode(), IN_MODIFY) < 0:
            raise OSError(ctypes.get_errno(), "the host's journal cannot be watched")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while os.read(self.watch, BUFFER):
            self.writes.append(time.monotonic())

    def milliseconds_since(self, began):
        """From the first write since then to the last: the task is let in, its operation is done."""
        writes = [at for at in self.writes if at >= began]
        return (writes[-1] - writes[0]) * 1000
