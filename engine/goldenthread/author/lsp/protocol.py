"""Our values to those of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from goldenthread.author.lsp import words
from goldenthread.author.lsp.positions import Stretch, Text
from goldenthread.author.lsp.rename import edits_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.author.lsp.completion import Item, Offered
    from goldenthread.author.lsp.mentions import Mention
    from goldenthread.diagnostics import Diagnostic

SOURCE = "goldenthread"
_LEVELS = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_ITEMS = {
    "key": types.CompletionItemKind.Property,
    "word": types.CompletionItemKind.Keyword,
    "node": types.CompletionItemKind.Reference,
    "flowchart": types.CompletionItemKind.Module,
    "fact": types.CompletionItemKind.Variable,
    "option": types.CompletionItemKind.EnumMember,
    "entry": types.CompletionItemKind.Value,
    "source": types.CompletionItemKind.File,
    "function": types.CompletionItemKind.Function,
}
_SYMBOLS = {
    "flowchart": types.SymbolKind.Module,
    "node": types.SymbolKind.Function,
    "derived": types.SymbolKind.Variable,
    "option": types.SymbolKind.EnumMember,
    "blank": types.SymbolKind.Field,
    "scale": types.SymbolKind.Number,
    "band": types.SymbolKind.EnumMember,
    "roles": types.SymbolKind.Interface,
    "references": types.SymbolKind.File,
}


def range_of(at: Stretch, text: Text) -> types.Range:
    """Give a stretch as lines and columns."""
    return types.Range(types.Position(*text.position(at.start)), types.Position(*text.position(at.end)))


def diagnostic(found: Diagnostic, text: Text, related: types.Location | None) -> types.Diagnostic:
    """Give a finding, in the words of `goldenthread check`."""
    parts = [
        found.message,
        *(f"{word}: {said}" for word, said in (("note", found.note), ("help", found.help)) if said),
    ]
    about = (
        [types.DiagnosticRelatedInformation(related, "it stands first here")] if related is not None else None
    )
    return types.Diagnostic(
        range=range_of(text.stretch(found.span), text),
        message="\n".join(parts),
        severity=_LEVELS[found.level],
        code=found.code,
        source=SOURCE,
        related_information=about,
        data={"message": found.message, "help": found.help},
    )


def completions(offered: Offered, text: Text) -> types.CompletionList:
    """Give what can be typed, in its order."""
    at = range_of(offered.word, text)
    items = [_item(item, n, at) for n, item in enumerate(offered.items)]
    return types.CompletionList(is_incomplete=not offered.whole, items=items)


def _item(item: Item, n: int, at: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=item.text,
        kind=_ITEMS[item.sort],
        label_details=types.CompletionItemLabelDetails(description=item.detail) if item.detail else None,
        detail=item.detail or None,
        documentation=markdown(item.about) if item.about else None,
        sort_text=f"{n:04}",
        # So that `kroenke` and `worry` find what they are part of the name of.
        filter_text=f"{item.text} {item.detail}".strip(),
        text_edit=types.TextEdit(at, item.insert or item.text),
    )


def markdown(text: str) -> types.MarkupContent:
    """Give a text that has its marks in Markdown."""
    return types.MarkupContent(types.MarkupKind.Markdown, text)


def symbols(
    outline: Iterable[tuple[Mention, list[Mention]]], text: Text, label: dict[Mention, str]
) -> list[types.DocumentSymbol]:
    """Give what a file defines, as an outline."""
    found = list(outline)
    made = []
    for n, (mention, inner) in enumerate(found):
        end = found[n + 1][0].at.start if n + 1 < len(found) else len(text.text)
        if n == 0 and mention.kind in {"flowchart", "vignette"}:
            end = len(text.text)
        children = [_symbol(one, one.at, text, label, []) for one in inner]
        made.append(_symbol(mention, _trimmed(mention.at.start, end, text.text), text, label, children))
    if made and found[0][0].kind in {"flowchart", "vignette"}:
        first, *rest = made
        first.children = rest
        return [first]
    return made


def _trimmed(start: int, end: int, text: str) -> Stretch:
    return Stretch(start, start + len(text[start:end].rstrip()))


def _symbol(
    mention: Mention,
    whole: Stretch,
    text: Text,
    label: dict[Mention, str],
    children: list[types.DocumentSymbol],
) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=mention.id,
        kind=_SYMBOLS.get(mention.kind, types.SymbolKind.Class),
        range=range_of(Stretch(whole.start, max(whole.end, mention.at.end)), text),
        selection_range=range_of(mention.at, text),
        detail=label.get(mention) or words.one(mention.kind),
        children=children or None,
    )


def text_edits(old: Text, new: str) -> list[types.TextEdit]:
    """Give the changes that lead from one text to another."""
    return [types.TextEdit(range_of(edit.at, old), edit.text) for edit in edits_between(old.text, new)]
