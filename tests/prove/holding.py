"""The verdicts of a proof held against what every walk has shown."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from every_walk import MOST_OPENED, MOST_OWN, EveryWalk, Seen
from goldenthread.check.rules import lists
from goldenthread.prove import Case, Prover, Replayed, prove
from goldenthread.prove.bank import Cleared, Met, OfBank, Offered, Raised, RuledOut
from goldenthread.prove.claims import (
    AnsweredBefore,
    AskedTwice,
    OfferedAfter,
    OnOffer,
    Reached,
    Starved,
    Stuck,
    Taken,
    least,
)
from goldenthread.prove.obligations import NotLed, OfferedWhile, ReachedWhile
from goldenthread.walk import rounds_from
from random_library import load_texts, rounds_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.model import Library
    from goldenthread.prove import Proof, Verdict


DEEP = 100_000
"""From this seed on the bank of a wide library reads what was told of items, and the round before, as well."""
ALARMED = 200_000
"""From this seed on alerts open what asks for something that clears them, which the bank reads."""
TOLD = 300_000
"""From this seed on what was told of items is read as it stands, too, and told otherwise."""


def every_walk(prover: Prover, *, rounds: int, most: int) -> Seen:
    """Walk everything from every flowchart that is walked by itself."""
    seen: Seen = set()
    for root in prover.roots:
        seen |= EveryWalk(prover.program, root, rounds=rounds, most=most).run()
    return seen


def compared(library: Library, *, rounds: int, most: int) -> Iterator[tuple[Verdict, bool]]:
    """Give each verdict that walks can show, with whether one has shown it."""
    seen = every_walk(Prover(library), rounds=rounds, most=most)
    proof = prove(library)
    # Whatever is offered by some answers is asked about as if it were listed only for the reason against it.
    never = (Offered(replace(entry, never_offered=True)) for entry in library.modalities.values())
    verdicts = [*proof.verdicts, *(proof.prover.decide(claim) for claim in never)]
    for verdict in verdicts:
        assert replays(verdict, proof), f"the answers of `{named(verdict.claim)}` do not show it"
    for verdict in verdicts:
        shown = _shown(verdict.claim, seen, proof)
        if shown is not None and not _from_facts(verdict, proof) and not _beyond(verdict, proof, rounds):
            yield verdict, shown


def judged(seed: int, most: int, *, wide: bool = True) -> tuple[list[str], list[str]]:
    """Give what was judged wrongly of a random library, and what was left undecided. Raises TooManyError."""
    deep, alarmed = wide and DEEP <= seed < ALARMED, wide and ALARMED <= seed < TOLD
    written = texts(random.Random(seed), wide=wide, deep=deep, alarmed=alarmed, told=seed >= TOLD)
    library = load_texts(written)
    found = list(compared(library, rounds=rounds_of(written), most=most))
    wrong = [f"{named(v.claim)}: {v.done}, walks {was}" for v, was in found if v.done not in {None, was}]
    # Where a run can change the list that it is one of, `check` finds that first and proves nothing.
    undecided = [] if any(lists.check(library)) else [v for v, was in found if v.done is None]
    return wrong, [named(verdict.claim) for verdict in undecided]


def _beyond(verdict: Verdict, proof: Proof, rounds: int) -> bool:
    """Say whether what shows a verdict has more rounds, opens more by hand in one, or says more, than was walked."""
    case = verdict.case
    if case is None:
        return False
    opened = max(len(round_.opened) for round_ in case.rounds)
    raws = [raw for round_ in case.rounds for raw in round_.answers.values() if isinstance(raw, list)]
    said = max((sum(isinstance(option, dict) for option in raw) for raw in raws), default=0)
    return opened > MOST_OPENED or said > MOST_OWN or case.walk(proof.prover.program).round >= rounds


def replays(verdict: Verdict, proof: Proof) -> bool:
    """Say whether the answers of a verdict, as a file has them, show it in the real walk."""
    case, program = verdict.case, proof.prover.program
    if case is None:
        return True
    read = Case(case.root, rounds_from(case.as_answers(), program))
    return verdict.claim.seen(Replayed(program, read))


def _from_facts(verdict: Verdict, proof: Proof) -> bool:
    """Say whether a verdict rests on facts that no question asks for."""
    claim = verdict.claim
    if not isinstance(claim, OfBank):
        return False
    reads = [fact.key for condition in claim.conditions for fact in condition.facts]
    return verdict.facts is not None or any(not _asked(key, proof) for key in reads)


def _asked(key: str, proof: Proof) -> bool:
    prover = proof.prover
    return any(prover.routes(root)[0].charts.writers(key) for root in prover.roots)


def _shown(claim: Any, seen: Seen, proof: Proof) -> bool | None:
    """Say whether walks have shown a claim; None where they cannot."""
    if isinstance(claim, OfBank):
        return _shown_of_bank(claim, seen)
    match claim:
        case Reached(key=key):
            return ("passed", key) in seen or ("come", key) in seen
        case Taken(key=key, place=place):
            return ("taken", key, place) in seen
        case Stuck(key=key):
            return ("stuck", key) in seen
        case Starved(key=key):
            enough = least(proof.prover.program.steps[key])
            return any(("few", key, n) in seen for n in range(enough))
        case OnOffer(key=key, option=option):
            return ("on offer", key, option) in seen
        case AskedTwice(role=role, first=first, second=second):
            return ("twice", role, first, second) in seen
        case AnsweredBefore(key=key, fact=fact):
            return ("before", key, fact.key) in seen
        case OfferedAfter(keys=keys, option=option, fact=fact):
            return any(("offered after", key, option, fact.key) in seen for key in keys)
        case ReachedWhile(obligation=obligation, visit=visit):
            return ("reached while", obligation.id, visit) in seen
    return None


def _shown_of_bank(claim: OfBank, seen: Seen) -> bool | None:
    match claim:
        case NotLed(obligation=obligation):
            return ("not led", obligation.id) in seen
        case Raised(alert=alert):
            return ("raised", alert.id) in seen
        case Cleared(alert=alert):
            return ("cleared", alert.id) in seen
        case Met(obligation=obligation):
            return ("met", obligation.id) in seen
        case RuledOut(entry=entry, place=place) if entry.kind == "modalities":
            return ("ruled out", entry.id, place) in seen
        case Offered(entry=entry) if entry.kind == "modalities":
            return ("offered", entry.id) in seen
        case OfferedWhile(obligation=obligation, entry=entry) if entry.kind == "modalities":
            return ("offered while", obligation.id, entry.id) in seen
    return None


def named(claim: Any) -> str:
    """Name a claim in few words."""
    parts = [getattr(claim, name) for name in claim.__slots__ if name not in {"wanted", "edge", "rule"}]
    return " ".join([type(claim).__name__, *(str(getattr(p, "key", getattr(p, "id", p))) for p in parts)])
