"""The server started: what it is asked, and which function answers."""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import TYPE_CHECKING

from lsprotocol import types

from goldenthread.author.lsp import changes, looks
from goldenthread.author.lsp.server import Server

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TURNS = 0.0005
"""Seconds after which a check that runs behind lets an answer through; five times as long otherwise."""
_COMPLETION = types.CompletionOptions(trigger_characters=[" ", ".", "[", "{", ",", "("])
_ACTIONS = types.CodeActionOptions([types.CodeActionKind.QuickFix])


def serve(version: str, libraries: Sequence[Path] = (), *, only: bool = False) -> None:
    """Answer an editor over stdin and stdout until it goes."""
    log = logging.getLogger("pygls")
    log.addHandler(logging.NullHandler())
    log.propagate = os.environ.get("GOLDENTHREAD_DEBUG", "") not in {"", "0"}
    sys.setswitchinterval(_TURNS)
    # A desk says when.
    gc.disable()
    make(version, libraries, only=only).start_io()


def make(version: str, libraries: Sequence[Path] = (), *, only: bool = False) -> Server:
    """Make a server that answers all that an editor may ask."""
    server = Server(version, libraries, only=only)
    add = server.feature
    add(types.INITIALIZED)(_initialized)
    add(types.SHUTDOWN)(_shut_down)
    add(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    add(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    add(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    add(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_on_disk)
    add(types.TEXT_DOCUMENT_COMPLETION, _COMPLETION)(looks.completion)
    add(types.TEXT_DOCUMENT_HOVER)(looks.hover)
    add(types.TEXT_DOCUMENT_DEFINITION)(looks.definition)
    add(types.TEXT_DOCUMENT_REFERENCES)(looks.references)
    add(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)(looks.highlights)
    add(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(looks.symbols)
    add(types.TEXT_DOCUMENT_PREPARE_RENAME)(changes.prepare)
    add(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))(changes.renamed)
    add(types.TEXT_DOCUMENT_CODE_ACTION, _ACTIONS)(changes.actions)
    add(types.TEXT_DOCUMENT_FORMATTING)(changes.formatting)
    return server


def _initialized(ls: Server, _: types.InitializedParams) -> None:
    # At once: what is opened next has to find its library.
    ls.begin()
    about = ls.client_capabilities.workspace
    watched = about.did_change_watched_files if about is not None else None
    if watched is not None and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher("**/*.yaml"), types.FileSystemWatcher("**/*.yml")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        asked = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([asked]))


def _shut_down(ls: Server, _: object) -> None:
    # At once: a proof that runs would hold up the end.
    ls.end_proofs()


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    ls.put(document.uri, document.text, document.version)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    document = params.text_document
    ls.put(document.uri, ls.workspace.get_text_document(document.uri).source, document.version)


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.close(params.text_document.uri)


def _on_disk(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
    for desk in ls.desks:
        desk.check(0)
