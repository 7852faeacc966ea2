"""Files to a Library and a Report."""

from __future__ import annotations

import gc
import hashlib
import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Report, Span
from goldenthread.loading import build
from goldenthread.loading.facts import all_facts
from goldenthread.loading.files import library_files, shipped, shown
from goldenthread.loading.link import link
from goldenthread.loading.overlay import Layers
from goldenthread.loading.schema import check_form, fits, kind_of
from goldenthread.model import KINDS, Entry, Flowchart, Library
from goldenthread.source import Places, read
from goldenthread.source.text import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.model import Node
    from goldenthread.source import Tree


_OF_A_CLIENT = {"case", "answers"}
_FIRST_KEY = re.compile(r"^([a-z]+):[ \t]*([a-z][a-z0-9_]*)?", re.MULTILINE)
_SECOND_KEYS = re.compile(r"^(?:  |\t)([a-z][a-z0-9_]*):", re.MULTILINE)


def load(paths: Sequence[str | Path] = (), *, only: bool = False) -> tuple[Library, Report]:
    """Load the shipped library and those at `paths` over it; with `only`, those at `paths` alone.

    Gives the library, built from all that has the right form, and a report of all that has not.
    A library whose report holds errors is fit for checking and drawing, not for planning.
    """
    folders = [*([] if only else [shipped()]), *(Path(path) for path in paths)]
    with _no_collection():
        return _load(folders, protected=not only)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector still: nearly all that is made while loading stays, and it would look in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # There and back: what was made counts as old, and is not all looked through at the next chance.
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()


def _load(folders: Sequence[Path], *, protected: bool) -> tuple[Library, Report]:
    report = Report()
    places = Places(report.texts)
    layers = Layers(report, places)
    checksum = hashlib.sha256()
    for layer, folder in enumerate(folders):
        for path in _files(folder, report):
            name = shown(path)
            tree, found, text = read(path, name)
            report.extend(found)
            if text is not None:
                report.texts[name] = text
                checksum.update(text.encode())
            if tree is not None:
                _take(tree, layers, layer)
            else:
                _remember_broken(layers, _ids_in(text if text is not None else _salvaged(path)))
    library = _assemble(layers, checksum.hexdigest()[:16], protected=protected)
    link(library, report, layers.broken, places)
    return library, report


def _salvaged(path: Path) -> str:
    """Give the text of a file that is in another encoding, as far as ids go."""
    try:
        return path.read_bytes()[:LARGEST_FILE].decode("latin-1")
    except OSError:
        return ""


def _ids_in(text: str) -> list[str]:
    """Give the ids that a file seems to hold which cannot be read as YAML."""
    kind = _FIRST_KEY.search(text)
    if kind is None:
        return []
    return [kind[2] or ""] if kind[1] == "flowchart" else _SECOND_KEYS.findall(text)


def _files(folder: Path, report: Report) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        return [folder]
    if not folder.exists():
        message = "there is no such file or folder"
        report.error("S001", Span(shown(folder), 1, 1, 2), message, "check the path after --library")
        return []
    files = library_files(folder)
    if not files:
        message, help_ = "this folder holds no YAML files", "a library has `flowcharts/` and `goalbank/`"
        report.error("S001", Span(shown(folder), 1, 1, 2), message, help_)
    return files


def _take(tree: Tree, layers: Layers, layer: int) -> None:
    kind, found = kind_of(tree)
    layers.report.extend(found)
    if not kind:
        return
    if kind in _OF_A_CLIENT:
        first = tree.key(tree.data, kind)
        message = f"this file is about one client (`{kind}:`), and lies in a library"
        layers.report.warning("R007", first, message, "keep it in a folder of its own, apart from content")
        return
    form = check_form(tree, kind)
    layers.report.extend(form)
    if kind == "vignette":
        return
    if kind == "flowchart":
        if form:
            _remember_broken(layers, [tree.data.get("flowchart")])
        else:
            layers.put(build.flowchart(tree), tree.data, layer)
        return
    held = tree.data.get("entries")
    if not isinstance(held, dict):
        return
    broken = _broken_entries(tree, held) if form else set()
    _remember_broken(layers, broken)
    for entry in build.entries(tree, kind, broken):
        layers.put(entry, held[entry.id], layer)


def _remember_broken(layers: Layers, ids: Any) -> None:
    layers.broken |= {id_ for id_ in ids if isinstance(id_, str)}


def _broken_entries(tree: Tree, held: dict[str, Any]) -> set[str]:
    """Give the ids of entries with errors of form, so that the sound ones are still linked and checked."""
    kind = next(iter(tree.data))
    broken = set()
    whole = {**tree.data, "review": {"status": "draft"}, kind: "x"}
    whole = {key: value for key, value in whole.items() if key in {kind, "review"}}
    for id_, entry in held.items():
        if not fits({**whole, "entries": {id_: entry}}, kind):
            broken.add(id_)
    return broken


def _assemble(layers: Layers, digest: str, *, protected: bool) -> Library:
    banks: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    flowcharts: dict[str, Flowchart] = {}
    for id_, thing in layers.made.items():
        if isinstance(thing, Entry):
            banks[thing.kind][id_] = thing
        else:
            flowcharts[id_] = thing
    ordered = dict(sorted(flowcharts.items(), key=lambda item: (item[1].number, item[0])))
    library = Library(flowcharts=ordered, digest=digest, protected=protected, **banks)
    return replace(library, facts=all_facts(library), askers=_askers(library))


def _askers(library: Library) -> dict[str, tuple[Node, ...]]:
    askers: dict[str, list[Node]] = {}
    for node in library.nodes():
        if node.verb == "ask":
            askers.setdefault(node.key, []).append(node)
            if node.role:
                askers.setdefault(node.role, []).append(node)
        elif node.verb == "measure":
            askers.setdefault(node.key, []).append(node)
            askers.setdefault(node.measure, []).append(node)
    return {key: tuple(nodes) for key, nodes in askers.items()}
