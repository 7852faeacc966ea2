"""Keeps a walk in its case file: written after every answer, decisions with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.case import (
    Case,
    CaseFile,
    Decided,
    NoCaseError,
    carry_over,
    decide,
    declined,
    difference,
    inside_git,
)
from goldenthread.case.events import CarriedOver

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from goldenthread.advise import Offer
    from goldenthread.case.model import Decision, Verdict
    from goldenthread.session import Guide, GuidedWalk


class Keeper:
    """A case file and the walk in it; without a file, nothing is kept."""

    def __init__(self, file: CaseFile | None, today: datetime.date) -> None:
        self.file, self.today = file, today
        self.notes: list[str] = []

    @classmethod
    def open(
        cls, path: Path, guide: Guide, *, client: str, flowchart: str, today: datetime.date, quick: bool
    ) -> Keeper:
        """Open a case file, or make one. Raises CaseError where it cannot be read or written."""
        day = today.isoformat()
        try:
            file = CaseFile.open(path)
        except NoCaseError:
            case = Case(
                client=client or path.stem,
                flowchart=flowchart,
                created=day,
                saved=day,
                content=guide.model.digest,
                quick=quick,
            )
            file = CaseFile.create(path, case)
        keeper = cls(file, today)
        carried, notes = carry_over(file.case, guide.program)
        if carried != file.case:
            file.add(CarriedOver.to(carried, day))
        keeper.notes = [note.text for note in notes]
        tree = inside_git(path.parent)
        if tree is not None:
            where = f"This case lies in a git work tree ({tree.name})."
            keeper.notes.append(
                f"{where} What is committed there can be shared by mistake: keep cases elsewhere."
            )
        return keeper

    def walk(self, guide: Guide) -> GuidedWalk:
        """Walk the case as it stands. Raises as `Guide.take_up` does."""
        if self.file is None:
            raise ValueError("nothing is kept")
        return guide.take_up(self.file.case, today=self.today)

    def save(self, walk: GuidedWalk) -> None:
        """Write what changed. Raises CaseError where it cannot be written; the walk is not lost by that."""
        if self.file is None:
            return
        events = difference(self.file.case, walk.walk.rounds, self.today.isoformat())
        if events:
            self.file.add(*events)

    def record(self, walk: GuidedWalk, kind: str, offer: Offer, verdict: Verdict, reason: str = "") -> None:
        """Keep a decision on a suggestion."""
        if self.file is None:
            return
        decision = decide(
            offer,
            verdict,
            known=walk.walk.known,
            round_=walk.walk.round,
            kind=kind,
            on=self.today.isoformat(),
            reason=reason,
        )
        self.file.add(Decided(on=self.today.isoformat(), decision=decision))

    def declined(self, walk: GuidedWalk, kind: str, offer: Offer) -> Decision | None:
        """Give the decline that keeps an offer away, or None."""
        return declined(self.file.case, kind, offer, walk.walk.known) if self.file is not None else None
