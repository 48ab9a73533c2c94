"""What a measurement yields: samples of both sides, reduced to medians, with the spread beside them."""

import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass


@dataclass
class Row:
    """One line of the table; texts are ready to be read, the ratio and the goal are what counts."""

    what: str
    ours: str
    other: str
    ratio: float
    goal: str
    met: bool
    rounds: int
    note: str = ""


def median(values):
    return statistics.median(values)


def milliseconds(action):
    began = time.monotonic()
    action()
    return (time.monotonic() - began) * 1000


def spread(values, form="{:.2f}"):
    """The median with the least and the greatest: what happened, not a model of it."""
    return f"{form.format(median(values))} ({form.format(min(values))}–{form.format(max(values))})"


def print_row(row):
    print(json.dumps(asdict(row)), flush=True)


def progress(text):
    print("  " + text, file=sys.stderr, flush=True)
