"""What of a plan enters the record as plain data: the parts that were chosen and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.export.json import as_json
from goldenthread.export.record import Names, id_in_words, newest_declines, shown, what_was_chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.case import Decision
    from goldenthread.export.record import Rewording
    from goldenthread.plan import Plan

KEYS: Mapping[str, tuple[str, ...]] = {
    "problem": ("problem",),
    "client_words": ("client_words",),
    "background": ("background",),
    "deferred": ("concerns",),
    "safety": ("safety",),
    "diagnosis": ("diagnoses",),
    "formulation": ("formulation", "before"),
    "goals": ("goals", "before"),
    "treatment": ("treatments", "before"),
    "measures": ("measures", "progress", "sessions"),
    "held": ("held", "left_out"),
    "review": ("review", "next_step", "participation", "copy_safe"),
    "threads": ("threads", "loose_ends", "kept"),
    "open": ("open",),
    "requirements": ("requirements",),
    "sources": (),
}
"""What of the data stands in each part of the plan. What stands in several is there where all of them are."""
_PRIVATE = {"own_hypothesis": "diagnosis", "own_view": "formulation"}


def record_data(  # noqa: PLR0913 -- each is one choice of the clinician, as in `record`
    plan: Plan,
    *,
    fields: Iterable[str],
    wording: Mapping[str, Rewording] | None = None,
    decisions: Sequence[Decision] = (),
    names: Names = id_in_words,
    private: bool = False,
    declines: bool = False,
    considered: bool = False,
) -> dict[str, Any]:
    """Give as data what `record` gives as a document. A part that was reworded is its words alone.

    Raises KeyError for a field that there is not.
    """
    wanted = what_was_chosen(fields)
    made = shown(plan, wanted, decisions, declines=declines, considered=considered)
    data = as_json(made, private=private)
    words = {name: one.text for name, one in (wording or {}).items() if name in wanted and one.text.strip()}
    out = {key for name, keys in KEYS.items() if name not in wanted or name in words for key in keys}
    data = {key: value for key, value in data.items() if key not in out}
    if private:
        data["private"] = {
            key: said if _PRIVATE[key] in wanted and _PRIVATE[key] not in words else ""
            for key, said in data["private"].items()
        }
    data["parts"] = [name for name in KEYS if name in wanted]
    if words:
        data["wording"] = words
    if declines:
        data["declined"] = [
            {
                "kind": one.kind,
                "id": one.id,
                "name": names(one.kind, one.id),
                "on": one.on,
                "reason": one.reason,
            }
            for one in newest_declines(decisions)
        ]
    return data
