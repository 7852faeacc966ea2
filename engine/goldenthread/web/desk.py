"""A case taken out of the store, walked, and put back: what every page of a case works on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goldenthread.case import (
    Began,
    CarriedOver,
    Case,
    CaseError,
    Decided,
    Event,
    apply,
    carry_over,
    decide,
    declined,
    difference,
)
from goldenthread.session.standing import Standing, from_data, standing, to_data
from goldenthread.walk import UnknownQuestionError

if TYPE_CHECKING:
    import datetime

    from goldenthread.advise import Offer
    from goldenthread.case import Decision
    from goldenthread.case.model import Verdict
    from goldenthread.plan import Plan
    from goldenthread.session import Guide, GuidedWalk
    from goldenthread.store.cases import CaseStore, Kept


@dataclass(frozen=True, slots=True)
class Sitting:
    """A case as it was taken out: its version, the walk in it, and what changed because the content did.

    `kept` is the case as the store has it; `case` the same, carried over to the present content.
    """

    case_id: str
    kept: Case
    case: Case
    version: str
    walk: GuidedWalk
    notes: tuple[str, ...] = ()

    @property
    def carried(self) -> bool:
        """Whether the content has changed since the case was last kept."""
        return self.case is not self.kept


class Desk:
    """Takes cases out of a store and puts them back."""

    def __init__(self, guide: Guide, store: CaseStore, today: datetime.date) -> None:
        self.guide, self.store, self.today = guide, store, today

    def begin(self, client: str, *, quick: bool, flowchart: str = "planning") -> str:
        """Begin a case under a code name; give its id."""
        began = Began(
            on=self.today.isoformat(),
            client=client,
            flowchart=flowchart,
            content=self.guide.model.digest,
            quick=quick,
        )
        return self.store.begin([began])

    def sit(self, case_id: str, at: str = "") -> Sitting:
        """Take a case out, standing at a question of it (`at`) or at the first that is open.

        Raises NoCaseError for none, CaseError where it cannot be read.
        """
        kept, version = self.store.load(case_id)
        case = kept
        notes: tuple[str, ...] = ()
        if kept.content != self.guide.model.digest:
            case, found = carry_over(kept, self.guide.program)
            notes = tuple(note.text for note in found)
        return self._walked(Sitting(case_id, kept, case, version, self._walk(case), notes), at)

    def _walk(self, case: Case) -> GuidedWalk:
        return self.guide.take_up(case, today=self.today)

    @staticmethod
    def _walked(sitting: Sitting, at: str) -> Sitting:
        if not at or at == sitting.walk.walk.at:
            return sitting
        try:
            back = sitting.walk.go_to(at)
        except UnknownQuestionError:
            return sitting
        return replace(sitting, walk=back) if back.walk.at == at else sitting

    def plan_of(self, sitting: Sitting, round_: int) -> Plan:
        """Give the plan of a round (from 0): of an earlier one as its answers and sessions left it."""
        case = sitting.case
        if round_ >= len(case.rounds) - 1:
            return sitting.walk.plan()
        sessions = tuple(note for note in case.sessions if note.round <= round_)
        return self._walk(replace(case, rounds=case.rounds[: round_ + 1], sessions=sessions)).plan()

    def keep(self, sitting: Sitting, walk: GuidedWalk | None = None, *events: Event) -> Sitting:
        """Put a case back with what changed in its walk, and with further events; all or nothing.

        Raises ConflictError where it was changed elsewhere since it was taken out, and writes nothing then.
        """
        on = self.today.isoformat()
        carried = [CarriedOver.to(sitting.case, on)] if sitting.carried else []
        walked = difference(sitting.case, walk.walk.rounds, on) if walk is not None else ()
        made: list[Event] = [*carried, *walked, *events]
        if not made:
            return sitting
        version = self.store.append(sitting.case_id, made, sitting.version)
        case = sitting.kept
        for event in made:
            case = apply(case, event)
        fresh = Sitting(sitting.case_id, case, case, version, self._walk(case))
        self.stand(fresh)
        return fresh

    def stand(self, sitting: Sitting) -> Standing:
        """Keep where a case stands, beside it: what home shows, and what new content is compared with."""
        found = standing(sitting.walk, sitting.case)
        self.store.keep_standing(sitting.case_id, sitting.version, to_data(found))
        return found

    def stood(self, sitting: Sitting) -> Standing | None:
        """Give where a case stood when it was last kept, or None: also where that is not known of this version."""
        data = self.store.standing(sitting.case_id, sitting.version)
        return from_data(data) if data is not None else None

    def cases(self, *, archived: bool = False) -> list[tuple[str, Standing | None]]:
        """Give every case with where it stands, the one changed last first; None for one that cannot be read."""
        return [(kept.id, self._stood(kept)) for kept in self.store.all(archived=archived)]

    def _stood(self, kept: Kept) -> Standing | None:
        if kept.standing is not None and kept.standing_version == kept.version:
            found = from_data(kept.standing)
            if found is not None:
                return found
        try:
            sitting = self.sit(kept.id)
        except CaseError:
            return None
        return standing(sitting.walk, sitting.case) if sitting.carried else self.stand(sitting)

    def decided(
        self, walk: GuidedWalk, kind: str, offer: Offer, verdict: Verdict, reason: str = ""
    ) -> Decided:
        """Make the event of a decision on a suggestion."""
        on = self.today.isoformat()
        decision = decide(
            offer, verdict, known=walk.walk.known, round_=walk.walk.round, kind=kind, on=on, reason=reason
        )
        return Decided(on=on, decision=decision)

    @staticmethod
    def declined(sitting: Sitting, kind: str, offer: Offer) -> Decision | None:
        """Give the decline that keeps an offer from being put forward again, or None."""
        return declined(sitting.case, kind, offer, sitting.walk.walk.known)
