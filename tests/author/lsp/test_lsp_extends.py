"""What an unsaved file adds to the library below it, as an editor shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clinic import lay
from editor import Editor, editor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

TALK = "flowcharts/talk.yaml"
BELOW = {
    TALK: """\
flowchart: talk
number: 1
title: Talk
phase: problem
purpose: Ask.
root: true
start: place
review: {status: draft}

nodes:
  place:
    number: 1.1
    ask: Where?
    as: place
    next: done

  done:
    end: It is known
""",
    "goalbank/roles/places.yaml": """\
roles: places
review: {status: draft}
entries:
  place:
    label: the place
    about: Where it happens.
    answer: choice
    options:
      home: at home
      street: in the street
""",
}
MORE, READS = "goalbank/roles/more.yaml", "flowcharts/reads.yaml"
ADDED = """\
roles: more
review: {status: draft}
entries:
  more_places:
    extends: place
    options:
      work: at work
"""
READING = """\
flowchart: reads
number: 2
title: Reads
phase: problem
purpose: Read.
root: true
start: begin
review: {status: draft}

nodes:
  begin:
    number: 2.1
    visit: talk
    next:
      - when: place == work
        go: there
      - otherwise: elsewhere

  there:
    end: At work

  elsewhere:
    end: Elsewhere
"""


def session(folder: Path, act: Callable[[Editor], Awaitable[None]]) -> None:
    """Open an editor on two libraries, one over the other; the upper one has no file yet."""
    below, over = lay(folder / "below", BELOW), folder / "over"
    for name in (MORE, READS):
        (over / name).parent.mkdir(parents=True, exist_ok=True)

    async def run() -> None:
        async with editor(over, below, over, only=True) as one:
            await act(one)

    asyncio.run(run())


def test_what_an_unsaved_file_adds_counts_at_once_in_another(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        reads = one.open(tmp_path / "over" / READS, READING)
        [found] = await one.until(reads, ["C004"])
        assert "`work` is not an option of `place`" in found.message
        more = one.open(tmp_path / "over" / MORE, ADDED)
        await one.until(reads, [])
        await one.until(more, [])
        assert [item.label for item in await one.complete(more, "extends: |place")] == ["place"]
        assert "Where it happens." in await one.hover(more, "extends: pla|ce")
        [below] = await one.definition(more, "extends: pla|ce")
        assert below.uri == (tmp_path / "below/goalbank/roles/places.yaml").as_uri()
        [there] = await one.definition(reads, "place == wo|rk")
        assert there.uri == more
        assert "work" in [item.label for item in await one.complete(reads, "place == |work")]
        edit = await one.rename(more, "      wo|rk: at work", "office")
        texts = {change.text_document.uri for change in edit.document_changes or []}  # type: ignore[union-attr]
        assert texts == {more, reads}
        # Closed without being saved, it is gone.
        one.close(more)
        await one.until(reads, ["C004"])

    session(tmp_path, act)


def test_what_it_adds_stays_known_while_it_cannot_be_made(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        reads, more = one.open(tmp_path / "over" / READS, READING), one.open(tmp_path / "over" / MORE, ADDED)
        await one.until(reads, [])
        for text, code in (
            (ADDED + "    caution: [\n", "S004"),
            (ADDED.replace("options:", "optoins:"), "F001"),
            (ADDED.replace("work: at work", "work: {lable: at work}"), "F001"),
        ):
            one.type(more, text)
            await one.has(more, code)
            # What follows from it is not said as well, and goes on being offered.
            one.type(reads, one.texts[reads] + "# and on\n")
            await one.until(reads, [])
            assert "work" in [item.label for item in await one.complete(reads, "place == |work")]
        one.type(more, ADDED)
        await one.until(more, [])

    session(tmp_path, act)


def test_a_misspelt_id_is_mended_by_the_change_that_is_offered(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        more = one.open(tmp_path / "over" / MORE, ADDED.replace("extends: place", "extends: plaice"))
        [found] = await one.until(more, ["R004"])
        [action] = await one.actions(more, found)
        assert action.edit is not None
        assert action.edit.changes is not None
        one.type(more, one.apply(more, list(action.edit.changes[more])))
        assert one.texts[more] == ADDED
        await one.until(more, [])

    session(tmp_path, act)


def test_a_node_that_an_unsaved_file_adds_is_one_of_the_flowcharts(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        text = (
            "flowchart: more_talk\nextends: talk\nreview: {status: draft}\nnodes:\n"
            "  later:\n    number: 1.2\n    ask: Later?\n    answer: yes_no\n    next: done\n"
        )
        more = one.open(tmp_path / "over/flowcharts/more.yaml", text)
        [found] = await one.until(more, ["G001"])
        assert "`later`" in found.message
        assert "done" in [item.label for item in await one.complete(more, "next: |done")]
        assert "It is known" in await one.hover(more, "next: do|ne")
        assert "Later?" in await one.hover(more, "  lat|er:")

    session(tmp_path, act)
