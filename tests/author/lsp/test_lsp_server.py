"""The server as an editor meets it, from the first key to the last."""

from __future__ import annotations

import asyncio
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from clinic import CASE, CLINIC, GOALS, ROLES, SLEEP, SMALL_FAULTS, TINY, WORRY, lay
from editor import Editor, applied, editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from goldenthread.loading.files import shipped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from click.testing import Result

FAULTY = CLINIC[SLEEP].replace("go: worry", "go: wory").replace("then == clock", "then == clok")


def session(
    folder: Path | None, act: Callable[[Editor], Awaitable[None]], *libraries: Path, **kept: Any
) -> None:
    """Run one editor from its start to its end."""

    async def run() -> None:
        async with editor(folder, *libraries, **kept) as one:
            await act(one)

    asyncio.run(run())


@pytest.mark.parametrize("by_command", [True, False], ids=["over stdio", "in a thread"])
def test_an_authoring_session(tmp_path: Path, by_command: bool) -> None:
    async def act(one: Editor) -> None:
        uri = one.open(lay(tmp_path) / SLEEP, FAULTY)
        option, node = await one.until(uri, ["C004", "R001"])
        assert option.message == "`clok` is not an option of `then`\nhelp: did you mean `clock`?"
        assert option.severity is types.DiagnosticSeverity.Error
        assert option.source == "goldenthread"
        line = FAULTY.splitlines()[option.range.start.line]
        assert line[option.range.start.character : option.range.end.character] == "clok"

        assert "an option that the question does not have" in await one.hover(uri, "== cl|ok")
        for found in (option, node):
            [action] = await one.actions(uri, found)
            assert action.edit is not None
            assert action.edit.changes is not None
            one.type(uri, one.apply(uri, list(action.edit.changes[uri])))
        assert one.texts[uri] == CLINIC[SLEEP]
        await one.until(uri, [])

        items = await one.complete(uri, "start: |wakes")
        assert [item.label for item in items] == ["wakes", "then", "worry", "done"]
        assert "40.2" in await one.hover(uri, "go: th|en")
        [there] = await one.definition(uri, "as: night_|waking")
        assert there.uri == (tmp_path / ROLES).as_uri()
        references = await one.references(uri, "      cl|ock: look")
        assert len(references) == 4
        others = await one.references(uri, "      cl|ock: look", declaration=False)
        assert len(others) == 3
        about = types.DocumentHighlightParams(**one.at(uri, "start: |wakes"))
        assert len(await one.client.text_document_document_highlight_async(about) or []) == 4
        assert await one.format(uri) == []
        [chart] = await one.symbols(uri)
        assert (chart.name, chart.detail) == ("sleep_clinic", "Waking at night")
        assert [node.name for node in chart.children or []] == ["bad", "wakes", "then", "worry", "done"]

        for new, reason in (("wakes", "there is a node `wakes` already"), ("No Id", "is no id")):
            with pytest.raises(JsonRpcException, match=reason):
                await one.rename(uri, "go: th|en", new)
        edit = await one.rename(uri, "go: th|en", "what_then")
        changed = {}
        for change in edit.document_changes or []:
            assert isinstance(change, types.TextDocumentEdit)
            name = change.text_document.uri
            assert change.text_document.version == one.versions.get(name)
            text = CLINIC[name.removeprefix(tmp_path.as_uri() + "/")]
            changed[name] = applied(text, [e for e in change.edits if isinstance(e, types.TextEdit)])
        assert set(changed) == {(tmp_path / file).as_uri() for file in (SLEEP, WORRY, CASE)}
        assert "  what_then:\n    number: 40.2\n    was: [then]\n" in changed[uri]
        for file in (WORRY, CASE):
            (tmp_path / file).write_text(changed[(tmp_path / file).as_uri()], encoding="utf-8")
        one.type(uri, changed[uri])
        one.disk(tmp_path / WORRY)
        await one.until(uri, [])

        one.type(uri, one.texts[uri].replace("review: {status: draft}", "review: {status:  draft}"))
        one.type(uri, one.apply(uri, await one.format(uri)))
        assert one.texts[uri] == changed[uri]

    session(tmp_path, act, by_command=by_command)


def test_what_is_typed_counts_and_what_cannot_be_read_keeps_its_last_good_state(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        uri = one.open(lay(tmp_path) / SLEEP)
        await one.until(uri, [])
        broken = CLINIC[SLEEP].replace("    end: It is known\n", "    end: It is known\n    open: [\n")
        one.type(uri, broken)
        assert "40.2" in await one.hover(uri, "go: th|en")
        assert [item.label for item in await one.complete(uri, "start: |wakes")][:2] == ["wakes", "then"]
        [found] = await one.until(uri, ["S004"])
        assert "help" in found.message
        assert await one.format(uri) == []
        with pytest.raises(JsonRpcException, match="cannot be read at present"):
            await one.rename(uri, "go: th|en", "what_then")
        worse = broken.replace("as: night_waking", "as: night_waking\n    wh")
        one.type(uri, worse)
        assert "why" in [item.label for item in await one.complete(uri, "    wh|\n")]
        one.type(uri, CLINIC[SLEEP])
        await one.until(uri, [])
        # A fault in one file is seen in another that is open, and goes when it is mended there.
        other = one.open(tmp_path / WORRY)
        await one.until(other, [])
        one.type(uri, CLINIC[SLEEP].replace("clock", "watch"))
        await one.until(other, ["C004"])
        one.type(uri, CLINIC[SLEEP])
        await one.until(other, [])

    session(tmp_path, act)


def test_changes_on_disk_are_seen_and_a_closed_file_is_the_disks_again(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        uri = one.open(lay(tmp_path) / SLEEP)
        await one.until(uri, [])
        roles = tmp_path / ROLES
        roles.write_text(CLINIC[ROLES].replace("night_waking:", "woken:"), encoding="utf-8")
        one.disk(roles)
        await one.has(uri, "R001")
        roles.write_text(CLINIC[ROLES], encoding="utf-8")
        one.disk(roles)
        await one.until(uri, [])
        one.type(uri, FAULTY)
        await one.until(uri, ["C004", "R001"])
        one.close(uri)
        await one.until(uri, [])
        assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in one.registered

    session(tmp_path, act)


def test_a_file_deleted_while_it_is_open_stays_until_it_is_closed(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        uri, goals = one.open(lay(tmp_path) / SLEEP), one.open(tmp_path / GOALS)
        await one.until(goals, [])
        (tmp_path / SLEEP).unlink()
        one.disk(tmp_path / SLEEP)
        one.type(uri, FAULTY)
        await one.until(uri, ["C004", "R001"])
        assert "40.2" in await one.hover(uri, "go: th|en")
        worry = one.open(tmp_path / WORRY)
        await one.until(worry, [])
        one.close(uri)
        await one.until(uri, [])
        # Now the questions are gone that this one reads.
        await one.has(worry, "C002")

    session(tmp_path, act)


def test_a_new_file_counts_before_it_is_saved(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        files = {name: text for name, text in CLINIC.items() if name != WORRY}
        lay(tmp_path, files)
        uri = one.open(tmp_path / SLEEP)
        await one.until(uri, ["R001"])
        one.open(tmp_path / WORRY, CLINIC[WORRY])
        await one.until(uri, [])

    session(tmp_path, act)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-32"])
def test_signs_of_every_width_before_a_place(tmp_path: Path, encoding: str) -> None:
    async def act(one: Editor) -> None:
        text = (
            CLINIC[SLEEP]
            .replace("go: worry", "go: wory")
            .replace(
                "      - when: bad",
                '      - {label: "é😴", when: bad or then == clok, go: done}\n      - when: bad',
            )
        )
        uri = one.open(lay(tmp_path) / SLEEP, text)
        found, _ = await one.until(uri, ["C004", "R001"])
        line = text.splitlines()[found.range.start.line]
        codec, width = {"utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1), "utf-32": ("utf-32-le", 4)}[
            encoding
        ]
        held = line.encode(codec)[width * found.range.start.character : width * found.range.end.character]
        assert held.decode(codec) == "clok"

    session(tmp_path, act, encodings=[encoding])


def test_other_line_ends_are_kept(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        lay(tmp_path)
        for end in ("\r\n", "\r"):
            uri = one.open(tmp_path / SLEEP, FAULTY.replace("\n", end))
            option, node = await one.until(uri, ["C004", "R001"])
            for found in (option, node):
                [action] = await one.actions(uri, found)
                assert action.edit is not None
                assert action.edit.changes is not None
                one.type(uri, one.apply(uri, list(action.edit.changes[uri])))
            assert one.texts[uri] == CLINIC[SLEEP].replace("\n", end)
            await one.until(uri, [])
            items = await one.complete(uri, "start: |wakes")
            assert [item.label for item in items][:2] == ["wakes", "then"]
            if end == "\r\n":
                one.type(uri, one.texts[uri].replace("{status: draft}", "{ status: draft }"))
                assert one.apply(uri, await one.format(uri)) == CLINIC[SLEEP].replace("\n", end)
            one.close(uri)

    session(tmp_path, act)


NONSENSE = {
    "": "S009",
    "\n\n# nothing\n": "S009",
    "flowchart: x\n\tnumber: 1\n": "S005",
    "\ufeffflowchart: [\n": "S004",
    "flowchart: x\u0000\n": "S002",
    "- a\n- b\n": "S009",
}


def test_a_file_that_holds_no_sense_is_told_so_and_asked_about_in_peace(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        uri = one.open(lay(tmp_path) / GOALS)
        await one.until(uri, [])
        for text, code in NONSENSE.items():
            one.type(uri, text)
            [found] = await one.until(uri, [code])
            place = {"text_document": types.TextDocumentIdentifier(uri), "position": found.range.start}
            await one.client.text_document_completion_async(types.CompletionParams(**place))
            assert code in str(await one.client.text_document_hover_async(types.HoverParams(**place)))
            assert await one.client.text_document_definition_async(types.DefinitionParams(**place)) == []
            assert [held.name for held in await one.symbols(uri)] == ["leave_the_clock"]
            assert await one.actions(uri, found) == []
            assert await one.format(uri) == []

    session(tmp_path, act)


def test_files_outside_any_library_are_left_in_peace(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        compose = one.open(tmp_path / "compose.yaml", "services:\n  web: {image: x, image: y}\n")
        assert await one.until(compose, []) == []
        case = one.open(tmp_path / "quiet-fox.yaml", "case: 2\nclient: quiet-fox\n")
        assert await one.until(case, []) == []
        # One of ours is held against its schema, and finds what the shipped library has.
        stray = one.open(tmp_path / "stray.yaml", "goals: own\nentries:\n  one:\n    targets: [avoidance]\n")
        await one.until(stray, None)
        assert {found.code for found in one.found[stray]} == {"F002"}
        first, *_ = await one.complete(stray, "[avoid|ance]")
        assert first.label == "avoidance"
        assert await one.complete(compose, "services:\n  |web") == []
        [where] = await one.definition(stray, "[avoid|ance]")
        assert where.uri.endswith("factors/perpetuating.yaml")
        unsaved = "untitled:Untitled-1"
        one.texts[unsaved], one.versions[unsaved] = "flowchart: x\n", 1
        item = types.TextDocumentItem(unsaved, "yaml", 1, "flowchart: x\n")
        one.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert {found.code for found in await one.until(unsaved, None)} == {"F002"}

    session(None, act)


def test_a_library_below_the_open_folder_is_found_by_its_files(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        uri = one.open(lay(tmp_path / "content") / SLEEP, FAULTY)
        await one.until(uri, ["C004", "R001"])

    session(tmp_path, act)


def test_named_libraries_are_the_only_ones_and_may_stand_alone(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        lay(tmp_path)
        goals = one.open(tmp_path / GOALS)
        # Without the shipped library nobody knows `sleep_effort`.
        found = await one.has(goals, "R001")
        assert any("`sleep_effort`" in each.message for each in found)

    session(tmp_path, act, tmp_path, only=True)


def test_what_has_to_be_proven_comes_a_little_later(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        name, old, new = SMALL_FAULTS["unproven"]
        uri = one.open(lay(tmp_path, TINY) / name, TINY[name].replace(old, new, 1))
        [found] = await one.until(uri, ["P002"])
        assert "first >= 5 and first < 3" in one.texts[uri].splitlines()[found.range.start.line]
        # While one types in it, it stays where it belongs; on another line, it moves along.
        one.type(uri, one.texts[uri].replace("purpose: Ask.", "purpose: Ask.\nlanguage: en"))
        moved = (await one.until(uri, ["P002"]))[0]
        assert moved.range.start.line == found.range.start.line + 1
        one.type(uri, TINY[name])
        await one.until(uri, [])

    session(tmp_path, act, tmp_path, only=True, proven=True)


def test_an_id_that_stands_twice_leads_to_where_it_stood_first(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        text = CLINIC[GOALS].replace("leave_the_clock:", "avoidance:")
        uri = one.open(lay(tmp_path) / GOALS, text)
        found = next(each for each in await one.until(uri, None) if each.code == "R002")
        assert found.related_information is not None
        [related] = found.related_information
        assert related.location.uri.endswith("goalbank/factors/perpetuating.yaml")
        twice = CLINIC[GOALS].replace("    time: weeks\n", "    time: weeks\n    time: weeks\n")
        one.type(uri, twice)
        [found] = await one.until(uri, ["S006"])
        assert found.related_information is not None
        [related] = found.related_information
        assert related.location.range.start.line == found.range.start.line - 1

    session(tmp_path, act)


def test_what_the_plan_reads_and_what_is_shipped_keep_their_names(tmp_path: Path) -> None:
    async def act(one: Editor) -> None:
        for folder in ("flowcharts", "goalbank"):
            shutil.copytree(shipped() / folder, tmp_path / folder)
        uri = one.open(tmp_path / "goalbank/roles/problem.yaml")
        await one.until(uri, [])
        with pytest.raises(JsonRpcException, match="would have a new fault: no question on any route"):
            await one.rename(uri, "  wanted_|change:\n", "hopes")

    session(tmp_path, act, tmp_path, only=True)

    async def over(one: Editor) -> None:
        goals = one.open(lay(tmp_path / "over") / GOALS)
        await one.until(goals, [])
        asked = types.PrepareRenameParams(**one.at(goals, "[sleep_|effort]"))
        with pytest.raises(JsonRpcException, match="not part of your library"):
            await one.client.text_document_prepare_rename_async(asked)
        found = await one.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(**one.at(goals, "  leave_the|_clock:\n"))
        )
        assert isinstance(found, types.PrepareRenamePlaceholder)
        assert found.placeholder == "leave_the_clock"
        assert (
            await one.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(**one.at(goals, "Put the clock out of sig|ht"))
            )
            is None
        )

    session(tmp_path / "over", over)


def test_what_is_not_installed_is_asked_for(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("goldenthread.author.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    result = run("lsp", code=1)
    assert "the language server needs more than is installed (lsprotocol)" in result.stderr
    assert "pip install 'goldenthread[author]'" in result.stderr


def test_only_needs_a_library(run: Callable[..., Result]) -> None:
    assert "--only leaves the shipped library out" in run("lsp", "--only", code=2).stderr
