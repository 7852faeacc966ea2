"""A process that is killed loses nothing that was acknowledged, and leaves nothing half done."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.store.checking import check
from storing import URL

if TYPE_CHECKING:
    from storing import Ground

TESTS = Path(__file__).parent.parent
OFTEN = 40 if URL else 200
"""On a server it is not the process that was killed that writes: there it is a question of its connection alone."""


def _killed(ground: Ground, times: int, work: str) -> list[dict[str, Any]]:
    seed = random.randrange(1_000_000)  # noqa: S311 -- moments, no secrets
    command = [sys.executable, str(Path(__file__).with_name("nursery.py")), str(times), str(seed), work]
    env = {**ground.env, "PYTHONPATH": str(TESTS)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- this very interpreter
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    cases: list[dict[str, Any]] = json.loads(done.stdout)
    assert sum(told["killed"] for told in cases) == times
    return cases


def _must_be_whole(cases: list[dict[str, Any]]) -> None:
    for told in cases:
        assert told["kept"] >= told["acknowledged"] >= told["killed"]
        # At most the one that each was at was taken without a word.
        assert told["kept"] <= told["acknowledged"] + told["killed"]
        assert told["whole"]
        assert told["version"] == str(told["kept"] + 1)


def test_killed_time_and_again_every_acknowledged_answer_is_there(ground: Ground) -> None:
    _must_be_whole(_killed(ground, OFTEN, "append"))
    assert check(ground.open().keys).wrong == ()


def test_killed_while_the_key_is_exchanged_the_store_opens(ground: Ground) -> None:
    _must_be_whole(_killed(ground, 40, "rotate"))
    assert check(ground.open().keys).wrong == ()
