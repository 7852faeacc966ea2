"""The paper form: whoever follows what stands on it arrives where the walk arrives."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from answering import answers
from goldenthread.print.form import form
from goldenthread.trial import read_vignettes
from goldenthread.walk import Round, Settings, Walk, bare, compile_library, rounds_from, status
from small import shipped_library

LIBRARY = shipped_library()
PROGRAM = compile_library(LIBRARY)
FORMS = {id_: form(LIBRARY, flowchart) for id_, flowchart in LIBRARY.flowcharts.items()}


class StoppedError(Exception):
    """The reader has no further answer, or is told to stop."""


class Reader:
    """Someone with the sheets in hand, who looks at nothing but what they say, and at the answers."""

    def __init__(self, written, rest=None):
        self.written, self.rest = written, rest
        self.passed, self.known, self.asked = [], {}, {}
        self.filled, self.opened, self.runs = set(), {}, {}

    def fill_in(self, flowchart, item=""):
        chart = PROGRAM.charts[flowchart]
        kept = {}
        if item:
            kept = {key: self.known.pop(key) for key in chart.fills if key in self.known}
            for key in chart.fills:
                self.asked.pop(key, None)
        sheet = FORMS[flowchart]
        at = sheet.flowchart.start
        while True:
            step = sheet.steps[at]
            self.passed.append(step.node.key)
            if step.node.verb == "end":
                break
            go = self.do(sheet, step, item)
            if go.again:
                raise StoppedError
            at = go.to
        self.known[f"{flowchart}.outcome"] = at
        if step.node.stop:
            raise StoppedError
        self.filled.add((flowchart, item))
        if flowchart in PROGRAM.opened_by_alerts:
            self.runs.setdefault(flowchart, []).append(dict(self.known))
            for key, before in kept.items():
                now = self.known.get(key)
                if now is None or before is True:
                    self.known[key] = before
                elif isinstance(now, tuple):
                    self.known[key] = tuple(dict.fromkeys((*before, *now)))

    def do(self, sheet, step, item):
        """Do what a step asks; give where to go on."""
        if step.node.verb == "visit":
            self.visit(step.node)
        ticked = self.answer(step, item) if step.node.asks else []
        for box in ticked:
            if box.go is not None:
                return box.go
        unknown = False
        for rule in step.rules:
            if rule.when is not None:
                true = rule.when.truth(self.known, self.asked)
                unknown = unknown or true is None
                if true:
                    return rule.go
        for rule in step.rules:
            if rule.when is None and (unknown or not rule.unknown):
                return rule.go
        return step.then

    def visit(self, node):
        if not node.each:
            if (node.visit, "") not in self.filled:
                self.fill_in(node.visit)
            return
        for each in self.known.get(node.each, ())[: node.max or None]:
            self.fill_in(node.visit, each)
        for key in PROGRAM.charts[node.visit].fills:
            self.known.pop(key, None)
            self.asked.pop(key, None)

    def answer(self, step, item):
        """Write an answer, fill in the sheets that it opens, and give the boxes that are ticked."""
        node = step.node
        key = f"{node.key}@{item}" if item else node.key
        raw = self.written.get(key, self.rest)
        if raw is None:
            self.passed.pop()
            raise StoppedError
        kind = status(raw) if isinstance(raw, dict) else ""
        own = {}
        if kind:
            if kind != "later" and node.verb != "tell":
                for name in filter(None, (node.key, node.role)):
                    if name not in self.known:
                        self.asked[name] = kind
            ids = {kind}
        else:
            own, ids = self.read(node, bare(raw))
        ticked = [box for box in (*step.boxes, *step.statuses) if box.id in ids]
        if not kind:
            ticked = [box for box in ticked if box in step.boxes]
        self.open(step, ticked, own, kind)
        return ticked

    def read(self, node, raw):
        value = PROGRAM.steps[node.key].fit(raw, self.known)
        if node.verb == "tell":
            return {}, set()
        if node.verb == "measure":
            found = dict(value.facts())
            for number in value.not_known:
                self.known.pop(f"{node.measure}.item_{number}", None)
                self.asked[f"{node.measure}.item_{number}"] = "not_known"
            value = value.main
        else:
            found = {}
        found |= {name: value for name in (node.key, node.role) if name}
        self.known |= found
        for name in found:
            self.asked.pop(name, None)
        if isinstance(value, bool):
            return found, {"yes" if value else "no"}
        return found, set(value) if isinstance(value, tuple) and all(isinstance(v, str) for v in value) else {
            value
        }

    def open(self, step, ticked, own, kind):
        at_boxes = {id_ for box in ticked for id_ in box.opens}
        for opening in () if kind == "later" else step.openings:
            alert = opening.alert
            times = self.opened.get(alert.id, 0)
            seen = self.known if not times else own
            line = not opening.at_boxes and alert.raise_when.truth(seen, self.asked) is True
            if alert.id not in at_boxes and not line:
                continue
            self.opened[alert.id] = times + 1
            review = LIBRARY.flowcharts[step.node.flowchart].phase == "review"
            dealt = [] if times or review else self.runs.get(alert.opens, [])
            if not any(alert.cleared_when.truth(run, {}) is True for run in dealt):
                self.fill_in(alert.opens, f"{alert.id}_{times + 1}" if times else alert.id)


def walked(walk):
    """Give the steps that the walk went through: a visit once, when it began."""
    keys = []
    for trace in walk.trail:
        if trace.round:
            break
        keys.append(trace.key)
    return keys


def without_visits(keys):
    """A visit stands before what it visits on paper, and after it in a trail: so visits are left out."""
    return [key for key in keys if LIBRARY.node(key).verb != "visit"]


def followed(walk, root, rest=None):
    reader = Reader(dict(walk.rounds[0].answers), rest)
    with suppress(StoppedError):
        reader.fill_in(root)
    return reader.passed


@pytest.mark.parametrize("root", sorted(FORMS))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), quiet=st.booleans())
def test_who_follows_the_sheets_arrives_where_the_walk_arrives(root, data, quiet):
    walk = Walk.start(PROGRAM, root)
    for _ in range(60):
        if walk.finished or walk.round:
            break
        walk = walk.answer(data.draw(answers(walk, misfits=False, quiet=quiet)))
        assume(walk.problem is None or walk.problem.key == walk.at)
        if walk.problem is not None:
            break
    assume(len(walk.trail) > 0)
    on_paper = without_visits(followed(walk, root))
    on_screen = without_visits(walked(walk))
    assert on_paper[: len(on_screen)] == on_screen
    assert on_paper == on_screen or walk.problem or not walk.finished or walk.round


VIGNETTES = read_vignettes(sorted((Path(__file__).parents[2] / "flowcharts/vignettes").glob("*.yaml")))[0]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda vignette: vignette.id)
def test_a_vignette_on_paper_ends_where_it_ends_on_screen(vignette):
    rounds = rounds_from({**vignette.data, "rounds": []}, PROGRAM)
    rest = {"later": True} if vignette.data.get("rest") == "later" or vignette.data.get("quick") else None
    settings_ = Settings(rest_later=rest is not None)
    walk = Walk.replay(PROGRAM, "planning", (Round(rounds[0].answers),), settings=settings_)
    on_paper = without_visits(followed(walk, "planning", rest))
    assert on_paper == without_visits(walked(walk))
    assert len(on_paper) >= 6
