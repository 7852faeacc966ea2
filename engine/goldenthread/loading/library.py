"""Files to a Library and a Report."""

from __future__ import annotations

import gc
import hashlib
import re
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from goldenthread.diagnostics import Report, Span
from goldenthread.language.parse import parse
from goldenthread.loading import build
from goldenthread.loading.facts import all_facts
from goldenthread.loading.files import library_files, shipped, shown
from goldenthread.loading.link import link
from goldenthread.loading.overlay import Layers
from goldenthread.loading.schema import broken_parts, check_form, kind_of
from goldenthread.model import KINDS, Entry, Flowchart, Library
from goldenthread.source import Places, read
from goldenthread.source.text import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.language.ast import Expression
    from goldenthread.model import Node
    from goldenthread.source import Parsed, Tree


OF_A_CLIENT = {"case", "answers"}
_FIRST_KEY = re.compile(r"^([a-z]+):[ \t]*([a-z][a-z0-9_]*)?", re.MULTILINE)
_EXTENDED = re.compile(r"\bextends:[ \t]*([a-z][a-z0-9_]*)")
_SECOND_KEYS = re.compile(r"^(?:  |\t)([a-z][a-z0-9_]*):", re.MULTILINE)


def load(paths: Sequence[str | Path] = (), *, only: bool = False) -> tuple[Library, Report]:
    """Load the shipped library and those at `paths` over it; with `only`, those at `paths` alone.

    Gives the library, built from all that has the right form, and a report of all that has not.
    A library whose report holds errors is fit for checking and drawing, not for planning.
    """
    return load_folders(folders_of(paths, only=only), Files(), protected=not only)


def folders_of(paths: Sequence[str | Path], *, only: bool) -> list[Path]:
    """Give the folders of a library, from the lowest layer."""
    return [*([] if only else [shipped()]), *(Path(path) for path in paths)]


class Files:
    """Where a load reads from: the disk, and nothing is kept."""

    def added(self, folder: Path) -> list[Path]:  # noqa: ARG002 -- see Workspace
        """Give the files of a folder that are not on the disk yet."""
        return []

    def read(self, path: Path, name: str) -> Parsed:
        """Read a file; see `goldenthread.source.read`."""
        return read(path, name)

    def form(self, tree: Tree) -> Form:
        """Hold a tree against the schema of its kind."""
        kind, found = kind_of(tree)
        return Form(kind, found, check_form(tree, kind) if kind and kind not in OF_A_CLIENT else [])

    def conditions(self) -> Callable[[str], Expression]:
        """Give what parses conditions. Many places ask the same; each text is read once."""
        return cache(parse)


class Form(NamedTuple):
    """The kind of a file (empty where its first key says none), and what is wrong with kind and form."""

    kind: str
    unkind: list[Diagnostic]
    found: list[Diagnostic]


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


def load_folders(folders: Sequence[Path], files: Files, *, protected: bool) -> tuple[Library, Report]:
    """Load folders over each other, as `files` gives what is in them."""
    with _no_collection():
        return _load(folders, files, protected=protected)


def _load(folders: Sequence[Path], files: Files, *, protected: bool) -> tuple[Library, Report]:
    report = Report()
    places = Places(report.texts)
    layers = Layers(report, places)
    checksum = hashlib.sha256()
    for layer, folder in enumerate(folders):
        for path in _files(folder, files, report):
            name = shown(path)
            tree, found, text = files.read(path, name)
            report.extend(found)
            if text is not None:
                report.texts[name] = text
                checksum.update(text.encode())
            if tree is not None:
                _take(tree, files.form(tree), layers, layer)
            else:
                _remember_broken(layers, _ids_in(text if text is not None else _salvaged(path)))
    library = _assemble(layers, checksum.hexdigest()[:16], protected=protected)
    link(library, report, layers.broken, places, files.conditions())
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
    extended = _EXTENDED.findall(text)
    return [*extended, *([kind[2] or ""] if kind[1] == "flowchart" else _SECOND_KEYS.findall(text))]


def _files(folder: Path, files: Files, report: Report) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        return [folder]
    if not folder.exists():
        message = "there is no such file or folder"
        report.error("S001", Span(shown(folder), 1, 1, 2), message, "check the path after --library")
        return []
    found = [*library_files(folder), *files.added(folder)]
    if not found:
        message, help_ = "this folder holds no YAML files", "a library has `flowcharts/` and `goalbank/`"
        report.error("S001", Span(shown(folder), 1, 1, 2), message, help_)
    return found


def _take(tree: Tree, form: Form, layers: Layers, layer: int) -> None:
    kind = form.kind
    layers.report.extend(form.unkind)
    if not kind:
        return
    if kind in OF_A_CLIENT:
        first = tree.key(tree.data, kind)
        message = f"this file is about one client (`{kind}:`), and lies in a library"
        layers.report.warning("R007", first, message, "keep it in a folder of its own, apart from content")
        return
    layers.report.extend(form.found)
    if kind == "vignette":
        return
    if kind == "flowchart":
        if form.found:
            _remember_broken(layers, [tree.data.get("flowchart"), tree.data.get("extends")])
        else:
            layers.put(build.flowchart(tree), tree.data, layer)
        return
    held = tree.data.get("entries")
    if not isinstance(held, dict):
        return
    broken = set(broken_parts(tree.data, kind)) if form.found else set()
    extended = [held[id_].get("extends") for id_ in broken if isinstance(held.get(id_), dict)]
    _remember_broken(layers, [*broken, *extended])
    for entry in build.entries(tree, kind, broken):
        layers.put(entry, held[entry.id], layer)


def _remember_broken(layers: Layers, ids: Any) -> None:
    layers.broken |= {id_ for id_ in ids if isinstance(id_, str)}


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
