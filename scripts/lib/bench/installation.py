"""The installation that is measured, as scripts/bench describes it in the environment, and its API."""

import http.client
import json
import os
import ssl

FOLDER = os.environ["BENCH_FOLDER"]
URL = os.environ["BENCH_URL"]
MANAGEMENT = os.environ["BENCH_MANAGEMENT"]
REPOSITORY = os.environ["BENCH_REPOSITORY"]
CERTIFICATE = FOLDER + "/data/gateway/certificate.pem"
PORT = int(URL.rsplit(":", 1)[1])


def tls():
    return ssl.create_default_context(cafile=CERTIFICATE)


class Api:
    """One connection that stays open, logged in."""

    def __init__(self):
        self._connect({"Content-Type": "application/json"})
        with open(FOLDER + "/data/first-admin-password", encoding="utf-8") as file:
            password = file.read().strip()
        answer, headers = self._send("POST", "/session", {"userName": "admin", "password": password})
        self.headers["Cookie"] = headers["Set-Cookie"].split(";")[0]
        self.headers["X-CSRF-Token"] = answer["csrfToken"]

    def _connect(self, headers):
        self.connection = http.client.HTTPSConnection("localhost", PORT, context=tls(), timeout=120)
        self.headers = headers

    def another(self):
        """One more connection of the same session."""
        api = Api.__new__(Api)
        api._connect(self.headers)
        return api

    def _send(self, method, path, body):
        text = None if body is None else json.dumps(body)
        self.connection.request(method, "/api/v1" + path, text, self.headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {content.decode()}")
        return (json.loads(content) if content else None), response.headers

    def get(self, path):
        return self._send("GET", path, None)[0]

    def send(self, method, path, body=None):
        return self._send(method, path, body)[0]

    def await_task(self, task_id):
        while True:
            task = self.get(f"/tasks/{task_id}?waitSeconds=50")
            if task["state"] == "SUCCEEDED":
                return task
            if task["state"] in ("FAILED", "CANCELLED"):
                raise RuntimeError(f"{task['kind']}: {task['failure']}")

    def run(self, method, path, body=None):
        """What goes on as a task, waited for; answers the target's id."""
        started = self.send(method, path, body)
        self.await_task(started["taskId"])
        return started["targetId"]

    def ready_image(self):
        return next(i["id"] for i in self.get("/images")["items"] if i["state"] == "READY")
