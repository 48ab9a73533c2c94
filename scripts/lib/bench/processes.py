"""What the kernel knows of processes: CPU time and memory."""

import os

TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rsplit(") ", 1)[1].split()


def cpu_seconds(pid):
    """User and system time of one process, all threads."""
    return sum(map(int, _fields(pid)[11:13])) / TICKS


def cpu_seconds_with_children(pid):
    """The same with the children that have ended."""
    return sum(map(int, _fields(pid)[11:15])) / TICKS


def descendants(pid):
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents.setdefault(int(_fields(entry)[1]), []).append(int(entry))
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = list(parents.get(pid, []))
    for child in found:
        found += parents.get(child, [])
    return found


def resident_mib(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024
