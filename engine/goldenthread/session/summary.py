"""Every answer of the round on one line, each with the question it leads back to: for the terminal and the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from goldenthread.language import join
from goldenthread.model import PHASES
from goldenthread.plan import filled, item_label
from goldenthread.plan.goals import short
from goldenthread.session.question import PHASE_NAMES
from goldenthread.walk import Misfit, bare, beside, chosen_goals, own_words, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.score import Score
    from goldenthread.session.guide import GuidedWalk
    from goldenthread.walk import Step

State = Literal["known", "later", "not_known", "declined", "seen", "aside"]
_SAID = {"later": "left for later", "not_known": "asked, not known", "declined": "asked, declined"}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and what was answered. `state` says how it stands; one that is aside is not on the path now.

    `phase` is named as `Question.phase` is; `label` says in a few words what was asked, and `said` what was answered.
    """

    key: str
    number: str
    phase: str
    label: str
    said: str
    state: State
    date: str = ""
    source: str = ""
    note: str = ""
    private: bool = False
    safety: bool = False


def summary(walk: GuidedWalk) -> tuple[AnswerLine, ...]:
    """Give the questions that the round has passed, in order, then the answers that are set aside.

    Standing back at an earlier question takes none of them away.
    """
    return (*_passed(walk.whole), *_aside(walk.whole))


def _passed(walk: GuidedWalk) -> Iterator[AnswerLine]:
    phase = ""
    for key in walk.walk.questions_passed():
        step = walk.walk.program.steps[key.partition("@")[0]]
        # A question of the flowchart that leads through the phases belongs to the phase before it.
        phase = step.phase if step.phase in PHASES else phase
        raw = walk.walk.given(key)
        if raw is None:
            state: State = "later"
        elif found := status(raw):
            state = cast("State", found)
        else:
            state = "seen" if step.node.verb == "tell" else "known"
        yield _line(walk, key, step, phase, state, raw)


def _aside(walk: GuidedWalk) -> Iterator[AnswerLine]:
    for key, raw in walk.walk.set_aside.items():
        step = walk.walk.program.steps.get(key.partition("@")[0])
        if step is None:
            yield AnswerLine(key, "", PHASE_NAMES.get("", "Planning"), key, _plain(bare(raw)), "aside")
        else:
            yield _line(walk, key, step, step.phase, "aside", raw)


def _line(walk: GuidedWalk, key: str, step: Step, phase: str, state: State, raw: Any) -> AnswerLine:
    reading, node = walk.reading, step.node
    library = reading.library
    fact, role = library.facts.get(step.key), library.roles.get(step.role)
    item = key.partition("@")[2]
    about = item_label(reading, item, node.flowchart)
    if node.verb == "tell":
        label = short(filled(node.tell, reading, walk.client or "the client", item, node.flowchart))
    else:
        label = (fact.label if fact else step.key) + (f" ({about})" if about else "")
    written = beside(raw)
    return AnswerLine(
        key=key,
        number=node.number,
        phase=PHASE_NAMES.get(phase, "Planning"),
        label=label,
        said=_said(walk, step, raw),
        state=state,
        date=str(written.get("date", "")),
        source=str(written.get("source", "")),
        note=str(written.get("note", "")),
        private=bool(role and role.private),
        safety=bool((fact and fact.safety) or (role and role.safety) or node.safety),
    )


def _said(walk: GuidedWalk, step: Step, raw: Any) -> str:
    if raw is None:
        return _SAID["later"]
    if status(raw):
        return _SAID[status(raw)]
    if step.node.verb == "tell":
        return "seen"
    reading = walk.reading
    try:
        if step.type is not None and step.type.kind == "goals":
            return join([goal.own or item_label(reading, goal.id) for goal in chosen_goals(raw)])
        value = step.fit(bare(raw), walk.walk.known, walk.walk.asked)
    except Misfit:
        return _plain(bare(raw))
    if step.node.verb == "measure":
        return score_words(value)
    name, own = step.role or step.key, own_words(raw)
    if isinstance(value, tuple):
        return join([own.get(option) or reading.option(name, option) for option in value])
    return reading.words(name, value)


def score_words(score: Score) -> str:
    """Say a score with its bands: `17 (moderately severe)`; by scale where there are several."""
    said = []
    for name, total in score.totals.items():
        band = score.band(name)
        scale = score.instrument.scales[name]
        lead = "" if name == "total" else f"{scale.label or name} "
        said.append(f"{lead}{total:g}" + (f" ({band.label})" if band else ""))
    return join(said)


def _plain(raw: Any) -> str:
    """Say an answer that its question no longer takes, as it was written."""
    if isinstance(raw, dict):
        return join([f"{key}: {_plain(value)}" for key, value in raw.items()])
    if isinstance(raw, list | tuple):
        return join([_plain(value) for value in raw])
    return str(raw)
