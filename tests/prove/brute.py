"""Holds proofs of random libraries against every walk through them: python tests/prove/brute.py FIRST LAST [WALKS].

It says of each library what was wrong, what was left undecided, or why it was passed over, and how long it took; then
how many there were of each. `make sweep` runs a few thousand; this is for looking further, and at one.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from holding import judged  # noqa: E402 -- as above

from every_walk import TooManyError  # noqa: E402 -- run as a program, it has to find its helpers first

MOST = 4_000
SLOW = 5.0
"""Seconds of processor time from which a library is named, whatever came of it."""


def sweep(first: int, last: int, most: int) -> Counter[str]:
    """Judge the libraries of a range of seeds, and name those that something is to be said of."""
    counts: Counter[str] = Counter()
    for seed in range(first, last):
        began = time.process_time()
        try:
            wrong, undecided = judged(seed, most)
        except TooManyError:
            wrong, undecided, outcome = [], [], "too many"
        except AssertionError as error:
            wrong, undecided, outcome = [str(error)], [], "compared"
        else:
            outcome = "compared"
        spent = time.process_time() - began
        counts[outcome] += 1
        counts["wrong"] += bool(wrong)
        counts["undecided"] += bool(undecided)
        for line in (*(f"WRONG {w}" for w in wrong), *(f"undecided {u}" for u in undecided)):
            print(f"{seed}: {line}", flush=True)
        if spent > SLOW:
            print(f"{seed}: {outcome}, {spent:.1f} s", flush=True)
        if seed % 500 == 0:
            print(f"{seed}: {dict(counts)} so far", file=sys.stderr, flush=True)
    return counts


if __name__ == "__main__":
    bounds = [int(word) for word in sys.argv[1:]]
    print(dict(sweep(bounds[0], bounds[1], bounds[2] if len(bounds) > 2 else MOST)))
