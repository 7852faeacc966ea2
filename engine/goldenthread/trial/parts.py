"""Two lists of parts without ids, rules or edges, paired: which of before is which of after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from goldenthread.model import Edge, Rule, Suggestion

Part = TypeVar("Part")


def paired(
    before: Sequence[Part], after: Sequence[Part], likenesses: Sequence[Callable[[Part], Hashable]]
) -> list[tuple[Part | None, Part | None]]:
    """Pair parts by the first likeness that joins them, then what is left in order, if as much is left on both sides.

    Pairs come in the order of after, then what is lost.
    """
    partner: dict[int, Part] = {}
    left_before, left_after = list(before), list(after)
    for like in (*likenesses, None):
        if like is None and len(left_before) != len(left_after):
            break
        for new in tuple(left_after):
            old = next((o for o in left_before if like is None or like(o) == like(new)), None)
            if old is not None:
                partner[id(new)] = old
                left_before = [part for part in left_before if part is not old]
                left_after = [part for part in left_after if part is not new]
    return [*((partner.get(id(new)), new) for new in after), *((old, None) for old in left_before)]


def paired_rules(
    before: Sequence[Rule | Suggestion], after: Sequence[Rule | Suggestion]
) -> list[tuple[Any, Any]]:
    """Pair rules: those with the same condition and reason, the same condition, the same reason."""
    return paired(
        before,
        after,
        (lambda rule: (rule.when.text, rule.because), lambda rule: rule.when.text, lambda rule: rule.because),
    )


def paired_edges(before: Sequence[Edge], after: Sequence[Edge]) -> list[tuple[Any, Any]]:
    """Pair edges: those with the same condition and target, the same condition, the same target."""
    return paired(
        before,
        after,
        (
            lambda edge: (edge.kind, _text(edge), edge.go),
            lambda edge: (edge.kind, _text(edge)),
            lambda edge: (edge.kind, edge.go),
        ),
    )


def _text(edge: Edge) -> str:
    return edge.when.text if edge.when is not None else ""
