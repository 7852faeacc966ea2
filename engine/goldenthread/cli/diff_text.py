"""What `goldenthread diff` found, for a terminal, and as Markdown for a pull request or release notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goldenthread.author.answers import written
from goldenthread.cli.layout import count, heading, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = Mapping[str, Any]
TITLES = {
    "misfit": "Answers that a question takes",
    "asks": "Questions",
    "alerts": "Alerts",
    "ends": "Ends",
    "holds": "What is held as a whole",
    "offers": "Suggestions",
    "order": "Grade and place of suggestions",
    "cautions": "Cautions",
}
_CONTENT = {
    "new": "New",
    "lost": "Gone",
    "renamed": "Renamed",
    "decides": "Rules, ways and settings changed",
    "words": "Wording changed",
    "sources": "Sources changed",
}
_NAME = re.compile(r"\[([a-z][a-z0-9_.]*)\]")
_SIGN = re.compile(r"[\\*<>\[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_NAMED, _LONGEST = 6, 8
"""So many vignettes are named, so many changes of one finding are listed."""


def verdict(data: Data) -> str:
    """Say in one line what became of outcomes."""
    if data["changed"]:
        number = len(data["outcomes"])
        return f"{count(number, 'outcome changes', 'outcomes change')}."
    if not data["content"]:
        return "Nothing differs."
    if data["certain"] and not any(_decides(edit) for edit in data["content"]):
        return "No outcome changes: only what no outcome follows from was edited."
    if data["certain"]:
        return "No outcome changes, whatever is answered: it was proven of each edit."
    number = data["undecided"]
    edits = "of one edit" if number == 1 else f"of {number} edits"
    return f"No outcome changes in {_tried(data)}; {edits} it is not proven."


def _decides(edit: Data) -> bool:
    """Say whether an outcome can follow from an edit, by its sort."""
    return edit["sort"] in {"decides", "new", "lost"}


def _follows(edit: Data) -> str:
    """Say what follows from an edit, where no case shows an outcome."""
    if not _decides(edit) or edit["follows"] == "outcome":
        return ""
    if edit["follows"] == "nothing":
        return "No outcome follows from it, whatever is answered."
    return "No case was found that shows an outcome of it, and none was excluded."


def _tried(data: Data) -> str:
    return f"{count(data['vignettes'], 'vignette')} and {count(data['walks'], 'made-up walk')}"


def _later(data: Data) -> str:
    nodes = [
        f"{node['number']} “{node['words']}” [{node['node']}]".strip() for node in data["left_for_later"]
    ]
    lead = "New, and left for later in cases that were answered before" if nodes else ""
    return f"{lead}: {'; '.join(nodes)}" if nodes else ""


def _named(change: Data) -> str:
    if change["sort"] == "holds":
        return f"The bank of {change['kind']}"
    if change["sort"] == "ends":
        return "The walk"
    name = f"“{change['name']}” " if change["name"] else ""
    return f"{change['number']} {name}[{change['id']}]".strip()


def _shown_by(finding: Data) -> str:
    names = finding["vignettes"]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    lead = f"{count(len(names), 'vignette')} ({', '.join(names[:_NAMED])}{more})" if names else ""
    walks = count(finding["walks"], "made-up walk") if finding["walks"] else ""
    return " and ".join(filter(None, (lead, walks))) or "answers that were sought for it"


def _further(finding: Data) -> str:
    """Name what else follows, shortly: numbers of questions, ids of entries."""
    named = [
        f"{change['number'] or change['id'] or 'the walk'} {change['said']}" for change in finding["further"]
    ]
    more = len(named) - _LONGEST
    return "; ".join(named[:_LONGEST]) + (f"; and {more} more" if more > 0 else "")


def _place(part: Data) -> str:
    return str(part["place_after"] or part["place_before"])


def _sections(data: Data) -> Iterator[tuple[str, list[Data]]]:
    for sort, title in TITLES.items():
        found = [finding for finding in data["outcomes"] if finding["sort"] == sort]
        if found:
            yield title, found


def _edits(data: Data) -> Iterator[tuple[str, list[Data]]]:
    for sort, title in _CONTENT.items():
        found = [edit for edit in data["content"] if edit["sort"] == sort]
        if found:
            yield title, found


def _edited(edit: Data) -> str:
    part = f", {edit['part'].replace('_', ' ')}" if edit["part"] else ""
    return f"{edit['kind']} {edit['id']}{part}"


def _people(data: Data) -> list[tuple[str, str]]:
    return [(name.capitalize(), data[name]) for name in ("author", "reviewer", "reason") if data.get(name)]


def as_text(data: Data) -> str:
    """Give a difference for a terminal."""
    out = [heading(f"Compared with {data['before']}: {verdict(data)}")]
    out += [f"{name}: {said}" for name, said in _people(data)]
    if data["changed"]:
        out.append(f"Walked over both: {_tried(data)}.")
    if data["left_for_later"]:
        out += ["", wrap(_later(data))]
    for title, found in _sections(data):
        out += ["", heading(title)]
        for finding in found:
            out += _finding_text(finding)
    for title, edits in _edits(data):
        out += ["", heading(f"{title} ({len(edits)})")]
        for edit in edits:
            out += _edit_text(edit)
    return "\n".join(out)


def _finding_text(finding: Data) -> Iterator[str]:
    changes = finding["changes"]
    for change in changes[:_LONGEST]:
        yield wrap(f"{_named(change)}: {change['said']}", 4, "  - ")
    if len(changes) > _LONGEST:
        yield f"    … and {len(changes) - _LONGEST} more that change with them"
    for cause in _causes(changes):
        yield wrap(f"{cause['said']} ({_place(cause)})", 6, "    because ")
    if finding["further"]:
        yield wrap(f"in other cases also {_further(finding)}", 6, "    and ")
    yield wrap(f"{_shown_by(finding)}; the fewest answers that show it:", 4, "    in ")
    yield from (f"      {line}" for line in written(finding["answers"]).rstrip("\n").split("\n"))


def _causes(changes: list[Data]) -> list[Data]:
    """Give the causes of changes that come together, each once."""
    found: dict[tuple[str, str], Data] = {}
    for change in changes[:_LONGEST]:
        for cause in change["causes"]:
            found.setdefault((cause["said"], _place(cause)), cause)
    return list(found.values())


def _edit_text(edit: Data) -> Iterator[str]:
    yield wrap(f"{_edited(edit)} ({_place(edit)})", 4, "  - ")
    if edit["sort"] in {"new", "lost"}:
        said = edit["after"] or edit["before"]
        yield from ([wrap(said, 6)] if said else [])
    else:
        yield wrap(edit["before"] or "nothing", 14, "      before")
        yield wrap(edit["after"] or "nothing", 14, "      now")
    yield from ([wrap(_follows(edit), 6)] if _follows(edit) else [])


def as_markdown(data: Data) -> str:
    """Give a difference for a pull request or for release notes."""
    out = [f"## What changes since {_code(data['before'])}", "", f"**{verdict(data)}**"]
    if data["changed"]:
        out += ["", f"Walked over both: {_tried(data)}."]
    people = _people(data)
    out += ["", *(f"- {name}: {_plain(said)}" for name, said in people)] if people else []
    if data["left_for_later"]:
        out += ["", f"{_plain(_later(data))}."]
    for title, found in _sections(data):
        out += ["", f"### {title}"]
        for finding in found:
            out += _finding_markdown(finding)
    for title, edits in _edits(data):
        out += ["", f"### {title}", ""]
        for edit in edits:
            out += _edit_markdown(edit)
    return "\n".join(out)


def _finding_markdown(finding: Data) -> Iterator[str]:
    changes = finding["changes"]
    yield ""
    for change in changes[:_LONGEST]:
        yield f"- **{_plain(_named(change))}**: {_plain(change['said'])}"
    if len(changes) > _LONGEST:
        yield f"- … and {len(changes) - _LONGEST} more that change with them"
    for cause in _causes(changes):
        yield f"  - because {_plain(cause['said'])} ({_code(_place(cause))})"
    if finding["further"]:
        yield f"  - and in other cases also {_plain(_further(finding))}"
    yield f"  - in {_plain(_shown_by(finding))}"
    yield ""
    yield "  <details><summary>The fewest answers that show it</summary>"
    yield ""
    yield "  ```yaml"
    yield from (f"  {line}" for line in written(finding["answers"]).rstrip("\n").split("\n"))
    yield "  ```"
    yield ""
    yield "  </details>"


def _edit_markdown(edit: Data) -> Iterator[str]:
    yield f"- {_plain(_edited(edit))} ({_code(_place(edit))})"
    if edit["sort"] in {"new", "lost"}:
        said = edit["after"] or edit["before"]
        yield from ([f"  - {_plain(said)}"] if said else [])
    else:
        yield f"  - before: {_plain(edit['before'] or 'nothing')}"
        yield f"  - now: {_plain(edit['after'] or 'nothing')}"
    yield from ([f"  - {_follows(edit)}"] if _follows(edit) else [])


def _plain(text: str) -> str:
    """Give a text on one line that Markdown takes as it stands: names as code; what is between back quotes stays."""
    parts = " ".join(text.split()).split("`")
    for n in range(0, len(parts), 2):
        pieces = _NAME.split(parts[n])
        pieces[::2] = [_SIGN.sub(r"\\\g<0>", piece) for piece in pieces[::2]]
        parts[n] = "`".join(pieces)
    return "`".join(parts)


def _code(text: str) -> str:
    return f"`{text}`"
