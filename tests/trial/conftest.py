"""What tests of libraries held against each other share."""

from __future__ import annotations

import pytest

from goldenthread.prove import Prover, Verdict


@pytest.fixture
def unwalked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the prover walk nothing itself: what only such walks show, a formula has to prove."""
    monkeypatch.setattr(
        Prover, "_walked", lambda self, claim, roots: Verdict(claim, done=None if roots else False)
    )
