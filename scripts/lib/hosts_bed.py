"""The hosts of a test bed (scripts/testbed/hosts): their control plane's API, and commands inside of them."""

import base64
import http.client
import json
import os
import shutil
import ssl
import subprocess
import time

HOSTS = os.path.join(os.path.dirname(os.path.realpath(__file__)), "../testbed/hosts")
POOL = "/var/lib/libvirt/limiquantix"
PATIENCE = 300


class Wrong(Exception):
    """What is not as it has to be."""


def until(what, look, seconds=PATIENCE):
    """What the look answers once that is true; what it throws is asked again."""
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        try:
            answer = look()
            if answer:
                return answer
        except (OSError, RuntimeError, http.client.HTTPException, subprocess.SubprocessError) as problem:
            last = problem
        time.sleep(0.2)
    raise Wrong(f"{what}: not within {seconds} s" + (f" ({last})" if last else ""))


class Api:
    """The control plane's, which may be away."""

    def __init__(self, folder):
        with open(f"{folder}/ports", encoding="utf-8") as file:
            self.port = int(file.read().split()[0])
        self.tls = ssl.create_default_context(cafile=f"{folder}/control/data/gateway/certificate.pem")
        with open(f"{folder}/password", encoding="utf-8") as file:
            self.password = file.read().strip()
        self.headers = {"Content-Type": "application/json"}

    def log_in(self):
        self.headers = {"Content-Type": "application/json"}
        answer, headers = self.ask("POST", "/session", {"userName": "admin", "password": self.password})
        self.headers["Cookie"] = headers["Set-Cookie"].split(";")[0]
        self.headers["X-CSRF-Token"] = answer["csrfToken"]

    def ask(self, method, path, body):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.tls, timeout=70)
        try:
            connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body), self.headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {content.decode()}")
        return (json.loads(content) if content else None), response.headers

    def get(self, path):
        return self.ask("GET", path, None)[0]

    def send(self, method, path, body=None):
        return self.ask(method, path, body)[0]

    def ended(self, task_id):
        """The task, once it has ended."""
        def look():
            task = self.get(f"/tasks/{task_id}")
            return task if task["state"] in ("SUCCEEDED", "FAILED", "CANCELLED") else None
        return until(f"the end of task {task_id}", look)

    def host_numbers(self):
        """The hosts' numbers by their ids."""
        return {host["id"]: int(host["name"].rsplit("-", 1)[1]) for host in self.get("/hosts")["items"]}

    def run(self, method, path, body=None):
        started = self.send(method, path, body)
        task = self.ended(started["taskId"])
        if task["state"] != "SUCCEEDED":
            raise Wrong(f"{method} {path}: {task}")
        return started["targetId"]


class Bed:
    """The hosts, by their numbers."""

    def __init__(self, folder):
        self.folder = folder

    def hosts(self, *words, check=True):
        command = [HOSTS, words[0], self.folder, *map(str, words[1:])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
        return done.stdout.strip()

    def virsh(self, host, *words, check=True):
        return self.hosts("enter", host, "virsh", "-q", "-c", "qemu:///system", *words, check=check)

    def has(self, host, vm):
        return vm in self.virsh(host, "list", "--all", "--uuid")

    def running(self, host, vm):
        return vm in self.virsh(host, "list", "--uuid", "--state-running")

    def guest(self, host, vm, script):
        """What the script says inside of the guest."""
        order = {"execute": "guest-exec", "arguments": {"path": "/bin/sh", "arg": ["-c", script], "capture-output": True}}
        pid = json.loads(self.virsh(host, "qemu-agent-command", vm, json.dumps(order)))["return"]["pid"]
        status = json.dumps({"execute": "guest-exec-status", "arguments": {"pid": pid}})

        def look():
            answer = json.loads(self.virsh(host, "qemu-agent-command", vm, status))["return"]
            return answer if answer["exited"] else None
        return base64.b64decode(until("the guest's answer", look, 60).get("out-data", "")).decode().strip()

    def files(self, host, volume):
        return self.hosts("enter", host, "sh", "-c", f"ls {POOL}/volumes | grep {volume} || true")

    def tiny_image(self, api, file):
        """Brings the image to the library, and makes the pool that the hosts keep their disks in; answers the image's id."""
        if not api.get("/pools")["items"]:
            api.send("POST", "/pools", {"name": "local", "driver": "local", "settings": {"path": POOL}})
        shutil.copy(file, f"{self.folder}/import/tiny.qcow2")
        image = api.send("POST", "/images", {"name": f"tiny-{time.time_ns()}", "format": "qcow2"})["id"]
        here = {"hostId": next(iter(api.host_numbers())), "path": f"{self.folder}/import/tiny.qcow2"}
        api.run("POST", f"/images/{image}/import", here)
        return image
