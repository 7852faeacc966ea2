"""Reasons in words: which of the client's answers made a rule true, false or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.advise.advice import Ask, Because
from goldenthread.language import together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.advise.advice import Facts
    from goldenthread.language import Condition, Fact
    from goldenthread.model import Library, Rule, Suggestion


def because(rule: Rule | Suggestion, facts: Facts) -> Because:
    """Give a rule's reason with the answers that decided it."""
    atoms = rule.when.explain(facts.known, facts.asked)
    since = together(atom.said for atom in atoms if atom.truth is not None)
    keys = tuple(dict.fromkeys(fact.key for atom in atoms for fact in atom.facts))
    return Because(rule.because, since, rule.sources, rule.basis, keys)


def why_not(conditions: Iterable[Condition], facts: Facts) -> tuple[str, ...]:
    """Give the answers that made every one of these conditions false."""
    return together(
        atom.said for condition in conditions for atom in condition.explain(facts.known, facts.asked)
    )


def ask_first(conditions: Iterable[Condition], facts: Facts, library: Library) -> tuple[Ask, ...]:
    """Give what has to be asked before these conditions can be decided."""
    asks: dict[str, Ask] = {}
    for condition in conditions:
        for atom in condition.explain(facts.known, facts.asked):
            for fact in atom.facts:
                if fact.key not in facts.known:
                    asks[fact.key] = ask(fact, library)
    return tuple(asks.values())


def to_ask(condition: Condition, facts: Facts, library: Library) -> tuple[Ask, ...]:
    """Give what has to be asked for a condition to come true."""
    return tuple(ask(fact, library) for fact in condition.missing(facts.known, facts.asked))


def ask(fact: Fact, library: Library) -> Ask:
    """Give a question to be asked, with the numbers where it stands."""
    nodes = library.askers.get(fact.key) or library.askers.get(fact.key.partition(".")[0], ())
    return Ask(fact.key, fact.label, tuple(node.number for node in nodes if node.number))
