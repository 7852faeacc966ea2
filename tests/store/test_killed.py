"""A process that is killed loses nothing that was acknowledged, and leaves nothing half done."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.store.checking import check

if TYPE_CHECKING:
    from storing import Ground

TESTS = Path(__file__).parent.parent


def _killed(ground: Ground, times: int, work: str) -> dict[str, Any]:
    seed = random.randrange(1_000_000)  # noqa: S311 -- moments, no secrets
    command = [sys.executable, str(Path(__file__).with_name("nursery.py")), str(times), str(seed), work]
    env = {**ground.env, "PYTHONPATH": str(TESTS)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- this very interpreter
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_killed_two_hundred_times_every_acknowledged_answer_is_there(ground: Ground) -> None:
    told = _killed(ground, 200, "append")
    assert told["killed"] == 200
    assert told["kept"] >= told["acknowledged"] >= 200
    # At most the one that each was at was taken without a word.
    assert told["kept"] <= told["acknowledged"] + 200
    assert told["whole"]
    assert told["version"] == str(told["kept"] + 1)
    assert check(ground.open().keys).wrong == ()


def test_killed_while_the_key_is_exchanged_the_store_opens(ground: Ground) -> None:
    told = _killed(ground, 40, "rotate")
    assert told["killed"] == 40
    assert told["whole"]
    assert told["kept"] >= told["acknowledged"] >= 40
    assert check(ground.open().keys).wrong == ()
