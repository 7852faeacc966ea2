"""Run by a test as a process of its own: raises writers, kills them at random moments, and looks what they left.

A writer is forked, so that it need not import anything: it opens the store anew, appends an answer at a time, and says
its number once the store has taken it. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time

import django

from goldenthread.case import ConflictError
from goldenthread.store import open_store
from storing import FIRST, answer

A_CASE = 20


def main(times: int, seed: int, work: str) -> None:
    django.setup()
    from django.db import connections  # noqa: PLC0415 -- Django is set up now

    chance = random.Random(seed)  # noqa: S311 -- moments, no secrets
    told = []
    for _ in range(0, times, A_CASE):
        case_id = open_store().begin([FIRST])
        connections.close_all()
        said = [_raise_and_kill(case_id, chance.uniform(0, 0.02), work) for _ in range(A_CASE)]
        told.append((case_id, [number for number in said if number is not None]))
    # A server may still be at what the last writer had asked of it.
    time.sleep(0.3)
    print(json.dumps([_looked_at(case_id, said) for case_id, said in told]))


def _looked_at(case_id: str, said: list[int]) -> dict[str, object]:
    store = open_store()
    answers = [one.event for one in store.history(case_id)[1:]]
    return {
        "killed": len(said),
        "acknowledged": max(said),
        "kept": len(answers),
        "whole": answers == [answer(n) for n in range(1, len(answers) + 1)],
        "version": store.load(case_id)[1],
    }


def _raise_and_kill(case_id: str, wait: float, work: str) -> int | None:
    """Give the last number that a writer said before it was killed; None where it ended by itself."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _write(case_id, write, work)
    os.close(write)
    # The moment is counted from the first answer that was taken, so that the writer is at work by then.
    select.select([read], [], [], 20)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read, "rb") as pipe:
        # Four bytes are written to a pipe in one step, or not at all.
        said = pipe.read()
    if os.WTERMSIG(status) != signal.SIGKILL or not said:
        return None
    return int.from_bytes(said[-4:], "big")


def _write(case_id: str, pipe: int, work: str) -> None:
    try:
        store = open_store()
        while True:
            version = store.load(case_id)[1]
            if work == "rotate" and int(version) % 3 == 0:
                from goldenthread.store.rotation import rotate  # noqa: PLC0415 -- Django is set up by then

                rotate(store.keys, "file", forget_old=True)
            try:
                version = store.append(case_id, [answer(int(version))], version)
            except ConflictError:
                # A server may still be at what the writer before had asked of it when it was killed.
                continue
            os.write(pipe, (int(version) - 1).to_bytes(4, "big"))
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        raise
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
