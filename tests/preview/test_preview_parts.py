"""The parts of the preview apart from its page: what is looked at, where findings belong, what is made when."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from previewing import TALK

from browsing import eventually
from goldenthread.cli.preview import command
from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.preview import snapshot as stages_of
from goldenthread.preview.editors import EDITORS, spot
from goldenthread.preview.placing import outline
from goldenthread.preview.rows import gravest
from goldenthread.preview.snapshot import Builder, Snapshot
from goldenthread.preview.watch import standing
from goldenthread.preview.workshop import Workshop

if TYPE_CHECKING:
    from pathlib import Path

LINES = TALK.splitlines()
LEVELS = ("note", "warning", "error", "warning", "note")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "flowcharts").mkdir(parents=True)
    (folder / "flowcharts" / "talk.yaml").write_text(TALK, encoding="utf-8")
    return folder


def line(words: str) -> int:
    return next(n for n, each in enumerate(LINES, start=1) if words in each)


# What is looked at


def test_what_is_saved_added_or_taken_away_is_seen(own: Path) -> None:
    path = own / "flowcharts" / "talk.yaml"
    before = standing([own])
    assert standing([own]) == before
    path.write_text(TALK + "# more\n", encoding="utf-8")
    saved = standing([own])
    assert saved != before
    (own / "flowcharts" / "vignettes").mkdir()
    (own / "flowcharts" / "vignettes" / "a.yaml").write_text("vignette: a\n", encoding="utf-8")
    added = standing([own])
    assert len(added) == len(saved) + 1
    path.unlink()
    assert len(standing([own])) == 1


def test_one_file_and_a_folder_that_is_not_there_can_be_looked_at(own: Path) -> None:
    assert len(standing([own / "flowcharts" / "talk.yaml"])) == 1
    assert standing([own / "nowhere"]) == frozenset()


# Where a finding belongs


@pytest.mark.parametrize(
    ("words", "node"),
    [
        ("ask: Does it", "opening"),
        ("otherwise: nothing", "opening"),
        ("between:", "how_often"),
        ("title:", ""),
    ],
)
@pytest.mark.parametrize("broken", [False, True], ids=["sound", "broken"])
def test_a_line_is_about_the_node_that_it_stands_in(words: str, node: str, broken: bool) -> None:
    text = TALK.replace("end: Nothing happens", 'end: "Nothing happens') if broken else TALK
    found = outline(text, "talk.yaml")
    assert found is not None
    assert found.at(line(words)) == ("talk", node)


def test_what_stands_after_the_nodes_is_about_none_of_them() -> None:
    text = TALK + "facts:\n  sure: opening\n"
    for sound in (text, text + "  - x: [\n"):
        found = outline(sound, "talk.yaml")
        assert found is not None
        assert found.at(len(LINES) + 2) == ("talk", "")
        assert found.at(len(LINES)) == ("talk", "nothing")


def test_the_end_of_a_file_that_cannot_be_read_is_about_no_node() -> None:
    found = outline(TALK.replace("end: Nothing happens", 'end: "Nothing happens'), "talk.yaml")
    assert found is not None
    assert found.at(len(LINES)) == ("talk", "")


def test_nodes_in_brackets_and_an_addition_are_placed_too() -> None:
    found = outline("flowchart: more\nextends: talk\nnodes: {\n  a: {end: A},\n  b: {end: B}}\n", "more.yaml")
    assert found is not None
    assert (found.at(4), found.at(5)) == (("talk", "a"), ("talk", "b"))


@pytest.mark.parametrize("text", ["goals: own\nentries: {}\n", "goals: own\n  x: [\n", ""])
def test_a_file_without_a_flowchart_has_no_outline(text: str) -> None:
    assert outline(text, "x.yaml") is None


# Links to an editor


@pytest.mark.parametrize(
    ("editor", "href"),
    [
        ("vscode", "vscode://file/lib/a%20b/x.yaml:3:7"),
        ("cursor", "cursor://file/lib/a%20b/x.yaml:3:7"),
        ("idea", "idea://open?file=/lib/a%20b/x.yaml&line=3&column=7"),
        ("sublime", "subl://open?url=file:///lib/a%20b/x.yaml&line=3&column=7"),
        ("none", ""),
    ],
)
def test_a_place_opens_in_each_editor(editor: str, href: str) -> None:
    assert spot(Span("/lib/a b/x.yaml", 3, 7), editor) == ("x.yaml:3:7", "/lib/a b/x.yaml:3:7", href)


def test_the_command_offers_the_editors_that_there_are() -> None:
    (option,) = [each for each in command.params if each.name == "editor"]
    assert list(option.type.choices) == list(EDITORS)


# What is made when


def test_it_is_drawn_first_then_checked_then_tried_and_what_was_found_stands_meanwhile(own: Path) -> None:
    builder = Builder([own], only=True)
    *_, sound = builder.build(Snapshot())
    assert (sound.stage, len(sound.report), sound.trial.ran) == ("proven", 0, True)
    text = TALK.replace("when: opening", "when: openning")
    (own / "flowcharts" / "talk.yaml").write_text(text, encoding="utf-8")
    loaded, checked, tried, proven = builder.build(sound)
    assert (loaded.stage, loaded.report, loaded.trial) == ("loaded", sound.report, sound.trial)
    assert loaded.library is not sound.library
    assert [(d.code, checked.places[d]) for d in checked.report] == [("C002", ("talk", "opening"))]
    assert (checked.trial, tried.trial.ran) == (sound.trial, False)
    assert proven.report.found == checked.report.found
    assert loaded.number < checked.number < tried.number < proven.number


def test_what_a_proof_found_stands_until_the_next_proof_and_shows_its_answers(own: Path) -> None:
    path = own / "flowcharts" / "talk.yaml"
    path.write_text(
        TALK.replace("      - otherwise: nothing\n", "      - {when: opening, go: nothing}\n" * 2),
        encoding="utf-8",
    )
    builder = Builder([own], only=True)
    *_, first = builder.build(Snapshot())
    assert first.proven
    assert any(found.answers for found in first.proven)
    loaded, checked, _, again = builder.build(first)
    assert loaded.report == checked.report == first.report
    assert again.proven == first.proven
    path.write_text(TALK, encoding="utf-8")
    *_, mended = builder.build(again)
    assert (mended.proven, len(mended.report)) == ((), 0)


def test_a_flowchart_whose_id_was_changed_is_not_kept_as_an_old_one(own: Path) -> None:
    builder = Builder([own], only=True)
    *_, sound = builder.build(Snapshot())
    broken = TALK.replace("flowchart: talk", "flowchart: speech").replace("answer: number", "answer: nummer")
    (own / "flowcharts" / "talk.yaml").write_text(broken, encoding="utf-8")
    *_, after = builder.build(sound)
    assert after.shown == {}
    assert after.report.errors


def test_a_flowchart_that_is_added_to_is_ones_own(own: Path) -> None:
    text = "flowchart: more\nextends: goals\nnodes: {more: {end: More}}\n"
    (own / "flowcharts" / "more.yaml").write_text(text, encoding="utf-8")
    *_, now = Builder([own], only=False).build(Snapshot())
    assert {id_ for id_, shown in now.shown.items() if shown.own} == {"talk", "goals"}


def test_a_save_in_the_middle_of_a_check_is_not_lost(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Workshop([own], only=True)
    path, real = own / "flowcharts" / "talk.yaml", shop._builder.build

    def slow(last: Snapshot):
        for number, snapshot in enumerate(real(last)):
            yield snapshot
            if number == 1 and "Once more" not in path.read_text(encoding="utf-8"):
                path.write_text(TALK.replace("A talk", "Once more"), encoding="utf-8")
                shop.look(at_once=True)

    monkeypatch.setattr(shop._builder, "build", slow)
    threading.Thread(target=shop.work, daemon=True).start()
    eventually(
        lambda: shop.now.library.flowcharts and shop.now.library.flowcharts["talk"].title == "Once more"
    )
    assert shop.wait(10).stage in {"checked", "tried", "proven"}
    eventually(lambda: not shop.busy)


def test_what_nobody_foresaw_is_shown_and_the_next_save_is_seen(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = Workshop([own], only=True)
    shop.make()
    good = shop.now

    def breaks(last: Snapshot):
        raise KeyError("a word of the content")

    with monkeypatch.context() as patch:
        patch.setattr(shop._builder, "build", breaks)
        shop.make()
    assert shop.now.failed.startswith("KeyError at test_preview_parts.py:")
    assert shop.now.library is good.library
    assert "a word of the content" not in capsys.readouterr().err
    shop.make()
    assert shop.now.failed == ""


def test_a_proof_in_a_process_of_its_own_lets_a_later_save_come_first(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages_of, "_A_WHILE", 0.0)
    builder = Builder([own], only=True, apart=True)
    stages = [now.stage for now in builder.build(Snapshot())]
    # The process has to start: meanwhile what is known is given again and again.
    assert stages[:3] == ["loaded", "checked", "tried"]
    assert stages.count("tried") > 1
    assert stages[-1] == "proven"
    text = (own / "flowcharts/talk.yaml").read_text(encoding="utf-8")
    never = text.replace("when: opening", "when: opening and not opening", 1)
    assert never != text
    (own / "flowcharts/talk.yaml").write_text(never, encoding="utf-8")
    *_, first = builder.build(Snapshot())
    assert [found.code for found in first.proven] == ["P002"]
    # What is asked for while another proof is made, and left, does not answer for the next.
    made = builder.build(first)
    assert [next(made).stage for _ in range(4)][-1] == "tried"
    made.close()
    (own / "flowcharts/talk.yaml").write_text(text, encoding="utf-8")
    *_, mended = builder.build(first)
    assert mended.proven == ()


def test_of_very_many_findings_the_gravest_are_kept_in_their_order() -> None:
    found = [Diagnostic(level, "G008", str(n), Span("x.yaml", n, 1)) for n, level in enumerate(LEVELS, 1)]
    assert [one.message for one in gravest(found, 3)] == ["2", "3", "4"]
    assert gravest(found, 9) == found
