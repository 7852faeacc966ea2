"""Goals found in the bank by words, diagnosis, domain and factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.model import Goal, Library

PROBLEM = "problem"
"""What a goal targets that is for no factor: the presenting problem itself."""


def find_goals(
    library: Library, words: Sequence[str] = (), *, diagnosis: str = "", domain: str = "", factor: str = ""
) -> list[Goal]:
    """Give the goals that hold all of the words and fit every filter; ids, and an empty one filters nothing."""
    return [
        goal
        for goal in library.goals.values()
        if (not diagnosis or diagnosis in goal.diagnoses)
        and (not domain or domain == goal.domain)
        and (not factor or factor in goal.targets)
        and all(word.lower() in _text(library, goal) for word in words)
    ]


def domains(library: Library) -> list[str]:
    """Give the domains of life that goals are in, in alphabetical order."""
    return sorted({goal.domain for goal in library.goals.values()})


def diagnosis_named(library: Library, name: str) -> str:
    """Give the id of the diagnosis of that id, ICD code or name; nothing where there is none."""
    if name in library.diagnoses:
        return name
    for diagnosis in library.diagnoses.values():
        codes = [
            code
            for listed in diagnosis.codes.values()
            for code in ([listed] if isinstance(listed, str) else listed)
        ]
        if name.upper() in codes or name.lower() == diagnosis.name.lower():
            return diagnosis.id
    return ""


def target_name(library: Library, id_: str) -> str:
    """Give the words for what a goal or a treatment targets."""
    return library.factors[id_].name if id_ in library.factors else "the problem itself"


def _text(library: Library, goal: Goal) -> str:
    targets = [library.factors[id_].name for id_ in goal.targets if id_ in library.factors]
    diagnoses = [library.diagnoses[id_].name for id_ in goal.diagnoses if id_ in library.diagnoses]
    parts = (goal.id, goal.name, goal.text, goal.say, goal.domain)
    return " ".join((*parts, *goal.targets, *targets, *goal.diagnoses, *diagnoses)).lower()
