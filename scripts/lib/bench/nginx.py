"""nginx as Debian ships it, unpacked but not installed, that takes files by PUT over TLS with the gateway's certificate."""

import glob
import os
import shutil
import socket
import subprocess
import time

from installation import CERTIFICATE, FOLDER
from processes import cpu_seconds_with_children, descendants
from websockify import free_port

CONFIGURATION = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes auto;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    root {folder}/files;
    client_max_body_size 0;
    dav_methods PUT;
  }}
}}
user root;
"""


def program(folder):
    """The installed one, or the package's: installing it would start a server on port 80."""
    installed = shutil.which("nginx")
    if installed:
        return installed
    subprocess.run(["apt-get", "-qq", "download", "nginx"], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["dpkg", "-x", glob.glob(folder + "/nginx_*.deb")[0], folder + "/package"], check=True)
    return folder + "/package/usr/sbin/nginx"


class Nginx:
    """Its folder lies beside the pool: both write to the same file system."""

    def __init__(self):
        self.folder = FOLDER + "/nginx"
        self.port = free_port()
        os.makedirs(self.folder + "/files")
        with open(self.folder + "/nginx.conf", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(
                folder=self.folder, port=self.port, certificate=CERTIFICATE, key=FOLDER + "/data/gateway/key.pem"))
        self.process = subprocess.Popen([program(self.folder), "-c", self.folder + "/nginx.conf"])
        self._await()

    def _await(self):
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.02)
        raise RuntimeError(f"nginx does not start, see {self.folder}/error.log")

    def seconds(self, file):
        """From the start of curl until the file is on the disk."""
        began = time.monotonic()
        subprocess.run(
            ["curl", "--silent", "--show-error", "--fail", "--cacert", CERTIFICATE, "--header", "Expect:",
             "--upload-file", file, f"https://localhost:{self.port}/upload"], check=True)
        stored = self.folder + "/files/upload"
        subprocess.run(["sync", stored], check=True)
        seconds = time.monotonic() - began
        os.remove(stored)
        return seconds

    def cpu_seconds(self):
        return sum(cpu_seconds_with_children(pid) for pid in [self.process.pid, *descendants(self.process.pid)])

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder)
