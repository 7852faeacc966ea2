"""Walks and plans of a whole case, of which a test changes a part."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from goldenthread.plan import make_plan

sys.path.insert(0, str(Path(__file__).parent))

from whole_case import TODAY, WHOLE, walked


@pytest.fixture
def walk():
    """Walk the whole case, with some roles answered otherwise (None: left for later), and more answers by key."""

    def made(more=(), rounds=(), **roles):
        given = {role: value for role, value in {**WHOLE, **roles}.items() if value is not None}
        return walked(given, more, rounds)

    return made


@pytest.fixture
def plan(walk):
    """Make the plan of the whole case, with some roles answered otherwise."""

    def made(more=(), rounds=(), client="", today=TODAY, **roles):
        found = walk(more, rounds, **roles)
        assert found.problem is None, found.problem
        return make_plan(found, today, client)

    return made
