"""What is said of the thing at a place, and where it is defined; with a tree, and while the file cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from clinic import CASE, GOALS, SLEEP, WORRY, lay, view_of

from goldenthread.author.lsp import words
from goldenthread.author.lsp.lookup import definitions, hover, outline, symbol_at
from goldenthread.author.lsp.view import View, carried
from goldenthread.diagnostics.codes import CODES
from goldenthread.loading import Workspace, load

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "\n  open: [\n"


@pytest.fixture
def clinic(tmp_path: Path) -> View:
    return view_of(Workspace([lay(tmp_path)]))


def at(view: View, file: str, where: str) -> tuple[str, str, int]:
    one = next(one for one in view.atlas.sheets.values() if one.name.endswith(file))
    before, _, after = where.partition("|")
    assert one.text.count(before + after) == 1
    return one.name, one.text, one.text.index(before + after) + len(before)


SAID = [
    (SLEEP, "go: th|en", ["40.2", "What does {client} do then", "`clock` look at the clock", "→ `done`"]),
    (SLEEP, "as: night_|waking", ["yes or no", "the client sleeps through", "`sleep_clinic.wakes`"]),
    (SLEEP, "when: |bad or", ["derived fact", "wakes and then == clock"]),
    (SLEEP, "then == cl|ock", ["look at the clock", "`sleep_clinic.then`"]),
    (SLEEP, "visit: worry|_clinic", ["41", "Worry at night", "3 nodes"]),
    (WORRY, "measure: |gad7", ["Generalized Anxiety Disorder-7", "`moderate` 10 to 14"]),
    (WORRY, "gad7.|band in", ["in order", "Generalized Anxiety Disorder-7"]),
    (WORRY, "avoid|ance in perp", ["avoidance of feared situations", "factor", "perpetuating"]),
    (GOALS, "[stimulus|_control]", ["intervention"]),
    (GOALS, "to: ti|mes", ["blank of `leave_the_clock`"]),
    (CASE, "  sleep_clinic.th|en:", ["40.2", "What does {client} do then"]),
]


@pytest.mark.parametrize(("file", "where", "said"), SAID)
def test_hovering_says_what_a_thing_is(clinic: View, file: str, where: str, said: list[str]) -> None:
    found = hover(clinic, *at(clinic, file, where))
    assert found is not None
    assert [part for part in said if part not in found[0]] == []


@pytest.mark.parametrize(("file", "where", "said"), [one for one in SAID if one[0] != CASE])
def test_so_it_does_while_the_file_cannot_be_read(
    clinic: View, file: str, where: str, said: list[str]
) -> None:
    name, text, offset = at(clinic, file, where)
    found = hover(clinic, name, text + BROKEN, offset)
    assert found is not None
    assert [part for part in said if part not in found[0]] == []


def test_a_key_says_what_it_is_for_and_a_plain_word_says_nothing(clinic: View) -> None:
    found = hover(clinic, *at(clinic, SLEEP, "    visi|t:"))
    assert found is not None
    assert "Flowchart" in found[0] or "flowchart" in found[0]
    found = hover(clinic, *at(clinic, SLEEP, "kno|wn(night_waking)"))
    assert found is not None
    assert "there is a value" in found[0]
    assert hover(clinic, *at(clinic, SLEEP, "Find out what wa|kes")) is None


@pytest.mark.parametrize("broken", ["", BROKEN])
@pytest.mark.parametrize(
    ("file", "where", "there", "line"),
    [
        (SLEEP, "go: th|en", SLEEP, "  then:"),
        (SLEEP, "as: night_|waking", "roles/own.yaml", "  night_waking:"),
        (SLEEP, "visit: worry|_clinic", WORRY, "flowchart: worry_clinic"),
        (WORRY, "then == cl|ock", SLEEP, "      clock: look at the clock"),
        (WORRY, "gad7.|band in", "instruments/anxiety.yaml", "  gad7:"),
        (WORRY, "avoid|ance in perp", "factors/perpetuating.yaml", "  avoidance:"),
        (GOALS, "to: ti|mes", GOALS, "      times: {number: 1, between: [0, 7]}"),
    ],
)
def test_a_definition_is_found_in_its_file(
    clinic: View, file: str, where: str, there: str, line: str, broken: str
) -> None:
    name, text, offset = at(clinic, file, where)
    found = symbol_at(clinic, name, text + broken, offset)
    assert found is not None
    [spot] = definitions(clinic, found[0])
    assert spot.file.endswith(there)
    held = clinic.atlas.sheets[spot.file].text
    assert held[: spot.at.start].rpartition("\n")[2] + held[spot.at.start :].partition("\n")[0] == line


def test_references_stand_in_every_file(clinic: View) -> None:
    found = symbol_at(clinic, *at(clinic, SLEEP, "      cl|ock: look"))
    assert found is not None
    files = [spot.file.rpartition("/")[2] for spot in clinic.atlas.mentioned(found[0])]
    assert sorted(files) == ["clock.yaml", "sleep.yaml", "sleep.yaml", "worry.yaml"]


def test_the_outline_has_nodes_with_their_options_and_goals_with_their_blanks(clinic: View) -> None:
    def names(file: str) -> list[tuple[str, list[str]]]:
        one = next(one for one in clinic.atlas.sheets.values() if one.name.endswith(file))
        return [(first.id, [inner.id for inner in held]) for first, held in outline(one)]

    assert names(SLEEP) == [
        ("sleep_clinic", []),
        ("bad", []),
        ("wakes", []),
        ("then", ["clock", "up"]),
        ("worry", []),
        ("done", []),
    ]
    assert names(GOALS) == [("leave_the_clock", ["weeks", "times", "baseline"])]


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_said(code: str) -> None:
    assert CODES[code].title in words.code(code)
    assert f"goldenthread explain {code}" in words.code(code)


def test_an_unknown_code_says_nothing() -> None:
    assert words.code("X999") == ""


def test_every_entry_node_and_fact_of_the_shipped_library_can_be_said() -> None:
    library, _ = load()
    for entry in library.entries():
        assert words.name_of(entry) in words.entry(entry)
    for node in library.nodes():
        assert node.key in words.node(node, library)
    for fact in library.facts.values():
        assert fact.key in words.fact(fact, library)


def test_what_cannot_be_made_while_it_is_mended_stands_as_it_was(tmp_path: Path) -> None:
    space = Workspace([lay(tmp_path)])
    before, _ = space.load()
    path = tmp_path / SLEEP
    text = path.read_text(encoding="utf-8")
    for broken in (text + BROKEN, text.replace("    end: It is known", "    end:")):
        now, report = space.load({path: broken})
        assert report.errors
        assert "sleep_clinic" not in now.flowcharts
        held = carried(now, before, space.parsed)
        assert held.flowcharts["sleep_clinic"].nodes["then"].number == "40.2"
        assert held.facts["sleep_clinic.then"].type.options == {"clock": "look at the clock", "up": "get up"}
        assert held.goals["leave_the_clock"]


def test_what_an_author_takes_out_is_gone(tmp_path: Path) -> None:
    space = Workspace([lay(tmp_path)])
    before, _ = space.load()
    goals = (tmp_path / GOALS).read_text(encoding="utf-8").replace("leave_the_clock:", "another:")
    now, _ = space.load({tmp_path / GOALS: goals})
    held = carried(now, before, space.parsed)
    assert "leave_the_clock" not in held.goals
    (tmp_path / SLEEP).unlink()
    now, _ = space.load()
    assert "sleep_clinic" not in carried(now, before, space.parsed).flowcharts
