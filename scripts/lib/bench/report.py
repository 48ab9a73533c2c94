"""Prints the table of what was measured; with --write it takes the place of the one in docs/benchmarks.md."""

import datetime
import json
import os
import re
import sys

BEGIN, END = "<!-- results, written by scripts/bench --write -->", "<!-- end of results -->"
PAGE = "docs/benchmarks.md"


def machine(state):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(re.search(r"MemTotal:\s*(\d+)", file.read()).group(1)) / (1 << 20)
    with open(state + "/accelerator", encoding="utf-8") as file:
        accelerator = file.read().strip()
    return f"{os.cpu_count()} cores of {model.group(1) if model else 'an unnamed CPU'}, {memory:.0f} GiB, {accelerator}"


def table(rows):
    lines = ["| measured | LimiQuantix | next to | ratio | goal | met |", "|---|---|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row['what']} ({row['rounds']} rounds) | {row['ours']} | {row['other']} |"
                     f" **{row['ratio']:.2f}** | {row['goal']} | {'yes' if row['met'] else '**no**'} |")
    notes = [f"* {row['what']}: {row['note']}" for row in rows if row["note"]]
    return "\n".join(lines + ([""] + notes if notes else []))


def write(text):
    with open(PAGE, encoding="utf-8") as file:
        before, rest = file.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main(state, commit, *options):
    with open(state + "/rows", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with open(state + "/busy", encoding="utf-8") as file:
        busy = max(map(int, file))
    date = datetime.date.today().isoformat()
    text = f"{date}, commit {commit}, {machine(state)};\nothers used up to {busy} % of the CPU when a measurement began.\n\n{table(rows)}"
    print(text)
    if "--write" in options:
        write(text)


main(*sys.argv[1:])
