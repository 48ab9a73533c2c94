"""Starts and stops the installation's process, and says when it is ready."""

import os
import subprocess
import time
import urllib.error
import urllib.request

from installation import FOLDER, MANAGEMENT, REPOSITORY


def is_ready():
    try:
        with urllib.request.urlopen(MANAGEMENT + "/readyz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


class PlatformProcess:
    """As an operator starts it: scripts/limiquantix in the foreground."""

    def __init__(self, java_options=""):
        environment = dict(os.environ, LIMIQUANTIX_JAVA_OPTIONS=java_options)
        began = time.monotonic()
        with open(FOLDER + "/log", "ab") as log:
            # The script becomes the Java process.
            self.process = subprocess.Popen(
                [REPOSITORY + "/scripts/limiquantix", FOLDER + "/all.yaml"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True)
        while not is_ready():
            if self.process.poll() is not None:
                raise RuntimeError("LimiQuantix ended; see its log")
            time.sleep(0.01)
        self.seconds_to_ready = time.monotonic() - began

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stop()
