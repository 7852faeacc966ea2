"""A case: answers from the start of a flowchart, as a proof finds them, walks them and writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.walk import Round, Settings, Walk

if TYPE_CHECKING:
    from goldenthread.walk import Program

_LEFT = Settings(rest_later=True, required_waits=True, listens=True)


@dataclass(frozen=True, slots=True)
class Case:
    """Answers from the start of a flowchart: what is not answered is left for later, where it can be."""

    root: str
    rounds: tuple[Round, ...]

    def walk(self, program: Program, stop_at: str = "") -> Walk:
        """Replay the answers."""
        return Walk.replay(program, self.root, self.rounds, settings=_LEFT, stop_at=stop_at)

    @property
    def size(self) -> int:
        """How many answers it has."""
        return sum(len(round_.answers) for round_ in self.rounds)

    def as_answers(self) -> dict[str, Any]:
        """Give it as an answers file has it; see `schemas/answers.schema.json`."""
        first, *rest = [_written(round_) for round_ in self.rounds]
        data: dict[str, Any] = {"flowchart": self.root, "rest": "later", **first}
        return data | ({"rounds": rest} if rest else {})


def _written(round_: Round) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for key, raw in round_.answers.items():
        name, _, item = key.partition("@")
        # A flowchart that is opened and visited too has answers of its own beside those by item.
        if item and name not in round_.answers:
            answers.setdefault(name, {"each": {}})["each"][item] = raw
        else:
            answers[key] = raw
    made: dict[str, Any] = {"answers": answers}
    if round_.opened:
        made["opened"] = [{"flowchart": flowchart, "at": at} for flowchart, at in round_.opened]
    return made
