"""Processor time in pairs: A and B in turn, medians and their ratio."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """Medians in seconds of two works that took turns, and the median of their ratios pair by pair."""

    ours: float
    beside: float
    ratio: float


def paired(ours: Work, beside: Work, runs: int = 7, clock: Callable[[], float] | None = None) -> Pair:
    """Run two works in turn, after one turn that does not count. `clock` is the processor's, unless one is given."""
    ours(), beside()
    times = [(_seconds(ours, clock or _spent), _seconds(beside, clock or _spent)) for _ in range(runs)]
    return Pair(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(a / b for a, b in times),
    )


def rate(work: Work, runs: int = 5, least: float = 0.4) -> float:
    """Give how often a second a work can be done: the median of several runs, each at least `least` seconds long."""
    work()
    rates = []
    for _ in range(runs):
        done, begun = 0, time.process_time()
        while (spent := time.process_time() - begun) < least:
            for _ in range(50):
                work()
            done += 50
        rates.append(done / spent)
    return statistics.median(rates)


def _seconds(work: Work, clock: Callable[[], float]) -> float:
    """Give the processor time of a work, that of the commands it ran with it: others on the machine take none."""
    begun = clock()
    work()
    return clock() - begun


def _spent() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def command(*words: str, stdin: str = "") -> Work:
    """Give the work of running a command to its end, with the bytecode kept that its first run made."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def work() -> None:
        subprocess.run(words, input=stdin.encode(), capture_output=True, check=True, env=environment)

    return work


def peak_memory(code: str) -> float:
    """Give the peak memory in MB of a fresh interpreter that runs some code."""
    tail = "\nimport resource, json; print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, check=True, text=True)
    kilobytes = int(json.loads(done.stdout.strip().splitlines()[-1]))
    return kilobytes / 1024 if sys.platform != "darwin" else kilobytes / 1024 / 1024
