"""Pages of long lists of VMs over the API, next to the plain statement in the same database.

The VMs are rows as the platform stores them, copied by SQL from one that was made over the API; there are no domains behind them. They
are on hosts that do not exist, so that no host's report changes them meanwhile."""

import base64
import os
import subprocess
import sys
import time

from installation import Api, FOLDER
from samples import Row, median, print_row, progress, spread

SIZES = ((10_000, 100), (40_000, 200))
WARM_UP = 30

# Of no private key; as long as those that people have.
KEY = "ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + bytes(range(32))).decode() + " ada@example.net"

PLAIN = "select * from compute.vms order by lower_name limit 100"

FILL = """
insert into compute.vms (id, name, spec, digest, phase, power_state, state_reason, host_id, disks, nics, guest)
select gen_random_uuid(), called.name,
       spec || jsonb_build_object('name', called.name, 'vcpus', 1 + n % 8, 'memoryBytes', (1 + n % 16) * 1073741824::bigint,
           'folder', 'team-' || n % 20 || '/web', 'labels', jsonb_build_object('env', case n % 3 when 0 then 'test' else 'live' end)),
       digest, 'READY', case n % 4 when 0 then 'STOPPED' else 'RUNNING' end, 'booted', md5('host' || n % 400)::uuid, disks, nics,
       jsonb_build_object('vmId', gen_random_uuid(), 'answered', true, 'agentVersion', '9.2', 'hostName', called.name,
           'operatingSystem', case n % 2 when 0 then 'Debian GNU/Linux 13 (trixie)' else 'Ubuntu 24.04.1 LTS' end,
           'addresses', jsonb_build_array(jsonb_build_object('mac', '52:54:00:00:00:00', 'ip', '10.0.0.1', 'prefix', 24, 'source', 'agent')))
from compute.vms, generate_series({first}, {last}) as n, lateral (select 'vm-' || lpad(n::text, 5, '0') as name) as called
where vms.name = 'pattern'
"""


class Database:
    """The installation's own PostgreSQL, by psql."""

    def __init__(self):
        with open(FOLDER + "/all.yaml", encoding="utf-8") as file:
            port = next(line for line in file if line.startswith("database:")).split("port:")[1].strip(" }\n")
        with open(FOLDER + "/data/postgresql/password", encoding="utf-8") as file:
            password = file.read().strip()
        self.command = ["psql", "-X", "-q", "-h", "127.0.0.1", "-p", port, "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
        self.environment = {**os.environ, "PGPASSWORD": password}

    def run(self, statements):
        return subprocess.run(self.command, input=statements, env=self.environment, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def milliseconds(self, statement, rounds):
        """Each time as psql measures it, on one connection, with the rows sent and thrown away."""
        output = self.run("\\timing on\n\\pset pager off\n" + f"\\o /dev/null\n{statement};\n\\o\n" * rounds)
        return [float(line.split()[1]) for line in output.splitlines() if line.startswith("Time:")]


def page(api, query):
    began = time.monotonic()
    answer = api.get("/vms?limit=100&count=true" + query)
    return (time.monotonic() - began) * 1000, answer


def last_page(api):
    """The cursor of the last page of the list by name, which is read from its end."""
    answer = api.get("/vms?limit=100")
    while "nextCursor" in answer:
        cursor = answer["nextCursor"]
        answer = api.get(f"/vms?limit=100&cursor={cursor}")
    return f"&cursor={cursor}"


def queries(api):
    pool = api.get("/pools")["items"][0]["id"]
    return {
        "first": "", "last": last_page(api), "search": "&search=vm-0777", "nothing found": "&search=zzz",
        "folder": "&folder=team-3", "label": "&label=env=test", "state": "&state=STOPPED", "system": "&system=ubuntu",
        "pool": f"&poolId={pool}", "by memory": "&sort=MEMORY", "by state, down": "&sort=STATE&descending=true",
        "by host": "&sort=HOST", "by system": "&sort=SYSTEM", "by folder, filtered": "&sort=FOLDER&label=env=live&search=vm-1",
        "by age, down": "&sort=CREATED&descending=true",
    }


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def measure(api, database, count, goal, rounds):
    asked = queries(api)
    ours = {name: [] for name in asked}
    for turn in range(WARM_UP + rounds):
        for name, query in asked.items():
            ours[name].append(page(api, query)[0])
        if turn % 10 == 0:
            progress(f"{count} VMs: round {turn}")
    ours = {name: times[WARM_UP:] for name, times in ours.items()}
    plain = database.milliseconds(PLAIN, rounds)
    together = [each for times in ours.values() for each in times]
    p99 = percentile(together, 0.99)
    slowest = sorted(ours, key=lambda name: -median(ours[name]))[:4]
    print_row(Row(
        f"a page of 100 of {count:,} VMs, p99 of {len(asked)} kinds", f"{p99:.1f} ms; median {spread(together, '{:.1f}')} ms",
        f"{spread(plain, '{:.1f}')} ms: the first page by psql", p99 / goal, f"p99 < {goal} ms", p99 < goal, rounds,
        "the first page " + spread(ours["first"], "{:.1f}") + " ms; the slowest: "
        + ", ".join(f"{name} {spread(ours[name], '{:.1f}')} ms" for name in slowest) + "."))


def main(rounds):
    api, database = Api(), Database()
    api.run("POST", "/vms", {
        "name": "pattern", "disks": [{"imageId": api.ready_image()}, {"sizeBytes": 1 << 20}], "start": False,
        "cloudInit": {"user": "ada", "password": "not secret at all", "sshKeys": [KEY]}})
    made = 0
    for count, goal in SIZES:
        database.run(FILL.format(first=made + 1, last=count))
        database.run("vacuum analyze compute.vms")
        made = count
        measure(api, database, count, goal, rounds)


main(int(sys.argv[1]))
