"""What may stand where in a file of each kind: which places hold ids, conditions, and texts with names in braces.

The JSON Schemas say which form a value has; this says what it names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OFFERED = "diagnoses|factors|goals|interventions|modalities"
"""What can be offered: an entry of one of these banks, or a whole bank."""
Step = str | int
"""A key, or the number of an item."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a word names that stands in a place.

    `kind` is `node`, `flowchart`, a kind of the bank (several with `|` between), `condition`, `fact`, `from`, `named`
    (a node by its full name), `blank`, `option`, `scale`, `band`, `derived`, `overlay`, `group`, `was`, `text`,
    `answer`, `vignette`. `defines` where the word is named here.
    """

    kind: str
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may hold: itself a `slot`; by name in `keys`; in `any` other key, which is a `key`; as an item."""

    slot: Slot | None = None
    keys: Mapping[str, Shape] = field(default_factory=dict)
    any: Shape | None = None
    key: Slot | None = None
    items: Shape | None = None

    def under(self, step: Step) -> Shape | None:
        """Give the shape of what stands under a key or an item."""
        if isinstance(step, int):
            return self.items
        return self.keys.get(step) or self.any


def _word(kind: str) -> Shape:
    return Shape(Slot(kind))


def _words(kind: str) -> Shape:
    return Shape(items=_word(kind))


def _named(kind: str, inner: Shape | None = None) -> Shape:
    """Give a map whose keys are ids that are defined here."""
    return Shape(key=Slot(kind, defines=True), any=inner or Shape())


_TEXT, _CONDITION = _word("text"), _word("condition")
_SOURCES = Shape(items=Shape(keys={"ref": _word("references")}))
_RULES = Shape(items=Shape(keys={"when": _CONDITION, "sources": _SOURCES}))
_OPTIONS = _named("option", Shape(keys={"when": _CONDITION, "was": _words("was")}))
_NEXT = Shape(
    Slot("node"),
    items=Shape(
        keys={
            "when": _CONDITION,
            "go": _word("node"),
            "otherwise": _word("node"),
            "unknown": _word("node"),
        }
    ),
)
_OVERLAY = {key: _word("overlay") for key in ("extends", "replaces", "removes")} | {"was": _words("was")}
_NODE = Shape(
    keys={
        "as": _word("roles"),
        "from": _word("from"),
        "measure": _word("instruments"),
        "visit": _word("flowchart"),
        "each": _word("fact"),
        "options": _OPTIONS,
        "sources": _SOURCES,
        "next": _NEXT,
        "was": _words("was"),
        **dict.fromkeys(("ask", "say", "why", "tell", "decide"), _TEXT),
    }
)
_SUGGESTING = {**dict.fromkeys(("suggest", "rule_out", "caution"), _RULES), "sources": _SOURCES}
_INTERVENTIONS, _TARGETS = _words("interventions"), _words("target")
_BLANKS = _named("blank", Shape(keys={"fact": _word("fact")}))
_MEASURE = Shape(
    keys={"instrument": _word("instruments"), "from": _word("blank"), "to": _word("blank")},
)
_SCALE = Shape(
    keys={
        "sources": _SOURCES,
        "bands": Shape(items=Shape(keys={"id": Shape(Slot("band", defines=True))})),
        "cutoffs": Shape(items=Shape(keys={"sources": _SOURCES})),
    }
)
_ENTRY: dict[str, Mapping[str, Shape]] = {
    "roles": {"from": _word("from"), "options": _OPTIONS},
    "diagnoses": {
        **_SUGGESTING,
        "for": _RULES,
        "against": _RULES,
        "groups": _words("group"),
        "perpetuating": _words("perpetuating"),
        "instruments": _words("instruments"),
    },
    "factors": {**_SUGGESTING, "interventions": _INTERVENTIONS},
    "interventions": {**_SUGGESTING, "targets": _TARGETS},
    "modalities": {**_SUGGESTING, "interventions": _INTERVENTIONS, "targets": _TARGETS},
    "goals": {
        **_SUGGESTING,
        "diagnoses": _words("diagnoses"),
        "targets": _TARGETS,
        "interventions": _INTERVENTIONS,
        "text": _word("sentence"),
        "say": _word("sentence"),
        "blanks": _BLANKS,
        "measure": _MEASURE,
        "time": _word("blank"),
        "objectives": _words("sentence"),
    },
    "instruments": {"sources": _SOURCES, "scales": _named("scale", _SCALE)},
    "alerts": {
        "text": _TEXT,
        "raise_when": _CONDITION,
        "cleared_when": _CONDITION,
        "opens": _word("flowchart"),
        "prefill": Shape(key=Slot("node"), any=_word("answer")),
        "sources": _SOURCES,
    },
    "obligations": {
        "until": _CONDITION,
        "route": Shape(keys={"to": _word("flowchart"), "through": _word("flowchart")}),
        "never": Shape(
            keys={"offer": _words(OFFERED), "reach": _word("flowchart"), "while": _CONDITION},
        ),
        "leads": Shape(keys={"when": _CONDITION, "to": _word("flowchart")}),
        "sources": _SOURCES,
    },
    "requirements": {"sources": _SOURCES},
    "references": {"superseded_by": _word("references")},
}
_OPENED = Shape(items=Shape(keys={"flowchart": _word("flowchart"), "at": _word("named")}))
_ANSWERS = Shape(key=Slot("named"), any=_word("answer"))
_ROUND = {"answers": _ANSWERS, "opened": _OPENED}
_CASE = {**_ROUND, "flowchart": _word("flowchart"), "rounds": Shape(items=Shape(keys=_ROUND))}


_ADVISED_KINDS = ("diagnoses", "factors", "goals", "interventions", "modalities")
_EXPECT = Shape(
    keys={
        "passes": _words("named"),
        "never_passes": _words("named"),
        "ends": _word("named"),
        "alerts": _words("alerts"),
        "offers": Shape(
            keys={
                kind: Shape(keys={"first": _word(kind), "among_first": _words(kind), "include": _words(kind)})
                for kind in _ADVISED_KINDS
            }
        ),
        "holds": Shape(keys={kind: _words(kind) for kind in _ADVISED_KINDS}),
        "never": Shape(keys={kind: _words(kind) for kind in _ADVISED_KINDS}),
    }
)
SHAPES: dict[str, Shape] = {
    "flowchart": Shape(
        keys={
            "flowchart": Shape(Slot("flowchart", defines=True)),
            "start": _word("node"),
            "facts": _named("derived", _CONDITION),
            "nodes": _named("node", _NODE),
            **_OVERLAY,
        }
    ),
    "vignette": Shape(keys={"vignette": Shape(Slot("vignette", defines=True)), **_CASE, "expect": _EXPECT}),
    "answers": Shape(keys=_CASE),
    **{
        kind: Shape(keys={"entries": _named(kind, Shape(keys={**_ENTRY[kind], **_OVERLAY}))})
        for kind in KINDS
    },
}


def shape_at(kind: str, path: Sequence[Step]) -> Shape | None:
    """Give the shape of what stands at the end of a path in a file of a kind, where it names anything."""
    shape = SHAPES.get(kind)
    for step in path:
        if shape is None:
            return None
        if shape.slot is not None and shape.slot.kind == "answer":
            return shape
        shape = shape.under(step)
    return shape
