"""The order of offers: by bands that can be read, never by weights. Equal is shown as equal, in authored order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goldenthread.language import join
from goldenthread.model import Diagnosis, Factor, Goal, Intervention, Modality

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from goldenthread.advise.advice import Facts, Offer
    from goldenthread.model import Library, Suggestion

EVIDENCE = {"A": "strong evidence", "B": "fair evidence", "C": "limited evidence or consensus"}
_GOOD = ("high", "moderate")


def evidence(strength: str, certainty: str) -> str:
    """Give the evidence band: A strong and well supported, B one of the two, C the rest."""
    if strength == "strong" and certainty in _GOOD:
        return "A"
    if strength == "strong" and certainty == "low":
        return "B"
    return "B" if certainty in _GOOD else "C"


def best(rules: Iterable[Suggestion]) -> Suggestion:
    """Give the rule that speaks most strongly."""
    return min(
        rules,
        key=lambda rule: (not rule.first, evidence(rule.strength, rule.certainty), rule.strength != "strong"),
    )


OF_THE_PROBLEM = ("working_diagnosis", "concern", "targeted_concern")
"""The roles of which the first option is the main problem."""


def for_main_problem(rules: Iterable[Suggestion], facts: Facts) -> bool:
    """Say whether a reason still stands when only the main diagnosis and the main concern are looked at."""
    known = dict(facts.known)
    for role in OF_THE_PROBLEM:
        if known.get(role):
            known[role] = known[role][:1]
    if known.get("targeted_concern"):
        known["concern"] = known["targeted_concern"]
    return any(rule.when.truth(known, facts.asked) is True for rule in rules)


def ordered(
    library: Library, kind: str, offers: Sequence[Offer], facts: Facts, rules: dict[str, list[Suggestion]]
) -> tuple[Offer, ...]:
    """Give the offers of a bank in order, each with its rank and the words of its band."""
    if kind == "goals":
        return _goals_in_turn(library, offers, facts, rules)
    bands = {
        "modalities": _modality_band,
        "interventions": _intervention_band,
        "diagnoses": _diagnosis_band,
        "factors": _factor_band,
    }[kind]
    return _by_band(offers, lambda offer: bands(offer, facts, rules[offer.id]))


Band = tuple[tuple[Any, ...], str]


def _by_band(offers: Sequence[Offer], band_of: Callable[[Offer], Band]) -> tuple[Offer, ...]:
    banded = [(band_of(offer), offer) for offer in offers]
    banded.sort(key=lambda pair: (pair[0][0], pair[1].entry.order))
    made: list[Offer] = []
    rank, last = 0, None
    for n, ((key, words), offer) in enumerate(banded, 1):
        if key != last:
            rank, last = n, key
        made.append(replace(offer, rank=rank, band=words))
    return tuple(made)


def _modality_band(offer: Offer, facts: Facts, rules: list[Suggestion]) -> Band:
    entry = offer.entry
    assert isinstance(entry, Modality)  # noqa: S101 -- the kind says so
    main = for_main_problem(rules, facts)
    letter = evidence(offer.strength, offer.certainty)
    trained = entry.id in facts.known.get("training", ())
    wanted = entry.id in facts.known.get("preference", ())
    factors = facts.known.get("perpetuating", ())
    addresses = bool(factors) and factors[0] in entry.targets
    words = ["comes first"] if offer.first else []
    words.append("for the main problem" if main else "for a further problem")
    words.append(EVIDENCE[letter])
    if "training" in facts.known:
        words.append("within training" if trained else "outside training: refer or learn under supervision")
    if wanted:
        words.append("the client prefers it")
    if addresses:
        words.append("addresses the main factor")
    return (not offer.first, not main, letter, not trained, not wanted, not addresses), ", ".join(words)


def _intervention_band(offer: Offer, facts: Facts, rules: list[Suggestion]) -> Band:
    entry = offer.entry
    assert isinstance(entry, Intervention)  # noqa: S101 -- the kind says so
    factors = facts.known.get("perpetuating", ())
    place = min((factors.index(t) for t in entry.targets if t in factors), default=len(factors))
    letter = evidence(offer.strength, offer.certainty)
    main = for_main_problem(rules, facts)
    words = ["comes first"] if offer.first else []
    words.append("targets a factor that keeps it going" if place < len(factors) else "supports the work")
    words.append(EVIDENCE[letter])
    return (not offer.first, place, not main, letter), ", ".join(words)


def _diagnosis_band(offer: Offer, facts: Facts, rules: list[Suggestion]) -> Band:
    entry = offer.entry
    assert isinstance(entry, Diagnosis)  # noqa: S101 -- the kind says so
    supported = offer.strength == "strong" and not offer.against
    main = for_main_problem(rules, facts)
    words = "supported" if supported else "possible"
    return (not supported, not main, len(offer.against)), words


def _factor_band(offer: Offer, facts: Facts, rules: list[Suggestion]) -> Band:
    assert isinstance(offer.entry, Factor)  # noqa: S101 -- the kind says so
    strong = sum(rule.strength == "strong" for rule in rules)
    main = for_main_problem(rules, facts)
    usual = offer.strength == "strong"
    words = f"{len(rules)} reasons" if len(rules) > 1 else "1 reason"
    return (
        not (usual and main),
        not usual,
        not main,
        -strong,
        -len(rules),
    ), f"{'usual here' if usual else 'possible'}, {words}"


def _goals_in_turn(
    library: Library, offers: Sequence[Offer], facts: Facts, rules: dict[str, list[Suggestion]]
) -> tuple[Offer, ...]:
    """Give goals in turn: the first for each factor that keeps the problem going, then the second, and so on."""
    factors = tuple(facts.known.get("perpetuating", ()))
    left = sorted(offers, key=lambda o: (not o.first, *_goal_key(o, facts, rules)))
    made: list[Offer] = []
    uncovered = list(factors)
    turn, rank = 1, 0
    while left:
        pick = next((offer for factor in uncovered for offer in left if factor in _targets(offer)), None)
        if left[0].first:
            pick = left[0]
        if pick is None:
            if (
                uncovered
                and len(uncovered) < len(factors)
                and any(set(factors) & set(_targets(o)) for o in left)
            ):
                uncovered, turn = list(factors), turn + 1
                continue
            break
        covers = [factor for factor in factors if factor in _targets(pick)]
        rank += 1
        words = (
            "comes first"
            if pick.first
            else ("covers " if turn == 1 else "a further goal for ") + _names(library, covers, facts)
        )
        made.append(
            replace(pick, rank=rank, band=words if covers or pick.first else "for the problem itself")
        )
        left.remove(pick)
        uncovered = [factor for factor in uncovered if factor not in covers]
        if not uncovered:
            uncovered, turn = list(factors), turn + 1
            if not any(o.first or set(factors) & set(_targets(o)) for o in left):
                break
    rest = _by_band(left, lambda offer: (_goal_key(offer, facts, rules)[:2], "for the problem itself"))
    return (*made, *(replace(offer, rank=offer.rank + rank) for offer in rest))


def _targets(offer: Offer) -> tuple[str, ...]:
    assert isinstance(offer.entry, Goal)  # noqa: S101 -- the kind says so
    return offer.entry.targets


def _goal_key(offer: Offer, facts: Facts, rules: dict[str, list[Suggestion]]) -> tuple[Any, ...]:
    assert isinstance(offer.entry, Goal)  # noqa: S101 -- the kind says so
    diagnoses = facts.known.get("working_diagnosis", ())
    place = min((n for n, d in enumerate(diagnoses) if d in offer.entry.diagnoses), default=len(diagnoses))
    main = for_main_problem(rules[offer.id], facts)
    return (place, not main, evidence(offer.strength, offer.certainty), offer.entry.order)


def _names(library: Library, factors: Sequence[str], facts: Facts) -> str:
    names = [
        library.factors[f].name if f in library.factors else facts.own.get(f"perpetuating {f}", f)
        for f in factors
    ]
    return join(names)
