"""Why, why not, why ask: answers to the three questions that a clinician may put at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.advise import Because, Held, LeftOut, Offer, advise, parted, waiting
from goldenthread.diagnostics import nearest
from goldenthread.model import ADVISED, Advisable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.model import Library, Source
    from goldenthread.plan import Reading


def why_ask(reading: Reading) -> list[str]:
    """Say why the question that waits is asked: its own reason, how the walk came here, and what waits for it."""
    walk, node = reading.walk, reading.walk.node
    if node is None:
        return ["No question waits: the walk has ended."]
    lines = [node.why] if node.why else []
    for trace in reversed(walk.trail):
        if (
            trace.edge is not None
            and trace.edge.when is not None
            and trace.step.node.flowchart == node.flowchart
        ):
            lines.append(f"It is asked here since {trace.edge.say()}.")
            break
    lines += _waiting(reading)
    lines += sources(reading.library, node.sources)
    if node.basis and not node.sources:
        lines.append("Basis: clinical consensus.")
    return lines or ["It is part of every walk through this flowchart."]


def _waiting(reading: Reading) -> list[str]:
    node = reading.walk.node
    if node is None:
        return []
    names = {node.key, node.role}
    stem = f"{node.measure}." if node.measure else "\0"
    found = [
        held.entry.name
        for kind in ADVISED
        for held in waiting(
            reading.library, reading.facts, kind, lambda key: key in names or key.startswith(stem)
        )
    ]
    if not found:
        return []
    shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    return [f"What is suggested later may wait for it: {shown}."]


def why(reading: Reading, id_or_words: str) -> list[str]:
    """Say how things stand with one entry: offered, held or left out, with every reason and source."""
    entry = entry_named(reading.library, id_or_words)
    if entry is None:
        names = [e.name for e in _advisable(reading.library)]
        close = nearest(id_or_words, [*names, *(e.id for e in _advisable(reading.library))])
        return [f"There is no entry “{id_or_words}”." + (f" Did you mean “{close}”?" if close else "")]
    found = advise(reading.library, reading.facts, entry.kind).find(entry.id)
    if isinstance(found, Offer):
        return _offered(reading.library, found)
    if isinstance(found, Held):
        asks = [f"  Ask first: {ask}" for ask in found.ask_first]
        return [f"{entry.name} is held. {found.why}", *asks]
    if isinstance(found, LeftOut):
        lines = [f"{entry.name} is left out."]
        for reason in found.because:
            lines += _reason(reading.library, reason, "  Because: ")
        return lines
    return [f"{entry.name} is not weighed here."]


def _offered(library: Library, offer: Offer) -> list[str]:
    lines = [
        f"{offer.entry.name} is offered: {offer.band}.",
        f"  Strength {offer.strength}, certainty {offer.certainty}.",
    ]
    for reason in offer.because:
        lines += _reason(library, reason, "  For: ")
    for reason in offer.against:
        lines += _reason(library, reason, "  Against: ")
    known, lead, open_ = parted(offer.cautions)
    for reason in known:
        lines += _reason(library, reason, "  Caution: ")
    if len(open_) == 1:
        lines += _reason(library, open_[0], f"  {lead}: ")
    elif open_:
        lines.append(f"  {lead}:")
        for reason in open_:
            lines += _reason(library, reason, "    ", "      ")
    lines += [f"  Not asked: {ask}" for ask in offer.not_asked]
    lines.append(f"  Review state: {offer.entry.review.status}.")
    return lines


def _reason(library: Library, reason: Because, lead: str, under: str = "    ") -> list[str]:
    lines = [f"{lead}{reason}"]
    lines += [f"{under}{line}" for line in sources(library, reason.sources)]
    if reason.basis and not reason.sources:
        lines.append(f"{under}Basis: clinical consensus.")
    return lines


def sources(library: Library, found: Iterable[Source]) -> list[str]:
    """Give sources in words: who, where in it, what it says."""
    lines = []
    for source in found:
        reference = library.references.get(source.ref)
        if reference is not None:
            grade = f" ({source.grade})" if source.grade else ""
            lines.append(f"Source: {reference.cite()}, {source.at}: {source.says}{grade}")
    return lines


def _advisable(library: Library) -> list[Advisable]:
    return [entry for kind in ADVISED for entry in library.advised(kind).values()]


def entry_named(library: Library, words: str) -> Advisable | None:
    """Find an entry by its id, its name, or the only name that holds the words."""
    wanted = words.strip().lower()
    if not wanted:
        return None
    entries = _advisable(library)
    for entry in entries:
        if wanted in {entry.id, entry.id.replace("_", " "), entry.name.lower()}:
            return entry
    holding = [
        entry for entry in entries if wanted in entry.name.lower() or wanted in entry.id.replace("_", " ")
    ]
    return holding[0] if len(holding) == 1 else None
