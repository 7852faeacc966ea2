"""A library too large for every kind of walk: alerts, a bank that is held, several things needed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.proving import write_library

from goldenthread.loading import load
from goldenthread.prove import prove
from goldenthread.prove.bank import Offered

if TYPE_CHECKING:
    from pathlib import Path


def test_all_is_decided_also_what_needs_two_alerts_at_once(tmp_path: Path) -> None:
    write_library(tmp_path, 400)
    library, report = load([tmp_path], only=True)
    assert not report.errors
    verdicts = prove(library).verdicts
    assert all(verdict.done is not None for verdict in verdicts)
    raising = {alert.raise_when.text.partition(" ")[0] for alert in library.alerts.values()}
    both = [
        verdict
        for verdict in verdicts
        if isinstance(verdict.claim, Offered)
        and set(verdict.claim.entry.suggest[0].when.text.split(" and ")) <= raising
    ]
    assert both
    assert all(verdict.done for verdict in both)
