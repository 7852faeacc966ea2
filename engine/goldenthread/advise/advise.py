"""One mechanism for every bank: each entry is offered, held with what to ask first, or left out with the reason."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from goldenthread.advise.advice import Advice, Ask, Because, Facts, Held, LeftOut, Offer
from goldenthread.advise.gates import Gate, gates
from goldenthread.advise.rank import best, ordered
from goldenthread.advise.reasons import ask_first, because, why_not
from goldenthread.advise.weigh import weigh
from goldenthread.model import FACTOR_LISTS, Diagnosis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from goldenthread.model import Advisable, Library, Rule, Suggestion

NOT_KNOWN = "Not known whether this applies: "
_SEVERAL_NOT_KNOWN = "Not known whether these apply"


def advise(library: Library, facts: Facts, kind: str) -> Advice:
    """Advise on one bank: `diagnoses`, `factors`, `interventions`, `modalities`, `goals`, or one list of factors.

    Raises KeyError for another kind. Missing is not safe: an entry is offered only where a reason for it is true and
    every reason against it is known to be false.
    """
    bank = "factors" if kind in FACTOR_LISTS else kind
    shut = gates(library, facts, bank)
    offers: list[Offer] = []
    held: list[Held] = []
    left_out: list[LeftOut] = []
    rules: dict[str, list[Suggestion]] = {}
    for entry in library.advised(kind).values():
        found = _weigh(entry, library, facts, shut)
        if isinstance(found, Held):
            held.append(found)
        elif isinstance(found, LeftOut):
            left_out.append(found)
        else:
            rules[entry.id] = found
            offers.append(_offer(entry, found, library, facts))
    return Advice(kind, ordered(library, bank, offers, facts, rules), tuple(held), tuple(left_out))


def waiting(library: Library, facts: Facts, kind: str, asked_for: Callable[[str], bool]) -> Iterator[Held]:
    """Give what is held in a bank until a fact is asked. What does not read such a fact is not weighed."""
    shut = gates(library, facts, kind)
    by_gate = any(asked_for(ask.fact) for gate in shut for ask in gate.ask_first)
    for entry in library.advised(kind).values():
        rules: tuple[Suggestion | Rule, ...] = (*entry.suggest, *entry.rule_out)
        if by_gate or any(asked_for(key) for rule in rules for key in rule.when.reads):
            found = _weigh(entry, library, facts, shut)
            if isinstance(found, Held) and any(asked_for(ask.fact) for ask in found.ask_first):
                yield found


def _weigh(
    entry: Advisable, library: Library, facts: Facts, shut: tuple[Gate, ...]
) -> Held | LeftOut | list[Suggestion]:
    found = weigh(entry, facts)
    state = found.state(shut=bool(shut))
    if state == "offered":
        return list(found.suggesting)
    if state == "held" and found.suggesting:
        return _held(entry, list(found.open_against), library, facts, shut)
    if state == "held":
        asks = ask_first([rule.when for rule in found.undecided], facts, library)
        return Held(entry, asks, "Not enough has been asked to suggest it.", suggested=False)
    if found.suggesting or found.undecided:
        return LeftOut(entry, partial(_against, found.against, facts), ruled_out=True)
    return LeftOut(entry, partial(_nothing_for, entry, facts), ruled_out=False)


def _against(rules: Iterable[Rule], facts: Facts) -> tuple[Because, ...]:
    return tuple(because(rule, facts) for rule in rules)


def _nothing_for(entry: Advisable, facts: Facts) -> tuple[Because, ...]:
    since = why_not([rule.when for rule in entry.suggest], facts)
    return (Because("Nothing in the answers suggests it.", since),)


def _held(
    entry: Advisable, open_against: list[Rule], library: Library, facts: Facts, shut: tuple[Gate, ...]
) -> Held:
    asks: dict[str, Ask] = {ask.fact: ask for gate in shut for ask in gate.ask_first}
    asks |= {ask.fact: ask for ask in ask_first([rule.when for rule in open_against], facts, library)}
    whys = [gate.why for gate in shut] + [rule.because for rule in open_against]
    return Held(entry, tuple(asks.values()), " ".join(dict.fromkeys(whys)), suggested=True)


def _cautions(entry: Advisable, facts: Facts) -> Iterator[Because]:
    """Give what to mind: what applies, and what is not known not to."""
    for rule in entry.caution:
        truth = rule.when.truth(facts.known, facts.asked)
        if truth is not False:
            found = because(rule, facts)
            yield found if truth else replace(found, text=f"{NOT_KNOWN}{found.text}")


def parted(cautions: Iterable[Because]) -> tuple[list[Because], str, list[Because]]:
    """Part what applies from what is not known not to, with one lead for all of the latter."""
    known: list[Because] = []
    open_: list[Because] = []
    for caution in cautions:
        if caution.text.startswith(NOT_KNOWN):
            open_.append(replace(caution, text=caution.text.removeprefix(NOT_KNOWN)))
        else:
            known.append(caution)
    return known, not_known_lead(len(open_)), open_


def not_known_lead(number: int) -> str:
    """Give the words that stand once before what may not apply."""
    return NOT_KNOWN.rstrip(": ") if number == 1 else _SEVERAL_NOT_KNOWN


def _offer(entry: Advisable, suggesting: list[Suggestion], library: Library, facts: Facts) -> Offer:
    rule = best(suggesting)
    cautions = tuple(_cautions(entry, facts))
    reasons = [because(r, facts) for r in suggesting]
    against: tuple[Because, ...] = ()
    not_asked: tuple[Ask, ...] = ()
    if isinstance(entry, Diagnosis):
        reasons += [
            because(r, facts) for r in entry.speaks_for if r.when.truth(facts.known, facts.asked) is True
        ]
        against = tuple(
            because(r, facts) for r in entry.speaks_against if r.when.truth(facts.known, facts.asked) is True
        )
        undecided = [
            r.when
            for r in (*entry.speaks_for, *entry.speaks_against, *entry.caution)
            if r.when.truth(facts.known, facts.asked) is None
        ]
        not_asked = ask_first(undecided, facts, library)
    return Offer(
        entry, 0, "", rule.strength, rule.certainty, tuple(reasons), cautions, rule.first, against, not_asked
    )
