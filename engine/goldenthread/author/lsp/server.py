"""The language server: what an editor asks, answered from the library as it stands in the editor."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lsprotocol import types
from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from goldenthread.author.lsp import findings, protocol
from goldenthread.author.lsp.cursor import kind_at
from goldenthread.author.lsp.desk import Desk, Document, home_of, real
from goldenthread.author.lsp.floor import Floor
from goldenthread.author.lsp.positions import ENCODINGS, Encoding, Text
from goldenthread.author.lsp.prover import Prover
from goldenthread.loading import Workspace, shipped
from goldenthread.loading.schema import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.author.lsp.atlas import Spot
    from goldenthread.diagnostics import Span

_OF_A_CLIENT = "case"


class Server(LanguageServer):
    """One server an editor: a desk for each library, and one for files that lie in none."""

    def __init__(self, version: str, libraries: Sequence[Path] = (), *, only: bool = False) -> None:
        super().__init__("goldenthread", version, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.given, self.only = [real(path) for path in libraries], only
        self.floor = Floor()
        self.worker = ThreadPoolExecutor(1, "check")
        self.desks: list[Desk] = []
        self.strays: dict[str, Document] = {}
        self.published: dict[int, set[str]] = {}
        self.sent: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}

    @property
    def encoding(self) -> Encoding:
        """The units in which client and server count columns."""
        found = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        return found if found in ENCODINGS else "utf-16"

    # Which library

    def begin(self) -> None:
        """Open the libraries that were named, or those in the folders of the editor."""
        if self.given or self.only:
            self._open(self.given, only=self.only)
            return
        roots = [to_fs_path(uri) for uri in self.workspace.folders] or [self.workspace.root_path]
        for root in roots:
            if root and any((Path(root) / name).is_dir() for name in ("flowcharts", "goalbank")):
                self._home(real(root))

    def desk_of(self, path: Path) -> Desk | None:
        """Give the desk of a file's library; None where it lies in none."""
        found = next((desk for desk in self.desks if desk.holds(path)), None)
        if found is not None or self.given or self.only:
            return found
        home = home_of(path)
        desk = self._home(home) if home is not None else None
        return desk if desk is not None and desk.holds(path) else None

    def _home(self, home: Path) -> Desk:
        there = next((desk for desk in self.desks if desk.space.folders[-1] == home), None)
        return there or self._open([] if home == shipped() else [home])

    def _open(self, folders: list[Path], *, only: bool = False) -> Desk:
        over = [folder for folder in folders if only or folder != shipped()]
        space = Workspace(over, only=only, between=self.floor.wait)
        desk = Desk(space, Prover(over, only=only), self.worker, self.publish)
        self.desks.append(desk)
        desk.check(0)
        return desk

    def start_io(self, stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> None:
        """Answer until the editor goes, before anything that is checked behind."""
        self._stop_event = threading.Event()
        self.protocol.set_writer(StdoutWriter(stdout or sys.stdout.buffer))
        reader = StdinAsyncReader(stdin or sys.stdin.buffer, self.thread_pool)
        asked = run_async(self._stop_event, reader, self.protocol, error_handler=self.report_server_error)
        try:
            with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(self.floor)) as runner:
                runner.run(asked)
        except (BrokenPipeError, KeyboardInterrupt, SystemExit):
            # The editor has gone, or wants this to end.
            pass
        finally:
            self.shutdown()

    def shutdown(self) -> None:
        """End, with the processes that prove."""
        self.end_proofs()
        self.worker.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]  # pygls leaves its type out

    def end_proofs(self) -> None:
        """End the processes that prove."""
        for desk in self.desks:
            desk.prover.stop()

    # What is open

    def put(self, uri: str, text: str, version: int | None) -> None:
        """Take the text of an open file."""
        local = to_fs_path(uri)
        path = real(local) if local else None
        desk = self.desk_of(path) if path is not None else None
        if path is not None and desk is not None:
            desk.put(uri, path, text, version)
            return
        self.strays[uri] = Document(uri, path or Path(uri), str(path or uri), text, version)
        self._publish_stray(self.strays[uri])

    def _publish_stray(self, document: Document) -> None:
        """Say what is wrong with the form of a file that lies in no library; nothing of one that is none of ours."""
        kind = kind_at(document.text)
        found = findings.alone(document.text, document.name) if kind in KINDS and kind != _OF_A_CLIENT else []
        text = Text(document.text, self.encoding)
        self._send(document.uri, document.version, [protocol.diagnostic(one, text, None) for one in found])

    def close(self, uri: str) -> None:
        """Let a file go."""
        if self.strays.pop(uri, None) is not None:
            self._send(uri, None, [])
            return
        local = to_fs_path(uri)
        for desk in self.desks:
            if local:
                desk.drop(real(local))

    async def at(self, uri: str) -> tuple[Desk, Document] | None:
        """Give the desk and the text of an open file, when its library has been read; a stray one has any."""
        document = self.strays.get(uri)
        if document is not None:
            desk = self.desks[0] if self.desks else self._open([])
        else:
            held = [(desk, doc) for desk in self.desks for doc in desk.documents.values() if doc.uri == uri]
            if not held:
                return None
            desk, document = held[0]
        await desk.ready.wait()
        return desk, document

    # What is shown

    def publish(self, desk: Desk) -> None:
        """Show what is wrong, first in what is open."""
        files = sorted(desk.findings.files | set(desk.documents), key=lambda name: name not in desk.documents)
        sent = set()
        for name in files:
            document, text = desk.documents.get(name), desk.text_of(name)
            held = Text(text or "", self.encoding)
            found = [
                protocol.diagnostic(one, held, self._related(one.related, desk))
                for one in desk.findings.of(name, text)
            ]
            uri = self.uri(name, desk)
            sent.add(uri)
            self._send(uri, document.version if document else None, found)
        for uri in self.published.get(id(desk), set()) - sent:
            self._send(uri, None, [])
        self.published[id(desk)] = sent

    def _send(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        if self.sent.get(uri) == (version, found):
            return
        self.sent[uri] = (version, found)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _related(self, span: Span | None, desk: Desk) -> types.Location | None:
        text = desk.text_of(span.file) if span is not None else None
        if text is None or span is None:
            return None
        held = Text(text, self.encoding)
        return types.Location(self.uri(span.file, desk), protocol.range_of(held.stretch(span), held))

    def uri(self, name: str, desk: Desk) -> str:
        """Give the address of a file: the editor's own, where it is open."""
        document = desk.documents.get(name)
        return document.uri if document is not None else Path(name).absolute().as_uri()

    def location(self, spot: Spot, desk: Desk) -> types.Location:
        """Give where something stands."""
        text = Text(desk.view.atlas.sheets[spot.file].text, self.encoding)
        return types.Location(self.uri(spot.file, desk), protocol.range_of(spot.at, text))

    def owns(self, desk: Desk, name: str) -> bool:
        """Say whether a file may be changed from here: one that is open, or of a library that was opened."""
        path = real(name)
        folders = [to_fs_path(uri) for uri in self.workspace.folders] or [self.workspace.root_path]
        roots = [
            *self.given,
            *(real(root) for root in folders if root),
            *desk.space.folders[desk.space.protected :],
        ]
        return name in desk.documents or any(path.is_relative_to(root) for root in roots)
