"""What is named at a place, what is said of it, where it is defined and where it is mentioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.author.lsp import formats, words
from goldenthread.author.lsp.cursor import Cursor, cursor, kind_at
from goldenthread.author.lsp.expected import expected
from goldenthread.author.lsp.mentions import Mention, scope_of
from goldenthread.author.lsp.shape import Slot, shape_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.author.lsp.atlas import Sheet, Spot, Symbol
    from goldenthread.author.lsp.positions import Stretch
    from goldenthread.author.lsp.view import View

_OF = re.compile(r"\s+in\s+([a-z][a-z0-9_.]*)")


def mention_at(view: View, name: str, text: str, offset: int) -> Mention | None:
    """Give the name at a place of a text: as its tree has it, or, where it has none, as its lines look."""
    one = view.atlas.sheets.get(name)
    if one is not None and one.text == text:
        held = (mention for mention in one.mentions if mention.at.start <= offset <= mention.at.end)
        return next(held, None)
    return next(_guessed(view, text, offset), None)


def symbol_at(
    view: View, name: str, text: str, offset: int, *, exactly: bool = False
) -> tuple[Symbol, Stretch] | None:
    """Give what is named at a place, and from where to where its name stands.

    Of `phq9.item_9` only the instrument is a thing of its own; unless `exactly` is asked for, it stands for the rest.
    """
    mention = mention_at(view, name, text, offset)
    if mention is None:
        return None
    found = list(view.atlas.means(mention))
    here = next((one for one in found if one[1].start <= offset <= one[1].end), None)
    return here or (found[0] if found and not exactly else None)


def _guessed(view: View, text: str, offset: int) -> Iterator[Mention]:
    place, kind = cursor(text, offset), kind_at(text)
    if place is None or place.word.start == place.word.end:
        return
    word = text[place.word.start : place.word.end]
    data = {key: found for key in ("flowchart", "extends") if (found := formats.top(text, key))}
    for path, on_key in ((place.path, False), ((*place.path, word), True)):
        shape = shape_at(kind, path[:-1] if on_key else path)
        slot = shape.key if shape is not None and on_key else shape.slot if shape is not None else None
        if slot is None or (on_key and not place.key):
            continue
        scope = scope_of(kind, path, data | {"entries": {}})
        if slot.kind != "condition":
            yield Mention(slot.kind, scope, "", word, place.word, slot.defines)
            continue
        guesses = [Mention("fact", scope, "", word, place.word)]
        guesses += [Mention("option", scope, of, word, place.word) for of in _facts_beside(place, text)]
        yield from (guess for guess in guesses if any(view.atlas.means(guess)))


def _facts_beside(place: Cursor, text: str) -> list[str]:
    word = text[place.word.start : place.word.end]
    begun = place.before[: place.before.rfind(word[:1])] if word[:1] in place.before else place.before
    after = _OF.match(text, place.word.end)
    return [of for of in (expected(begun).of, after[1] if after else "") if of]


def hover(view: View, name: str, text: str, offset: int) -> tuple[str, Stretch] | None:
    """Say what stands at a place."""
    mention = mention_at(view, name, text, offset)
    if mention is None:
        return _hover_key(text, offset)
    found = list(view.atlas.means(mention))
    here = next((one for one in found if one[1].start <= offset <= one[1].end), None)
    if here is not None and here[0].kind not in {"instruments", "scale"} and (said := view.say(here[0])):
        return said, here[1]
    if mention.kind in {"fact", "named"}:
        fact = view.scope(mention.scope).find(mention.id)
        if fact is not None:
            more = [view.say(symbol) for symbol, _ in found if symbol.kind == "instruments"]
            return "\n\n---\n\n".join([words.fact(fact, view.library), *more]), mention.at
    if here is not None and (said := view.say(here[0])):
        return said, here[1]
    return None


def _hover_key(text: str, offset: int) -> tuple[str, Stretch] | None:
    """Say what a key is for, or a function of conditions."""
    place, kind = cursor(text, offset), kind_at(text)
    if place is None:
        return None
    word = text[place.word.start : place.word.end]
    said = formats.about(kind, (*place.path, word)) if place.key and word else ""
    if said:
        return f"**{word}:** {said}", place.word
    shape = shape_at(kind, place.path)
    if word in words.FUNCTIONS and shape is not None and shape.slot == Slot("condition"):
        return f"**{word}(…)** {words.FUNCTIONS[word]}", place.word
    return None


def definitions(view: View, symbol: Symbol) -> list[Spot]:
    """Give where a thing is defined: of several, that of the highest layer."""
    return view.atlas.defined.get(symbol, [])[-1:]


def outline(one: Sheet) -> list[tuple[Mention, list[Mention]]]:
    """Give what a file defines, with what each thing defines in turn: nodes with their options, goals with blanks."""
    found: list[tuple[Mention, list[Mention]]] = []
    for mention in one.mentions:
        if not mention.defines:
            continue
        if mention.kind in {"option", "blank", "scale", "band"} and found:
            found[-1][1].append(mention)
        else:
            found.append((mention, []))
    return found
