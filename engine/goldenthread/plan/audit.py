"""What payers, accreditors and law ask of a plan, held against this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.model import Source
    from goldenthread.plan.goals import GoalLine
    from goldenthread.plan.reading import Reading
    from goldenthread.plan.safety import Safety
    from goldenthread.plan.specificity import Statement


@dataclass(frozen=True, slots=True)
class Audited:
    """One requirement, and the parts of the plan that it asks for and the plan lacks."""

    id: str
    text: str
    jurisdiction: str
    lacks: tuple[str, ...]
    cites: tuple[Source, ...] = ()


def audit(reading: Reading, said: Statement, goals: Sequence[GoalLine], safe: Safety) -> tuple[Audited, ...]:
    """Hold the plan against every requirement of the library."""
    has = {
        "problem_statement": said.specific,
        "client_words": bool(said.client_words),
        "diagnoses": bool(reading.value("working_diagnosis")),
        "goals": bool(goals),
        "objectives": bool(goals) and all(goal.objectives for goal in goals),
        "measures": bool(goals) and all("M" in goal.smart.has for goal in goals),
        "interventions": bool(reading.value("chosen_modality")),
        "safety": not safe.not_asked and not safe.open,
        "strengths": bool(reading.value("protective") or reading.text("strength_to_use")),
        "review_date": bool(reading.value("review_interval")),
        "individual": bool(goals) and not any(goal.unfilled for goal in goals),
        "participation": reading.value("participation") in {"made_together", "discussed"},
    }
    return tuple(
        Audited(
            entry.id,
            entry.text,
            entry.jurisdiction,
            tuple(part.replace("_", " ") for part in entry.parts if not has.get(part, False)),
            entry.sources,
        )
        for entry in reading.library.requirements.values()
    )
