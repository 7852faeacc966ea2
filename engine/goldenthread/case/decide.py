"""Decisions on suggestions: what they rested on, and whether that still holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.case.model import Decision

if TYPE_CHECKING:
    from goldenthread.advise import Offer
    from goldenthread.case.model import Case, Verdict


def facts_behind(offer: Offer, known: Mapping[str, Any]) -> dict[str, Any]:
    """Give the facts that an offer, its cautions and what speaks against it rest on; None where not known."""
    reasons = (*offer.because, *offer.cautions, *offer.against)
    keys = sorted({key for reason in reasons for key in reason.facts})
    return {key: _kept(known.get(key)) for key in keys}


def decide(
    offer: Offer,
    verdict: Verdict,
    *,
    known: Mapping[str, Any],
    round_: int,
    kind: str,
    on: str,
    reason: str = "",
) -> Decision:
    """Make the decision on an offer, with the facts behind it as they are now."""
    facts = facts_behind(offer, known)
    return Decision(round=round_, kind=kind, id=offer.id, verdict=verdict, on=on, reason=reason, facts=facts)


def stands(decision: Decision, offer: Offer, known: Mapping[str, Any]) -> bool:
    """Say whether a decision still rests on the same facts. The order of what was chosen is no change."""
    now = facts_behind(offer, known)
    return now.keys() == decision.facts.keys() and all(
        _unordered(value) == _unordered(decision.facts[key]) for key, value in now.items()
    )


def declined(case: Case, kind: str, offer: Offer, known: Mapping[str, Any]) -> Decision | None:
    """Give the decline that keeps an offer from being put forward again, or None where nothing does."""
    decision = case.decided(kind, offer.id)
    if decision is None or decision.verdict != "declined" or not stands(decision, offer, known):
        return None
    return decision


def _kept(value: Any) -> Any:
    """Give a fact as a file can hold it: a length of time in words, a number without last digits of noise."""
    if isinstance(value, Mapping):
        return {str(key): _kept(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_kept(inner) for inner in value]
    if isinstance(value, float):
        rounded = round(value, 6)
        return int(rounded) if rounded.is_integer() else rounded
    return value if isinstance(value, str | int | bool | None) else str(value)


def _unordered(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value
