"""A small scope of facts for the tests of conditions, with facts of every kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goldenthread.language import Fact, Type
from goldenthread.language.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

YES_NO = Type("yes_no")


@dataclass(frozen=True)
class TestScope:
    """Looks facts up in a map."""

    __test__ = False
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def find(self, name: str) -> Fact | None:
        return self.facts.get(name)

    def names(self) -> Iterable[str]:
        return self.facts


def _fact(key: str, type_: Type, label: str, *, yes: str = "", no: str = "", each: str = "") -> Fact:
    return Fact(key, type_, label, yes, no, each=each)


BASE = TestScope(
    {
        fact.key: fact
        for fact in (
            _fact("manic", YES_NO, "past mania", yes="there has been mania", no="there has been no mania"),
            _fact("alone", YES_NO, "living without others"),
            _fact("age", Type("number", low=0, high=120, unit="years"), "years of life"),
            _fact("phq9.total", Type("number", low=0, high=27), "the PHQ-9 score"),
            _fact("phq9.change", Type("number", low=-27, high=27), "the PHQ-9 change"),
            _fact("onset", Type("duration"), "time since it began"),
            _fact(
                "setting",
                Type(
                    "choice", {"home_visit": "At home", "clinic": "At the practice", "video": "On a screen"}
                ),
                "the place of work",
            ),
            _fact(
                "severity",
                Type("choice", {"mild": "Mild", "middle": "Moderate", "grave": "Severe"}, ordered=True),
                "how bad it is",
            ),
            _fact(
                "perpetuating",
                Type("choices", {"avoids": "Avoidance", "worries": "Worry", "sleep_loss": "Lost sleep"}),
                "what keeps it going",
            ),
            _fact(
                "diagnoses",
                Type(
                    "choices",
                    {"panic": "Panic disorder", "gad": "Generalized anxiety", "mdd": "Depression"},
                    groups={"panic": ("anxious",), "gad": ("anxious", "worried"), "mdd": ("low_mood",)},
                ),
                "the working diagnosis",
            ),
            _fact("aims", Type("goals"), "the goals"),
            _fact("words", Type("text"), "what the client said"),
            _fact("first_day", Type("date"), "the first day"),
            _fact("detail.hours", Type("number", low=0, high=24, unit="hours"), "hours a day", each="detail"),
            _fact("detail.worst", YES_NO, "the worst of them", each="detail"),
        )
    }
)


def _derived(name: str, text: str, label: str = "") -> Fact:
    return Fact(f"chart.{name}", YES_NO, label, definition=parse(text), scope=BASE)


SCOPE = TestScope(
    {
        **BASE.facts,
        "risky": _derived("risky", "manic or phq9.total >= 20"),
        "settled": _derived("settled", "not manic and age >= 18", "adults without mania"),
        "plain": _derived("plain", "alone"),
    }
)
