"""A thing gets another id, wherever it is named; what old cases call it by is kept beside it as `was`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from goldenthread.author import NotTheSameError, form
from goldenthread.author.lsp import formats, words
from goldenthread.author.lsp.atlas import Atlas, Sheet, Spot, Symbol, sheet
from goldenthread.author.lsp.positions import Stretch
from goldenthread.author.scalars import one_line
from goldenthread.author.script import Scalar
from goldenthread.language import RESERVED
from goldenthread.model import KINDS
from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_LONGEST = 80
_RENAMED = {"node", "flowchart", "option", "derived", "blank", *KINDS}


class RefusedError(Exception):
    """Raised where a name cannot be given; says why."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for a stretch of an old one."""

    at: Stretch
    text: str


def may_rename(symbol: Symbol, atlas: Atlas, own: Callable[[str], bool]) -> list[Spot]:
    """Give every place that names a thing. Raises RefusedError where it cannot get another name.

    `own` says whether a file is the author's, and not of a library that lies below.
    """
    if symbol.kind not in _RENAMED:
        raise RefusedError(f"{words.a(symbol.kind)} gets no other name from here")
    if symbol not in atlas.defined:
        raise RefusedError(f"there is no {words.one(symbol.kind)} `{symbol.id}` that could get another name")
    spots = atlas.mentioned(symbol)
    for spot in spots:
        if not own(spot.file):
            raise RefusedError(f"`{symbol.id}` stands in {spot.file}, which is not part of your library")
    return spots


def rename(symbol: Symbol, new: str, atlas: Atlas, own: Callable[[str], bool]) -> dict[str, str]:
    """Give the new texts of all files that name a thing. Raises RefusedError where another thing would be meant."""
    _is_free(symbol, new, atlas)
    edits: dict[str, list[Edit]] = {}
    for spot in may_rename(symbol, atlas, own):
        edits.setdefault(spot.file, []).append(Edit(spot.at, new))
    for spot in atlas.defined[symbol]:
        one = atlas.sheets[spot.file]
        before = _was(one, spot.at, symbol.id, new)
        if before is not None:
            edits[spot.file].append(before)
    texts = {
        name: _in_form(atlas.sheets[name].text, apply(atlas.sheets[name].text, held), name)
        for name, held in edits.items()
    }
    _hold(symbol, new, atlas, texts)
    return texts


def _is_free(symbol: Symbol, new: str, atlas: Atlas) -> None:
    if not _ID.match(new) or len(new) > _LONGEST:
        raise RefusedError(f"`{new}` is no id: small letters, digits and _, beginning with a letter")
    if new in RESERVED:
        raise RefusedError(f"`{new}` is a word of the language of conditions")
    rivals = [symbol._replace(id=new)]
    if symbol.kind in {"node", "derived"}:
        rivals = [Symbol(kind, symbol.owner, new) for kind in ("node", "derived")]
    elif symbol.kind in {"flowchart", *KINDS}:
        rivals = [Symbol(kind, "", new) for kind in ("flowchart", *KINDS)]
    for rival in rivals:
        if rival in atlas.defined:
            where = atlas.defined[rival][0].file
            raise RefusedError(f"there is {words.a(rival.kind)} `{new}` already, in {where}")


def apply(text: str, edits: list[Edit]) -> str:
    """Give a text with stretches of it replaced."""
    for edit in sorted(edits, key=lambda edit: edit.at, reverse=True):
        text = text[: edit.at.start] + edit.text + text[edit.at.end :]
    return text


def _in_form(old: str, new: str, name: str) -> str:
    """Bring a file into the house form again, if it was."""
    try:
        if form(old.encode(), name).changed:
            return new
        return form(new.encode(), name).after
    except NotTheSameError:
        return new


def _was(one: Sheet, at: Stretch, old: str, new: str) -> Edit | None:
    """Write `was: [old]` beside a definition, if one of its kind has such a key."""
    found = _defined(one, at)
    if found is None:
        return None
    holder, key, path = found
    thing = holder if path == () else holder[key]
    if "was" not in formats.keys_at(one.kind, path):
        return None
    tree, text = one.tree, one.text
    if isinstance(thing, str):
        marks = tree.marks[id(holder)][key]
        label = one_line(Scalar(thing, ""), flow=True)
        return Edit(Stretch(marks[2].index, marks[3].index), f"{{label: {label}, was: [{old}]}}")
    if isinstance(thing.get("was"), list):
        return _longer(one, thing, [*(word for word in thing["was"] if word != new), old])
    first = tree.marks[id(thing)][next(iter(thing))]
    if path == ():
        end = text.find("\n", first[3].index)
        return Edit(Stretch(end, end), f"\nwas: [{old}]")
    begin = first[0].index
    in_brackets = text[tree.marks[id(holder)][key][2].index] == "{"
    between = ", " if in_brackets else "\n" + " " * first[0].column
    return Edit(Stretch(begin, begin), f"was: [{old}]{between}")


def _longer(one: Sheet, thing: dict[str, Any], ids: list[str]) -> Edit:
    start = one.tree.marks[id(thing)]["was"][2]
    held = thing["was"]
    if one.text[start.index] == "[":
        end = one.text.index("]", start.index) + 1
        return Edit(Stretch(start.index, end), f"[{', '.join(ids)}]")
    marks = one.tree.marks[id(held)]
    begin, end = marks[0][2].index, marks[len(held) - 1][3].index
    return Edit(Stretch(begin, end), ("\n" + " " * start.column + "- ").join(ids))


def _defined(one: Sheet, at: Stretch) -> tuple[Any, str, tuple[str | int, ...]] | None:
    """Give the map that holds what is defined at a place, its key, and the way to it; of a flowchart, its own map."""

    def look(held: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, str, tuple[str | int, ...]]]:
        for key in held:
            start, end = one.tree.marks[id(held)][key][:2]
            if start.index <= at.start and at.end <= end.index:
                yield held, key, (*path, key)
            elif isinstance(held[key], dict):
                yield from look(held[key], (*path, key))

    data = one.tree.data
    first = one.tree.marks[id(data)][next(iter(data))]
    if first[2].index <= at.start < first[3].index:
        return data, "", ()
    return next(look(data, ()), None)


def _hold(symbol: Symbol, new: str, atlas: Atlas, texts: Mapping[str, str]) -> None:
    """See that each name means what it meant before."""
    sheets = dict(atlas.sheets)
    for name, text in texts.items():
        tree, found, _ = parse(text, name)
        if tree is None or found:
            raise RefusedError(f"{name} could not be written with the new name")
        sheets[name] = sheet(name, tree, text)
    after = Atlas(sheets)
    for name, one in atlas.sheets.items():
        before = [[_renamed(meant, symbol, new) for meant, _ in atlas.means(m)] for m in one.mentions]
        now = [[meant for meant, _ in after.means(m)] for m in sheets[name].mentions if m.kind != "was"]
        kept = [meant for meant, m in zip(before, one.mentions, strict=True) if m.kind != "was"]
        if now == kept:
            continue
        wrong = next((b for a, b in zip(now, kept, strict=False) if a != b), [])
        what = f"`{wrong[0].id}`" if wrong else "a name"
        raise RefusedError(f"`{new}` means something else already: {what} in {name} would not be the same")


def _renamed(meant: Symbol, symbol: Symbol, new: str) -> Symbol:
    """Give what a thing is called afterwards: the thing itself, or what belongs to it."""
    if meant == symbol:
        return meant._replace(id=new)
    if symbol.kind == "flowchart" and meant.kind in {"node", "derived"} and meant.owner == symbol.id:
        return meant._replace(owner=new)
    owner = symbol.id if symbol.kind != "node" else f"{symbol.owner}.{symbol.id}"
    changed = new if symbol.kind != "node" else f"{symbol.owner}.{new}"
    if meant.kind in {"option", "blank", "scale", "band"}:
        if symbol.kind == "flowchart" and meant.owner.startswith(f"{symbol.id}."):
            return meant._replace(owner=f"{new}.{meant.owner.partition('.')[2]}")
        if meant.owner == owner or meant.owner.startswith(f"{owner}."):
            return meant._replace(owner=changed + meant.owner[len(owner) :])
    return meant


def edits_between(old: str, new: str) -> list[Edit]:
    """Give what has to change, so that an editor keeps its place in all else."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        _least(old, Stretch(starts[a], starts[b]), "".join(after[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    ]


def _least(old: str, at: Stretch, new: str) -> Edit:
    """Leave out what is the same at both ends, down to whole words."""
    held = old[at.start : at.end]
    most = min(len(held), len(new))
    head = next((n for n in range(most) if held[n] != new[n]), most)
    while head and _is_word(held[head - 1]):
        head -= 1
    most -= head
    tail = next((n for n in range(most) if held[-1 - n] != new[-1 - n]), most)
    while tail and _is_word(held[-tail]):
        tail -= 1
    return Edit(Stretch(at.start + head, at.end - tail), new[head : len(new) - tail])


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
