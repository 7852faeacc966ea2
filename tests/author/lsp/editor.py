"""An editor for tests: the client of pygls, and the server that it speaks with.

The server is started by its command and spoken to over stdin and stdout, or runs in a thread behind a pair of sockets,
where what it does is measured.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from lsprotocol import types
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

PATIENCE = 60
"""Seconds to wait for what should come at once: far more than it takes on a busy machine."""


class Editor:
    """One editor with a folder open."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.at_version: dict[str, int | None] = {}
        self.news = asyncio.Event()
        self.registered: list[str] = []
        self.shown: list[str] = []

    def listen(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = list(params.diagnostics)
            self.at_version[params.uri] = params.version
            self.news.set()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def registered(params: types.RegistrationParams) -> None:
            self.registered += [one.method for one in params.registrations]

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.shown.append(params.message)

    # What an author does

    def open(self, path: Path, text: str | None = None) -> str:
        uri = path.as_uri()
        held = path.read_bytes().decode() if text is None else text
        self.texts[uri], self.versions[uri] = held, 1
        item = types.TextDocumentItem(uri, "yaml", 1, held)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Make the text of a file this one."""
        self.texts[uri] = text
        self.versions[uri] += 1
        about = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(about, [change]))

    def close(self, uri: str) -> None:
        del self.texts[uri]
        about = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(about))

    def disk(self, path: Path) -> None:
        """Tell of a change on disk."""
        change = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))

    async def until(self, uri: str, codes: list[str] | None) -> list[types.Diagnostic]:
        """Wait until these codes are shown in a file, or with None, anything is for its present text."""

        def there() -> bool:
            held = self.found.get(uri)
            if held is None or (uri in self.texts and self.at_version[uri] != self.versions[uri]):
                return False
            return codes is None or [str(one.code) for one in held] == codes

        async with asyncio.timeout(PATIENCE):
            while not there():
                self.news.clear()
                await self.news.wait()
        return self.found[uri]

    async def has(self, uri: str, code: str) -> list[types.Diagnostic]:
        """Wait until a code is among what is shown in a file."""
        async with asyncio.timeout(PATIENCE):
            while code not in {one.code for one in self.found.get(uri, ())}:
                self.news.clear()
                await self.news.wait()
        return self.found[uri]

    # What an author asks; `|` in `where` is the place, in the file's only occurrence of the words around it

    def place(self, uri: str, where: str) -> types.Position:
        before, bar, after = where.partition("|")
        assert bar, where
        text = self.texts[uri]
        assert text.count(before + after) == 1, (where, text.count(before + after))
        return position(text, text.index(before + after) + len(before))

    def at(self, uri: str, where: str) -> dict[str, Any]:
        return {"text_document": types.TextDocumentIdentifier(uri), "position": self.place(uri, where)}

    async def complete(self, uri: str, where: str) -> list[types.CompletionItem]:
        asked = types.CompletionParams(**self.at(uri, where))
        found = await self.client.text_document_completion_async(asked)
        assert found is None or isinstance(found, types.CompletionList)
        return list(found.items) if found else []

    async def hover(self, uri: str, where: str) -> str:
        found = await self.client.text_document_hover_async(types.HoverParams(**self.at(uri, where)))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def definition(self, uri: str, where: str) -> list[types.Location]:
        found = await self.client.text_document_definition_async(
            types.DefinitionParams(**self.at(uri, where))
        )
        assert isinstance(found, list)
        return found

    async def references(self, uri: str, where: str, *, declaration: bool = True) -> list[types.Location]:
        context = types.ReferenceContext(declaration)
        asked = types.ReferenceParams(context=context, **self.at(uri, where))
        return list(await self.client.text_document_references_async(asked) or [])

    async def rename(self, uri: str, where: str, new: str) -> types.WorkspaceEdit:
        asked = types.RenameParams(new_name=new, **self.at(uri, where))
        found = await self.client.text_document_rename_async(asked)
        assert found is not None
        return found

    async def symbols(self, uri: str) -> list[types.DocumentSymbol]:
        about = types.TextDocumentIdentifier(uri)
        found = await self.client.text_document_document_symbol_async(types.DocumentSymbolParams(about))
        return list(found or [])  # type: ignore[arg-type]  # the server gives no flat ones

    async def actions(self, uri: str, found: types.Diagnostic) -> list[types.CodeAction]:
        about = types.TextDocumentIdentifier(uri)
        context = types.CodeActionContext([found])
        asked = types.CodeActionParams(about, found.range, context)
        return list(await self.client.text_document_code_action_async(asked) or [])  # type: ignore[arg-type]

    async def format(self, uri: str) -> list[types.TextEdit]:
        about = types.TextDocumentIdentifier(uri)
        options = types.FormattingOptions(2, insert_spaces=True)
        asked = types.DocumentFormattingParams(about, options)
        return list(await self.client.text_document_formatting_async(asked) or [])

    def apply(self, uri: str, edits: list[types.TextEdit]) -> str:
        """Give the text of a file with edits made in it."""
        return applied(self.texts[uri], edits)


def position(text: str, offset: int) -> types.Position:
    """Give the place of an offset, counted as the protocol counts unless it is told otherwise: in UTF-16."""
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return types.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2)


def offset(text: str, at: types.Position) -> int:
    start = 0
    for _ in range(at.line):
        ends = [n for n in (text.find("\n", start), text.find("\r", start)) if n >= 0]
        end = min(ends)
        start = end + (2 if text[end : end + 2] == "\r\n" else 1)
    line = text[start:].encode("utf-16-le")[: 2 * at.character].decode("utf-16-le")
    return start + len(line)


def applied(text: str, edits: list[types.TextEdit]) -> str:
    placed = [(offset(text, edit.range.start), offset(text, edit.range.end), edit.new_text) for edit in edits]
    for start, end, new in sorted(placed, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@asynccontextmanager
async def editor(
    folder: Path | None,
    *libraries: Path,
    only: bool = False,
    encodings: list[str] | None = None,
    by_command: bool = False,
    proven: bool = False,
) -> AsyncIterator[Editor]:
    """Open an editor on a folder. Unless what has to be `proven` is waited for, no process is started for it."""
    client = LanguageClient("an editor for tests", "1")
    one = Editor(client)
    one.listen()
    if by_command:
        options = [word for path in libraries for word in ("--library", str(path))] + ["--only"] * only
        await client.start_io(sys.executable, "-m", "goldenthread", "lsp", *options)
        await _session(one, folder, encodings)
        yield one
        await _leave(client)
        await client.stop()
        return
    here, there = socket.socketpair()
    server = threading.Thread(target=_serve, args=(there, libraries, only, proven))
    server.start()
    reader, writer = await asyncio.open_connection(sock=here)
    client.protocol.set_writer(writer)
    stop = threading.Event()
    listening = asyncio.create_task(run_async(stop_event=stop, reader=reader, protocol=client.protocol))
    try:
        await _session(one, folder, encodings)
        yield one
    finally:
        await _leave(client)
        await asyncio.to_thread(server.join)
        await listening
        writer.close()


def _serve(line: socket.socket, libraries: Sequence[Path], only: bool, proven: bool) -> None:
    from goldenthread.author.lsp import desk  # noqa: PLC0415 -- a server in another process needs none of it
    from goldenthread.author.lsp.serve import make  # noqa: PLC0415 -- as above

    try:
        with (
            line,
            line.makefile("rb") as stdin,
            line.makefile("wb") as stdout,
            patch.object(desk, "PROOF", desk.PROOF if proven else PATIENCE),
        ):
            make("1", libraries, only=only).start_io(stdin, stdout)
    finally:
        gc.unfreeze()


async def _session(one: Editor, folder: Path | None, encodings: list[str] | None) -> None:
    files = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    edits = types.WorkspaceEditClientCapabilities(document_changes=True)
    workspace = types.WorkspaceClientCapabilities(did_change_watched_files=files, workspace_edit=edits)
    general = types.GeneralClientCapabilities(position_encodings=list(encodings or []))
    about = types.ClientCapabilities(workspace=workspace, general=general if encodings else None)
    folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)] if folder else []
    await one.client.initialize_async(types.InitializeParams(about, workspace_folders=folders))
    one.client.initialized(types.InitializedParams())


async def _leave(client: LanguageClient) -> None:
    await client.shutdown_async(None)
    client.exit(None)
