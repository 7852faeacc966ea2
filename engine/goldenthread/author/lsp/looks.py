"""What an editor asks without changing anything: completion, hover, definition, references, outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lsprotocol import types

from goldenthread.author.lsp import lookup, protocol, words
from goldenthread.author.lsp.atlas import Symbol
from goldenthread.author.lsp.completion import complete
from goldenthread.author.lsp.positions import Text

if TYPE_CHECKING:
    from goldenthread.author.lsp.desk import Desk
    from goldenthread.author.lsp.positions import Stretch
    from goldenthread.author.lsp.server import Server


class Placed(Protocol):
    """What asks about a place in a file."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


async def completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """Give what can be typed."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return None
    desk, document = held
    text = Text(document.text, ls.encoding)
    offered = complete(desk.fresh(), document.text, offset_of(text, params.position))
    return protocol.completions(offered, text) if offered is not None else None


async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Say what stands at a place, and what the codes of the findings there mean."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return None
    desk, document = held
    text = Text(document.text, ls.encoding)
    offset = offset_of(text, params.position)
    found = lookup.hover(desk.fresh(), document.name, document.text, offset)
    wrong = set()
    for one in desk.findings.of(document.name, document.text):
        at = text.stretch(one.span)
        if at.start <= offset <= at.end:
            wrong.add(one.code)
    said = [*([found[0]] if found else []), *(words.code(code) for code in sorted(wrong))]
    if not said:
        return None
    where = protocol.range_of(found[1], text) if found else None
    return types.Hover(protocol.markdown("\n\n---\n\n".join(said)), where)


async def definition(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
    """Say where something is defined."""
    if (found := await symbol_at(ls, params)) is None:
        return []
    desk, symbol, _ = found
    return [ls.location(spot, desk) for spot in lookup.definitions(desk.view, symbol)]


async def references(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    """Say where something is named."""
    if (found := await symbol_at(ls, params)) is None:
        return []
    desk, symbol, _ = found
    left_out = [] if params.context.include_declaration else desk.view.atlas.defined.get(symbol, [])
    return [ls.location(spot, desk) for spot in desk.view.atlas.mentioned(symbol) if spot not in left_out]


async def highlights(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
    """Say where in the same file something is named."""
    if (found := await symbol_at(ls, params)) is None:
        return []
    desk, symbol, _ = found
    uri = params.text_document.uri
    spots = [ls.location(spot, desk) for spot in desk.view.atlas.mentioned(symbol)]
    return [types.DocumentHighlight(spot.range) for spot in spots if spot.uri == uri]


async def symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Give what a file defines."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return []
    desk, document = held
    one = desk.fresh().atlas.sheets.get(document.name)
    if one is None:
        return []
    outline = lookup.outline(one)
    every = [mention for first, inner in outline for mention in (first, *inner)]
    label = {m: desk.view.label(Symbol(m.kind, m.scope, m.id)) for m in every}
    return protocol.symbols(outline, Text(one.text, ls.encoding), label)


async def symbol_at(
    ls: Server, params: Placed, *, exactly: bool = False
) -> tuple[Desk, Symbol, Stretch] | None:
    """Give what is named at a place; with `exactly`, only if the place lies in its name."""
    if (held := await ls.at(params.text_document.uri)) is None:
        return None
    desk, document = held
    offset = offset_of(Text(document.text, ls.encoding), params.position)
    found = lookup.symbol_at(desk.fresh(), document.name, document.text, offset, exactly=exactly)
    return (desk, *found) if found is not None else None


def offset_of(text: Text, position: types.Position) -> int:
    """Give the offset of a place."""
    return text.offset(position.line, position.character)
