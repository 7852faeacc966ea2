"""Chosen goals as an answer: from the bank or in own words, for which factors, with their blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean
from goldenthread.walk.answers import NOTHING, Misfit, bare, in_own_words, shortened

if TYPE_CHECKING:
    from goldenthread.language import Type
    from goldenthread.walk.answers import Asked, Fit, Known


@dataclass(frozen=True, slots=True)
class Chosen:
    """A goal as chosen: from the bank or in own words, for which factors, with its blanks and measure."""

    id: str
    own: str = ""
    for_: tuple[str, ...] = ()
    blanks: Mapping[str, Any] | None = None
    measure: str = ""
    by: tuple[str, ...] = ()
    domain: str = ""


def goals_fit(type_: Type, at_least: int, at_most: int) -> Fit:
    """Make the fit of chosen goals; the value is their ids, `own_1` … for those in own words."""

    def fit(raw: Any, known: Known, asked: Asked = NOTHING) -> tuple[str, ...]:  # noqa: ARG001 -- the shape of a fit
        ids = tuple(goal.id for goal in chosen_goals(raw, type_))
        if len(ids) < at_least:
            raise Misfit(f"at least {at_least} goal must be chosen")
        if at_most and len(ids) > at_most:
            raise Misfit(f"at most {at_most} goals can be followed at once")
        return ids

    return fit


def chosen_goals(raw: Any, type_: Type | None = None) -> tuple[Chosen, ...]:
    """Read chosen goals: `[{id, for, blanks}, {own, for, measure}]`. Raises Misfit."""
    raw = bare(raw)
    if isinstance(raw, str | Mapping):
        raw = [raw]
    if not isinstance(raw, list | tuple):
        raise Misfit("a list of goals is expected here", "write [{id: goal, for: [factor], blanks: {…}}]")
    made: list[Chosen] = []
    own = 0
    for item in raw:
        if isinstance(item, str):
            item = {"id": item}  # noqa: PLW2901 -- the short form of the same
        if not isinstance(item, Mapping) or not ("id" in item or in_own_words(item)):
            raise Misfit("a goal has an `id` from the bank, or `own` words")
        unknown = set(item) - {"id", "own", "for", "blanks", "measure", "by", "domain"}
        if unknown:
            raise Misfit(
                f"a goal has no `{shortened(min(map(str, unknown)))}`",
                "it has id or own, for, blanks, measure, by, domain",
            )
        if "id" in item and type_ is not None and str(item["id"]) not in type_.options:
            raise Misfit(
                f"there is no goal `{shortened(item['id'])}`", did_you_mean(str(item["id"]), type_.options)
            )
        blanks = item.get("blanks") or {}
        if not isinstance(blanks, Mapping):
            raise Misfit("the blanks of a goal are a map", "write blanks: {place: the gym, times: 3}")
        if "id" not in item:
            own += 1
        made.append(
            Chosen(
                id=str(item.get("id", f"own_{own}")),
                own=in_own_words(item),
                for_=_names(item.get("for"), "for"),
                blanks=blanks,
                measure=str(item.get("measure") or ""),
                by=_names(item.get("by"), "by"),
                domain=str(item.get("domain") or ""),
            )
        )
    if len({goal.id for goal in made}) != len(made):
        raise Misfit("a goal is named twice")
    return tuple(made)


def _names(raw: Any, key: str) -> tuple[str, ...]:
    if raw is None:
        return ()
    found = (raw,) if isinstance(raw, str) else raw
    if not isinstance(found, list | tuple) or not all(isinstance(name, str) for name in found):
        raise Misfit(f"`{key}` of a goal is a list of names", f"write {key}: [one, another]")
    return tuple(found)
