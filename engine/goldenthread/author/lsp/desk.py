"""One library while it is edited: the open texts, what is known of them, and the checks that run behind them."""

from __future__ import annotations

import asyncio
import gc
import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from goldenthread.author.lsp import findings
from goldenthread.author.lsp.atlas import Atlas, Sheet, sheet
from goldenthread.author.lsp.findings import Findings, Linked
from goldenthread.author.lsp.view import View, carried
from goldenthread.loading import Workspace, shown
from goldenthread.loading.files import in_library
from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from goldenthread.author.lsp.prover import Prover

Made = TypeVar("Made")
PAUSE = 0.15
"""Seconds without a key before anything is checked."""
PROOF = 0.5
"""Seconds more before the library is proven."""
REST = 2.0
"""Seconds without a key before what is no longer needed is cleared away."""
_SELDOM = 50
"""Of so many checks, one is followed by clearing away, though keys may come."""


@dataclass(slots=True)
class Document:
    """A text that is open in an editor."""

    uri: str
    path: Path
    name: str
    text: str
    version: int | None = None


@dataclass
class Desk:
    """One library, its open documents, and a worker that checks it."""

    space: Workspace
    prover: Prover
    worker: Executor
    tell: Callable[[Desk], None]
    """Called whenever there is something new to show."""
    documents: dict[str, Document] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    view: View = field(default_factory=View)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    texts: Mapping[str, str] = field(default_factory=dict)
    """The texts of all files as they were read last."""
    _turn: int = 0
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _unread: dict[str, str] = field(default_factory=dict)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def holds(self, path: Path) -> bool:
        """Say whether a file is part of this library, or would be if it were saved."""
        return any(
            path == folder or in_library(path, folder) or in_library(path, folder, vignettes=True)
            for folder in self.space.folders
        )

    def text_of(self, name: str) -> str | None:
        """Give the text of a file as it stands now."""
        document = self.documents.get(name)
        return document.text if document is not None else self.texts.get(name)

    def put(self, uri: str, path: Path, text: str, version: int | None) -> Document:
        """Take the text of an open document, and check it when no key has come for a while."""
        name = shown(path)
        fresh = name not in self.documents
        document = self.documents[name] = Document(uri, path, name, text, version)
        self.check(0 if fresh else PAUSE, name)
        return document

    def drop(self, path: Path) -> None:
        """Let a closed document go: what counts is the file again."""
        if self.documents.pop(shown(path), None) is not None:
            self.check(0)

    def fresh(self) -> View:
        """Give the view with every open text in it that can be read; what cannot keeps its last good state."""
        changed = {}
        for name, document in self.documents.items():
            held = self.view.atlas.sheets.get(name)
            if (held is not None and held.text == document.text) or self._unread.get(name) == document.text:
                continue
            tree, _, _ = parse(document.text, name)
            if tree is None:
                self._unread[name] = document.text
            else:
                changed[name] = sheet(name, tree, document.text)
        if changed:
            self.view = View(self.view.library, Atlas({**self.view.atlas.sheets, **changed}))
        return self.view

    def unread(self) -> list[str]:
        """Give the open files that cannot be read at present."""
        return [name for name, document in self.documents.items() if self._unread.get(name) == document.text]

    def check(self, pause: float, name: str = "") -> None:
        """Check the library, beginning with one file, and drop what an earlier check may still find."""
        self._turn += 1
        task = asyncio.get_running_loop().create_task(self._check(self._turn, pause, name))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _check(self, turn: int, pause: float, name: str) -> None:
        await asyncio.sleep(pause)
        if turn != self._turn:
            return
        texts = {document.path: document.text for document in self.documents.values()}
        if name in self.documents:
            text = self.documents[name].text
            found = await self.work(findings.alone, text, name)
            if turn != self._turn:
                return
            if found or self.findings.has_form(name):
                self.findings.put("alone", found, {name: text})
                self.tell(self)
        linked = await self.work(findings.linked, self.space, texts)
        if turn == self._turn:
            sheets = await self.work(_sheets, linked, dict(self.view.atlas.sheets), self.space.between)
        if turn != self._turn:
            return
        self._take(linked, sheets)
        whole = await self.work(findings.whole, linked, self.space.between)
        if turn != self._turn:
            return
        self.findings.put("whole", whole, self.texts)
        sound = not any(one.level == "error" and one.span.file not in linked.apart for one in whole)
        if not sound:
            self.findings.put("proven", [], self.texts)
        self.tell(self)
        del linked, sheets, whole
        if sound:
            await self._prove(turn, texts)
        await self._tidy(turn)

    async def _prove(self, turn: int, texts: Mapping[Path, str]) -> None:
        """Prove what has no errors, once the proof before is done: it cannot be called off."""
        await asyncio.sleep(PROOF)
        async with self._one:
            if turn != self._turn:
                return
            found = await asyncio.to_thread(self.prover.prove, texts)
        if turn == self._turn:
            self.findings.put("proven", found, self.texts)
            self.tell(self)

    async def _tidy(self, turn: int) -> None:
        """Let the garbage collector look when nobody types: it would hold up an answer."""
        await asyncio.sleep(REST)
        if turn == self._turn or turn % _SELDOM == 0:
            gc.collect()

    def _take(self, linked: Linked, sheets: dict[str, Sheet]) -> None:
        self.texts = linked.report.texts
        library = carried(linked.library, self.view.library, linked.parsed)
        self.view = View(library, Atlas(sheets))
        self.findings.put("linked", linked.found, self.texts)
        if not self.ready.is_set():
            # What was read first mostly stays: it is never looked through again.
            gc.freeze()
        self.ready.set()
        self.tell(self)

    async def work(self, function: Callable[..., Made], *given: object) -> Made:
        """Run something in the worker, one thing at a time."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, partial(function, *given))


def _sheets(linked: Linked, before: dict[str, Sheet], between: Callable[[], None]) -> dict[str, Sheet]:
    """Give the names of every file; those of a file that cannot be read are the last good ones."""
    made: dict[str, Sheet] = {}
    for name, (tree, _, text) in linked.parsed.items():
        between()
        held = before.get(name)
        if tree is None or text is None:
            if held is not None:
                made[name] = held
        else:
            made[name] = held if held is not None and held.tree is tree else sheet(name, tree, text)
    return made


def home_of(path: Path) -> Path | None:
    """Give the folder of the library in which a file lies: the nearest with `flowcharts` or `goalbank` above it."""
    for folder in path.parents:
        if folder.name in {"flowcharts", "goalbank"}:
            return folder.parent
    return None


def real(path: str | Path) -> Path:
    """Give the one path of a file, whatever links lead to it."""
    return Path(os.path.realpath(path))
