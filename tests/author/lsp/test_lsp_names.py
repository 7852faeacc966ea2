"""Every name of a library: it stands where it is said to, means what it should, and is found without a tree too."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from clinic import CLINIC, SLEEP, WORRY, lay, shipped_view, view_of

from goldenthread.author.lsp.atlas import Atlas, Symbol, sheet
from goldenthread.author.lsp.cursor import cursor
from goldenthread.author.lsp.formats import keys_at
from goldenthread.author.lsp.mentions import places
from goldenthread.author.lsp.shape import SHAPES, Shape, shape_at
from goldenthread.loading import Workspace, schema
from goldenthread.session.uses import uses
from goldenthread.source import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goldenthread.author.lsp.atlas import Sheet
    from goldenthread.author.lsp.view import View


@pytest.fixture
def clinic(tmp_path: Path) -> View:
    return view_of(Workspace([lay(tmp_path)]))


def read(text: str, name: str = "x.yaml") -> Sheet:
    tree, found, _ = parse(text, name)
    assert tree is not None, found
    return sheet(name, tree, text)


def means(view: View, name: str, where: str) -> Symbol | None:
    """Give what stands at the `|` in the words `where` of a file."""
    one = next(one for one in view.atlas.sheets.values() if one.name.endswith(name))
    before, _, after = where.partition("|")
    assert one.text.count(before + after) == 1
    found = view.atlas.at(one.name, one.text.index(before + after) + len(before))
    return found[0] if found else None


def test_every_name_of_the_shipped_library_stands_where_it_is_said_to() -> None:
    atlas = shipped_view().atlas
    assert sum(len(one.mentions) for one in atlas.sheets.values()) > 10_000
    for one in atlas.sheets.values():
        for mention in one.mentions:
            assert one.text[mention.at.start : mention.at.end] == mention.id, (one.name, mention)
            for symbol, at in atlas.means(mention):
                assert one.text[at.start : at.end] == symbol.id, (one.name, mention)


def test_every_name_of_the_shipped_library_is_defined() -> None:
    atlas = shipped_view().atlas
    always = {"client", "item"}
    loose = {
        symbol
        for one in atlas.sheets.values()
        for mention in one.mentions
        for symbol, _ in atlas.means(mention)
        if symbol not in atlas.defined and symbol.id not in always
    }
    assert loose == set()


def test_what_the_library_holds_is_what_is_defined() -> None:
    view = shipped_view()
    for kind in ("roles", "diagnoses", "factors", "goals", "instruments", "references", "alerts"):
        assert set(view.atlas.owned(kind)) == set(view.library.bank(kind))
    assert set(view.atlas.owned("flowchart")) == set(view.library.flowcharts)
    for chart in view.library.flowcharts.values():
        assert set(view.atlas.owned("node", chart.id)) == set(chart.nodes)


def test_what_uses_a_thing_names_it() -> None:
    """The uses that the library's pages show are found from the model; these, from the texts."""
    view = shipped_view()
    for kind, id_ in uses(view.library).found:
        if kind in {"facts", "flowcharts"} or id_ not in view.library.bank(kind):
            continue
        assert len(view.atlas.mentioned(Symbol(kind, "", id_))) > 1, (kind, id_)


@pytest.mark.parametrize(
    ("name", "where", "symbol"),
    [
        (SLEEP, "start: |wakes", Symbol("node", "sleep_clinic", "wakes")),
        (SLEEP, "when: wak|es # ", Symbol("node", "sleep_clinic", "wakes")),
        (SLEEP, "as: night_waking|\n", Symbol("roles", "", "night_waking")),
        (SLEEP, "then, with {night_|waking}", Symbol("roles", "", "night_waking")),
        (SLEEP, "when: b|ad or", Symbol("derived", "sleep_clinic", "bad")),
        (SLEEP, "known(night_wa|king)", Symbol("roles", "", "night_waking")),
        (SLEEP, "sleep_clinic|.then ==", Symbol("flowchart", "", "sleep_clinic")),
        (SLEEP, "sleep_clinic.the|n ==", Symbol("node", "sleep_clinic", "then")),
        (SLEEP, ".then == |up)", Symbol("option", "sleep_clinic.then", "up")),
        (SLEEP, "go: |worry", Symbol("node", "sleep_clinic", "worry")),
        (SLEEP, "visit: |worry_clinic", Symbol("flowchart", "", "worry_clinic")),
        (WORRY, "measure: ga|d7", Symbol("instruments", "", "gad7")),
        (WORRY, "|gad7.band in", Symbol("instruments", "", "gad7")),
        (WORRY, "in [mod|erate,", Symbol("band", "gad7.total", "moderate")),
        (WORRY, "then == cl|ock", Symbol("option", "sleep_clinic.then", "clock")),
        (WORRY, "avoid|ance in perp", Symbol("factors", "", "avoidance")),
        (WORRY, "count(working_|diagnosis)", Symbol("roles", "", "working_diagnosis")),
        ("goals/own.yaml", "from: base|line", Symbol("blank", "leave_the_clock", "baseline")),
        ("goals/own.yaml", "than {ti|mes} nights a week, from", Symbol("blank", "leave_the_clock", "times")),
        ("goals/own.yaml", "[sleep_|effort]", Symbol("factors", "", "sleep_effort")),
        ("goals/own.yaml", "diagnoses: [ins|omnia]", Symbol("diagnoses", "", "insomnia")),
        ("goals/own.yaml", "and ins|omnia in", Symbol("diagnoses", "", "insomnia")),
        ("clock.yaml", "  sleep_clinic.wa|kes:", Symbol("node", "sleep_clinic", "wakes")),
        ("clock.yaml", "then: c|lock", Symbol("option", "sleep_clinic.then", "clock")),
        ("clock.yaml", "ends: sleep_clinic.do|ne", Symbol("node", "sleep_clinic", "done")),
    ],
)
def test_what_a_name_means(clinic: View, name: str, where: str, symbol: Symbol) -> None:
    assert means(clinic, name, where) == symbol


def test_a_condition_that_is_folded_has_its_names_on_their_own_lines(clinic: View) -> None:
    one = next(one for one in clinic.atlas.sheets.values() if one.name.endswith(WORRY))
    groups = [mention for mention in one.mentions if mention.kind == "group"]
    assert [one.text[m.at.start : m.at.end] for m in groups] == ["depressive"]


def test_a_condition_that_cannot_be_read_still_names_facts() -> None:
    one = read("flowchart: x\nfacts:\n  bad: wakes and and clock\nnodes: {}\n")
    assert [m.id for m in one.mentions if m.kind == "fact"] == ["wakes", "clock"]


def test_an_addition_to_another_library_names_and_does_not_define() -> None:
    base = read("roles: a\nentries:\n  mood: {answer: choice, options: {low: low}}\n", "a.yaml")
    more = read("roles: b\nentries:\n  mood: {extends: mood, options: {high: high}}\n", "b.yaml")
    chart = read("flowchart: x\nextends: talk\nnodes:\n  more: {ask: a, as: mood, next: end}\n", "c.yaml")
    atlas = Atlas({one.name: one for one in (base, more, chart)})
    assert [spot.file for spot in atlas.defined[Symbol("roles", "", "mood")]] == ["a.yaml"]
    assert Symbol("option", "mood", "high") in atlas.defined
    assert Symbol("node", "talk", "more") in atlas.defined
    assert atlas.option("talk", "more", "high") == Symbol("option", "mood", "high")


@pytest.mark.parametrize(
    "text",
    [
        "flowchart: x\nnodes: [a, b]\nfacts: 3\nstart: {}\n",
        "flowchart: [x]\nnodes:\n  a: 3\n  b: {next: [1, {when: 3, go: [x]}], options: [a], sources: {ref: x}}\n",
        "roles: x\nentries: [a]\n",
        "goals: x\nentries:\n  a: {targets: b, suggest: {when: x}, blanks: [b], measure: 4, text: [x]}\n",
        "alerts: x\nentries:\n  a: {opens: [x], prefill: {a: {b: c}}, raise_when: 3}\n",
        "vignette: x\nanswers: [a]\nexpect: {offers: [x], holds: all}\nrounds: {a: b}\n",
        "vignette: x\nanswers: {a.b: {each: [x]}, c: [1, {option: 3}, {for: {a: b}}], d: ~}\n",
        "instruments: x\nentries:\n  a: {scales: {total: {bands: {id: x}}, b: 3}}\n",
        "nothing: x\n",
    ],
)
def test_a_file_of_wrong_form_is_read_as_far_as_it_goes(text: str) -> None:
    one = read(text)
    atlas = Atlas({one.name: one})
    for mention in one.mentions:
        list(atlas.means(mention))
        assert text[mention.at.start : mention.at.end] == mention.id


def test_the_shapes_name_only_keys_that_the_schemas_have() -> None:
    def walk(kind: str, shape: Shape, path: tuple[str | int, ...]) -> Iterator[str]:
        known = keys_at(kind, path)
        for key, inner in shape.keys.items():
            if known and key not in known:
                yield f"{kind}: {path} {key}"
            yield from walk(kind, inner, (*path, key))
        for step, inner in (("an_id", shape.any), (0, shape.items)):
            if inner is not None:
                yield from walk(kind, inner, (*path, step))

    assert [found for kind, shape in SHAPES.items() for found in walk(kind, shape, ())] == []


def test_what_stands_at_a_place_is_found_by_the_lines_alone() -> None:
    """For places all over the shipped library: the way that the tree gives is the way that the lines give."""
    chosen = random.Random(7)  # noqa: S311 -- a sample
    looked_at = 0
    for one in shipped_view().atlas.sheets.values():
        every = [place for place in places(one.tree, one.kind) if place.slot.kind != "answer"]
        for place in chosen.sample(every, min(len(every), 12)):
            marks = one.tree.marks[id(place.holder)][place.key]
            start, end = (marks[0], marks[1]) if place.on_key else (marks[2], marks[3])
            found = cursor(one.text, (start.index + end.index) // 2)
            assert found is not None
            assert found.path == (place.path[:-1] if place.on_key else place.path), (one.name, place.path)
            assert found.key if place.on_key else found.value
            looked_at += 1
    assert looked_at > 1000


def test_every_file_of_the_clinic_has_names() -> None:
    for name, text in CLINIC.items():
        assert read(text, name).mentions


def test_below_an_answer_all_is_answer() -> None:
    shape = shape_at("vignette", ("answers", "a.b", "each", "x", 0))
    assert shape is not None
    assert shape.slot is not None
    assert shape.slot.kind == "answer"


def holding_ids(kind: str, part: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Give every place of a schema that holds an id or a condition."""
    name = part.get("$ref", "").rpartition("/")[2]
    if name in {"id", "ids", "condition"}:
        yield (*path, 0) if name == "ids" else path
        return
    inner = [(schema(kind)["$defs"][name], path)] if name else []
    inner += [(held, (*path, key)) for key, held in part.get("properties", {}).items()]
    if isinstance(part.get("additionalProperties"), dict):
        keys = part.get("propertyNames", {}).get("enum", ["an_id"])
        inner += [(part["additionalProperties"], (*path, key)) for key in keys]
    inner += [(part["items"], (*path, 0))] if "items" in part else []
    inner += [(held, path) for way in ("oneOf", "anyOf", "allOf") for held in part.get(way, ())]
    for held, way in inner:
        yield from holding_ids(kind, held, way)


def test_every_place_of_the_schemas_that_holds_an_id_or_a_condition_has_a_shape() -> None:
    bare = []
    for kind in SHAPES:
        for path in holding_ids(kind, schema(kind), ()):
            shape = shape_at(kind, path)
            # What a file of the bank calls itself is named nowhere.
            if path != (kind,) and (shape is None or shape.slot is None):
                bare.append((kind, path))
    assert bare == []
