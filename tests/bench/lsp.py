"""Keys typed in the largest shipped file, each until its completion is there, with pauses in which checks begin."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from tests.author.lsp.editor import Editor, editor, position
from tests.bench.measure import Pair

from goldenthread.loading.files import library_files, shipped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

KEYS = 100
_PAUSES = (0.0, 0.0, 0.05, 0.16, 0.2, 0.25, 0.0, 0.3)
"""Seconds before each key, over and over: checks begin 0.15 s after one, so keys come into every part of them."""
_NOWHERE = types.HoverParams(types.TextDocumentIdentifier("file:///nowhere.yaml"), types.Position(0, 0))
_WORD = "avoidance in perp"


@dataclass(frozen=True, slots=True)
class Spread:
    """Half of the keys took no longer than `median`, 95 of 100 no longer than `most`, none longer than `slowest`."""

    median: float
    most: float
    slowest: float


@dataclass(frozen=True, slots=True)
class Typing:
    """Seconds: keys by the clock and beside an empty request, the processor's share, and until a fault is shown."""

    beside: Pair
    clock: Spread
    spent: Spread | None
    """Processor time of the thread that answers; None where the system does not tell it."""
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
        empty, keys, spent = [], [], []
        for n in range(KEYS):
            await asyncio.sleep(_PAUSES[n % len(_PAUSES)])
            empty.append(await _seconds(one.client.text_document_hover_async(_NOWHERE)))
            begun = _answering(one)
            text = before + _WORD[: 1 + n % len(_WORD)]
            one.type(uri, text)
            place = position(text, len(text))
            asked = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
            keys.append(await _seconds(one.client.text_document_completion_async(asked)))
            spent.append((_answering(one) or 0) - begun if begun is not None else None)
        shown = await _shown(one, uri, path.read_text(encoding="utf-8"))
    ratio = statistics.median(key / none for key, none in zip(keys, empty, strict=True))
    pair = Pair(statistics.median(keys), statistics.median(empty), ratio)
    told = [one for one in spent if one is not None]
    return Typing(pair, _spread(keys), _spread(told) if told else None, shown, path.stat().st_size)


def _spread(seconds: Sequence[float]) -> Spread:
    ordered = sorted(seconds)
    return Spread(statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])


def _answering(one: Editor) -> float | None:
    """Give the processor time in seconds that the server's first thread, which answers, has taken so far."""
    process = one.client._server  # pygls gives no other way to it
    try:
        told = Path(f"/proc/{process.pid}/schedstat").read_text(encoding="ascii") if process else ""
    except OSError:
        return None
    return int(told.split()[0]) / 1e9 if told else None


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
