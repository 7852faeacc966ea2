"""A key typed in the largest shipped file, until its completion is there: beside a request that asks nothing."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types
from tests.author.lsp.editor import Editor, editor, position
from tests.bench.measure import Pair

from goldenthread.loading.files import library_files, shipped

if TYPE_CHECKING:
    from collections.abc import Awaitable

KEYS = 30
_NOWHERE = types.HoverParams(types.TextDocumentIdentifier("file:///nowhere.yaml"), types.Position(0, 0))
_WORD = "avoidance in perp"


@dataclass(frozen=True, slots=True)
class Typing:
    """Seconds by the clock: each key beside an empty request, the slowest of them, and until what is wrong is shown."""

    key: Pair
    slowest: float
    shown: float
    size: int


def bench() -> Typing:
    """Type in the largest file of the shipped library."""
    return asyncio.run(_type())


async def _type() -> Typing:
    path = max(library_files(shipped()), key=lambda path: path.stat().st_size)
    async with editor(shipped(), by_command=True) as one:
        uri = one.open(path)
        await one.until(uri, [])
        before = one.texts[uri].rstrip("\n") + "\n    caution:\n      - when: "
        empty, keys = [], []
        for n in range(KEYS):
            empty.append(await _seconds(one.client.text_document_hover_async(_NOWHERE)))
            text = before + _WORD[: 1 + n % len(_WORD)]
            one.type(uri, text)
            place = position(text, len(text))
            asked = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
            keys.append(await _seconds(one.client.text_document_completion_async(asked)))
        shown = await _shown(one, uri, path.read_text(encoding="utf-8"))
    ratio = statistics.median(key / none for key, none in zip(keys, empty, strict=True))
    pair = Pair(statistics.median(keys), statistics.median(empty), ratio)
    return Typing(pair, max(keys), shown, path.stat().st_size)


async def _shown(one: Editor, uri: str, sound: str) -> float:
    """Give the seconds from the last key of a misspelt name until it is marked, the pause for more keys included."""
    spent = []
    for n in range(3):
        one.type(uri, sound)
        await one.until(uri, [])
        one.type(uri, sound.replace("interventions: [", f"interventions: [exposur{n}, ", 1))
        spent.append(await _seconds(one.has(uri, "R001")))
    return statistics.median(spent)


async def _seconds(asked: Awaitable[object]) -> float:
    begun = time.perf_counter()
    await asked
    return time.perf_counter() - begun
