"""What changes texts: renaming, quick fixes, the house form. The editor makes the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from goldenthread.author import NotTheSameError, form
from goldenthread.author.lsp import findings, protocol
from goldenthread.author.lsp.cursor import kind_at
from goldenthread.author.lsp.desk import real
from goldenthread.author.lsp.looks import offset_of, symbol_at
from goldenthread.author.lsp.positions import Stretch, Text
from goldenthread.author.lsp.rename import RefusedError, may_rename, rename
from goldenthread.loading.schema import KINDS

if TYPE_CHECKING:
    from goldenthread.author.lsp.atlas import Symbol
    from goldenthread.author.lsp.desk import Desk
    from goldenthread.author.lsp.server import Server

_FAILED = int(types.LSPErrorCodes.RequestFailed)


async def prepare(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Say whether a thing can be renamed, and what it is called now."""
    if (found := await symbol_at(ls, params, exactly=True)) is None:
        return None
    desk, symbol, at = found
    try:
        may_rename(symbol, desk.view.atlas, lambda name: ls.owns(desk, name))
    except RefusedError as error:
        raise JsonRpcException(str(error), _FAILED) from None
    document = next(one for one in desk.documents.values() if one.uri == params.text_document.uri)
    return types.PrepareRenamePlaceholder(protocol.range_of(at, Text(document.text, ls.encoding)), symbol.id)


async def renamed(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Rename a thing wherever it is named."""
    if (found := await symbol_at(ls, params, exactly=True)) is None:
        return None
    desk, symbol, _ = found
    try:
        return await _rename(ls, desk, symbol, params.new_name.strip())
    except RefusedError as error:
        raise JsonRpcException(str(error), _FAILED) from None


async def _rename(ls: Server, desk: Desk, symbol: Symbol, new: str) -> types.WorkspaceEdit:
    if new == symbol.id:
        return types.WorkspaceEdit()
    if unread := desk.unread():
        raise RefusedError(f"{unread[0]} cannot be read at present; mend it first")
    atlas = desk.fresh().atlas
    texts = await desk.work(rename, symbol, new, atlas, lambda name: ls.owns(desk, name))
    now = {document.path: document.text for document in desk.documents.values()}
    then = now | {real(name): text for name, text in texts.items()}
    before = await desk.work(lambda: findings.whole(findings.linked(desk.space, now)))
    after = await desk.work(lambda: findings.whole(findings.linked(desk.space, then)))
    for fault in findings.more(before, after):
        raise RefusedError(f"with the name `{new}` the library would have a new fault: {fault.message}")
    edits = []
    for name, text in texts.items():
        document = desk.documents.get(name)
        version = document.version if document is not None else None
        where = types.OptionalVersionedTextDocumentIdentifier(ls.uri(name, desk), version)
        edits.append((where, protocol.text_edits(Text(atlas.sheets[name].text, ls.encoding), text)))
    about = ls.client_capabilities.workspace
    if about is not None and about.workspace_edit is not None and about.workspace_edit.document_changes:
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(w, [*made]) for w, made in edits])
    return types.WorkspaceEdit(changes={where.uri: made for where, made in edits})


async def actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Give the changes that findings propose."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return []
    desk, document = held
    text = Text(document.text, ls.encoding)
    one = desk.fresh().atlas.sheets.get(document.name)
    made = []
    for found in params.context.diagnostics:
        data = found.data if isinstance(found.data, dict) else {}
        at = Stretch(offset_of(text, found.range.start), offset_of(text, found.range.end))
        fix = findings.fix(data.get("message", ""), data.get("help", ""), at, document.text, one)
        if found.source != protocol.SOURCE or fix is None:
            continue
        edit = types.TextEdit(protocol.range_of(fix.at, text), fix.text)
        made.append(
            types.CodeAction(
                f"Change `{document.text[fix.at.start : fix.at.end]}` to `{fix.text}`",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[found],
                is_preferred=True,
                edit=types.WorkspaceEdit(changes={document.uri: [edit]}),
            )
        )
    return made


async def formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    """Bring a file into the house form, with the line ends that it has."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return None
    desk, document = held
    if kind_at(document.text) not in KINDS:
        return None
    try:
        formed = await desk.work(form, document.text.encode(), document.name)
    except NotTheSameError:
        said = f"{document.name} is left as it is: in the house form it would mean something else"
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Warning, said))
        return None
    if formed.found:
        return None
    after = formed.after.replace("\n", "\r\n") if "\r\n" in document.text else formed.after
    return protocol.text_edits(Text(document.text, ls.encoding), after)
