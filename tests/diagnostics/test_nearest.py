"""The right name nearest to a wrong one."""

from __future__ import annotations

import pytest

from goldenthread.diagnostics import did_you_mean, nearest

NAMES = ["as", "ask", "answer", "at_least", "perpetuating", "working_diagnosis", "Title"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("aks", "ask"),
        ("anwser", "answer"),
        ("atleast", "at_least"),
        ("perpetuting", "perpetuating"),
        ("working-diagnosis", "working_diagnosis"),
        ("title", "Title"),
        ("zzz", None),
        ("", None),
    ],
)
def test_nearest(wrong: str, right: str | None) -> None:
    assert nearest(wrong, NAMES) == right


def test_did_you_mean_names_one_or_the_few_or_nothing() -> None:
    assert did_you_mean("aks", NAMES) == "did you mean `ask`?"
    assert did_you_mean("zzz", ["b", "a", "b"]) == "one of: `a`, `b`"
    assert did_you_mean("zzz", [f"name_{n}" for n in range(13)]) == ""
    assert did_you_mean("zzz", []) == ""
