"""K010: claims rest on a work that a later one has superseded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.check.rule import warning
from goldenthread.model.claims import claims, newest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library, Source


def check(library: Library) -> Iterator[Finding]:
    """Find superseded works that are cited without a reason: once each, at the first place that cites it.

    A work may be cited in hundreds of places, and what to do is the same in all of them.
    """
    cited: dict[str, set[Source]] = {}
    for claim in claims(library):
        if not claim.source.kept:
            cited.setdefault(claim.source.ref, set()).add(claim.source)
    for id_, sources in cited.items():
        later = newest(library, id_)
        if not later:
            continue
        number = "1 claim rests" if len(sources) == 1 else f"{len(sources)} claims rest"
        message = f"`{id_}` is superseded by `{later}`, and {number} on it"
        help_ = f"`goldenthread sources {id_}` lists what rests on it; cite `{later}`, or say under `kept:` why not"
        note = "" if len(sources) == 1 else "this is the first of them"
        first = min(source.span for source in sources)
        yield warning("K010", first, message, help_, note)
