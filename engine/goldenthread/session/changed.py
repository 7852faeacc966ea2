"""Which suggestions are new, and which are no longer made, since a case was last kept: after new content, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.model import ADVISED

if TYPE_CHECKING:
    from goldenthread.model import Library
    from goldenthread.session.guide import GuidedWalk
    from goldenthread.session.standing import Standing

_KINDS = {
    "diagnoses": "diagnosis",
    "factors": "factor",
    "goals": "goal",
    "interventions": "intervention",
    "modalities": "treatment",
}


def changes(before: Standing, walk: GuidedWalk) -> tuple[str, ...]:
    """Say which suggestions are new and which are gone. An entry that is only called otherwise is no change."""
    whole = walk.whole
    library = whole.reading.library
    present = {old: entry.id for entry in library.entries() for old in entry.was}
    said = []
    for kind in ADVISED:
        advice = whole.advice(kind)
        now = {offer.id: offer.entry.name for offer in advice.offers}
        then = {present.get(id_, id_) for id_ in before.offers.get(kind, ())}
        said += [f"Suggested now: {name} ({_KINDS[kind]})." for id_, name in now.items() if id_ not in then]
        said += [
            f"No longer suggested: {_name(library, kind, id_)} ({_KINDS[kind]})."
            for id_ in sorted(then - now.keys())
        ]
    return tuple(said)


def _name(library: Library, kind: str, id_: str) -> str:
    entry = library.advised(kind).get(id_)
    return entry.name if entry else id_.replace("_", " ")
