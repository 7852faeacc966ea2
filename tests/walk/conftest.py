"""What a walk has come to, in values that can be compared."""

from __future__ import annotations

import pytest


def _stands(walk):
    return {
        "at": walk.at,
        "end": walk.end.key if walk.end else "",
        "round": walk.round,
        "trail": [(t.round, t.key, t.item, t.how, t.edge.go if t.edge else "", t.depth) for t in walk.trail],
        "known": dict(walk.known),
        "asked": dict(walk.asked),
        "alerts": [(raised.alert.id, raised.cleared) for raised in walk.alerts],
        "set_aside": dict(walk.set_aside),
        "rounds": [(dict(r.answers), r.opened) for r in walk.rounds],
        "later": walk.left_for_later(),
        "scores": {
            name: [(s.totals, s.items, s.date) for s in series] for name, series in walk.state.scores.items()
        },
    }


@pytest.fixture(scope="session")
def stands():
    return _stands
