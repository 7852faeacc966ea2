"""What people are told of a thing, in a list and on hovering: nodes, facts, entries, sources, codes of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.diagnostics.codes import CODES
from goldenthread.model import Diagnosis, Factor, Goal, Instrument, Reference, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goldenthread.language import Fact, Type
    from goldenthread.model import Entry, Flowchart, Library, Node, Option

_KINDS = {
    "yes_no": "yes or no",
    "choice": "one of several options",
    "choices": "several options",
    "text": "own words",
    "goals": "goals",
}
_ONE = {
    "roles": "role",
    "diagnoses": "diagnosis",
    "factors": "factor",
    "interventions": "intervention",
    "modalities": "modality",
    "instruments": "instrument",
    "goals": "goal",
    "alerts": "alert",
    "obligations": "obligation",
    "requirements": "requirement",
    "references": "source",
    "flowchart": "flowchart",
    "node": "node",
    "option": "option",
    "derived": "derived fact",
    "blank": "blank",
    "scale": "scale",
    "band": "band",
    "vignette": "vignette",
}
FUNCTIONS = {
    "known": "there is a value",
    "answered": "it was asked: a value, not known or declined",
    "count": "how many were chosen",
    "groups": "the groups of the diagnoses chosen",
    "any": "at least one of several options",
    "all": "every one of several options",
    "any_of": "true for at least one item of an `each`",
    "all_of": "true for every item of an `each`",
}
"""What the functions of conditions say."""
_MOST = 14
_CONFIRMED = {"not_seen": "not checked against the work itself yet"}


def one(kind: str) -> str:
    """Give what one thing of a kind is called."""
    return _ONE.get(kind, kind)


def a(kind: str) -> str:
    """Give the same with its article: `a node`, `an option`."""
    word = one(kind)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def type_words(type_: Type) -> str:
    """Say in a few words what may be answered."""
    if type_.kind == "number":
        between = f" from {type_.low:g} to {type_.high:g}" if None not in (type_.low, type_.high) else ""
        return f"number{between}{f' ({type_.unit})' if type_.unit else ''}"
    words = _KINDS.get(type_.kind, type_.kind)
    return f"{words}, in order" if type_.ordered else words


def fact(found: Fact, library: Library) -> str:
    """Say what a fact is: its words, its type and options, and which questions ask for it."""
    lines = [f"**{found.key}** · {type_words(found.type)}", "", _sentence(found.label)]
    if found.yes:
        lines += ["", f"yes: {found.yes}  \nno: {found.no}"]
    lines += _options(found.type.options)
    if found.safety:
        lines += ["", "Bears on safety: a branch that reads it names `unknown:`."]
    lines += _asked(library.askers.get(found.key, ()))
    return "\n".join(lines)


def _asked(nodes: Iterable[Node]) -> list[str]:
    found = [f"- {node.number} {node.text} (`{node.key}`)".replace("-  ", "- ") for node in nodes]
    return ["", "Asked in:", *found[:_MOST]] if found else []


def node(found: Node, library: Library) -> str:
    """Say what a node is: its number and words, what is answered, and where it leads."""
    number = f"{found.number} · " if found.number else ""
    lines = [f"**{number}{found.key}** · {found.verb}", "", found.text]
    if found.say:
        lines += ["", f"“{found.say}”"]
    answer = library.facts.get(found.key)
    if answer is not None and found.verb == "ask":
        role = f" as the role `{found.role}`" if found.role else ""
        lines += ["", f"Answer: {type_words(answer.type)}{role}", *_options(answer.type.options)]
    lines += ["", *(f"- {edge.say() or 'then'} → `{edge.go}`" for edge in found.edges)] if found.edges else []
    return "\n".join(lines)


def flowchart(found: Flowchart) -> str:
    """Say what a flowchart is for."""
    count = f"{len(found.nodes)} node" + ("" if len(found.nodes) == 1 else "s")
    return f"**{found.number} · {found.id}** · flowchart, {count}\n\n{found.title}\n\n{found.purpose}"


def entry(found: Entry) -> str:
    """Say what an entry of the bank is: its name and its words."""
    if isinstance(found, Reference):
        return reference(found)
    if isinstance(found, Instrument):
        return instrument(found)
    lines = [f"**{name_of(found)}** · {one(found.kind)} `{found.id}`"]
    if isinstance(found, Role):
        lines += [
            "",
            found.about,
            "",
            f"Answer: {found.answer}{f', from {found.options_from}' if found.options_from else ''}",
        ]
        return "\n".join(lines + _labels(found.options))
    if isinstance(found, Factor):
        lines[0] += f" ({found.p})"
        lines += ["", found.maintains] if found.maintains else []
    if isinstance(found, Diagnosis):
        lines += ["", " · ".join(f"{key} {_codes(value)}" for key, value in found.codes.items() if value)]
    if isinstance(found, Goal):
        lines += ["", found.text]
    words = getattr(found, "about", "") or getattr(found, "text", "")
    if words and not isinstance(found, Goal):
        lines += ["", words]
    return "\n".join(lines)


def _codes(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def reference(found: Reference) -> str:
    """Say which work a source is, and how far it was checked."""
    lines = [f"**{found.cite()}** · source `{found.id}`", "", found.full()]
    if found.confirmed in _CONFIRMED:
        lines += ["", _sentence(_CONFIRMED[found.confirmed])]
    if found.superseded_by:
        lines += ["", f"Superseded by `{found.superseded_by}`."]
    return "\n".join(lines)


def instrument(found: Instrument) -> str:
    """Say what an instrument is, with the bands of its scales."""
    lines = [f"**{found.name} ({found.short})** · instrument `{found.id}`", "", found.about]
    for scale in found.scales.values():
        low, high = scale.between
        name = "" if scale.id == "total" else f".{scale.id}"
        lines += ["", f"`{found.id}{name}.total` from {low:g} to {high:g}"]
        for n, band in enumerate(scale.bands):
            later = scale.bands[n + 1].start - scale.step if n + 1 < len(scale.bands) else high
            lines.append(f"- `{band.id}` {band.start:g} to {later:g}: {band.label}")
    return "\n".join(lines)


def option(id_: str, label: str, of: str) -> str:
    """Say what an option is."""
    return f"**{label}** · option `{id_}` of `{of}`"


def code(id_: str) -> str:
    """Say what the code of a finding means, with what `goldenthread explain` says more."""
    found = CODES.get(id_)
    if found is None:
        return ""
    more = f"`goldenthread explain {id_}` shows a sample, and the same sample mended."
    return f"**{id_}** {found.title}\n\n{found.means}\n\n{more}"


def name_of(found: Entry) -> str:
    """Give the name of an entry, as people know it."""
    if isinstance(found, Reference):
        return found.cite()
    return getattr(found, "name", "") or getattr(found, "label", "") or found.id.replace("_", " ")


def _labels(options: Mapping[str, Option]) -> list[str]:
    return _options({id_: found.label for id_, found in options.items()})


def _options(options: Mapping[str, str]) -> list[str]:
    if not options:
        return []
    lines = [f"- `{id_}` {label}" for id_, label in options.items()]
    more = [f"- … and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return ["", *lines[:_MOST], *more]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".?!" else ".")
