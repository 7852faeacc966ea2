"""A question as a person sees it: one view for the terminal, the web and print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.advise import Held, LeftOut, Offer, advise
from goldenthread.model import FACTOR_LISTS, PHASES, Goal
from goldenthread.plan import fill, filled, filled_blanks, item_label, kept, sentence
from goldenthread.walk import OWN, allowed_options, bare, beside

if TYPE_CHECKING:
    from goldenthread.model import Node, Option
    from goldenthread.plan import Kept, Reading
    from goldenthread.walk import Trace, Walk

PHASE_NAMES = {
    "problem": "Problem",
    "safety": "Safety",
    "diagnosis": "Diagnosis",
    "conceptualization": "Conceptualization",
    "goals": "Goals",
    "modality": "Modality",
    "review": "Review",
}
SUGGESTED = ("diagnoses", "goals", "modalities", "interventions", *FACTOR_LISTS)


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option. `state` is `plain`, `offered`, `held` or `left_out`; `why` is one line."""

    id: str
    label: str
    note: str = ""
    state: str = "plain"
    why: str = ""
    caution: str = ""
    band: str = ""
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits. `kind` is an answer type, `measure` or `acknowledge`."""

    key: str
    number: str
    phase: str
    phase_number: int
    chart: str
    item: str
    kind: str
    ask: str
    say: str
    why: str
    options: tuple[OptionView, ...]
    prefill: Any
    prefill_date: str = ""
    """The day on which what is put forward was answered."""
    unit: str = ""
    between: tuple[float, float] | None = None
    at_least: int = 0
    at_most: int = 0
    other: bool = False
    ranked: bool = False
    example: str = ""
    required: bool = False
    own_first: bool = False
    safety: bool = False
    private: bool = False
    told: tuple[tuple[str, str], ...] = ()
    """What the clinician is told on the way here: tone and text."""
    kept: tuple[Kept, ...] = ()
    """What was taken over from an earlier round on the way here, and nobody has confirmed."""
    alert: str = ""
    instrument: str = ""
    gate: str = ""
    """Why nothing is offered here, where a whole bank is held."""

    @property
    def offered(self) -> tuple[OptionView, ...]:
        """The options that are offered, or that are plain."""
        return tuple(option for option in self.options if option.state in {"offered", "plain"})

    @property
    def gated(self) -> bool:
        """Whether what is held or left out cannot be chosen here: goals and treatments.

        Factors and diagnoses that nothing suggests can still be chosen, since the clinician decides.
        """
        return self.kind == "goals" or (
            any(option.state == "held" for option in self.options) and self.key.endswith("modality")
        )


def question(reading: Reading, client: str) -> Question | None:
    """Give the question that waits in a walk, or None at its end."""
    walk = reading.walk
    step, node = walk.step, walk.node
    if step is None or node is None:
        return None
    library = reading.library
    chart = library.flowcharts[node.flowchart]
    role = library.roles.get(node.role)
    kinds = {"measure": "measure", "tell": "acknowledge"}
    kind = kinds.get(node.verb) or (step.type.kind if step.type else "text")
    phase = phase_now(reading)
    put_forward = walk.prefill(walk.at)
    options, gate = _options(reading, node, client)
    raised = walk.state.raised.get(walk.item)
    alert = raised.alert if raised else None
    text = (
        node.ask
        or node.tell
        or (f"Score the {library.instruments[node.measure].name}." if node.measure else node.text)
    )
    return Question(
        key=walk.at,
        number=node.number,
        phase=PHASE_NAMES.get(phase, "Planning"),
        phase_number=PHASES.index(phase) + 1 if phase in PHASES else 0,
        chart=chart.title,
        item=item_label(reading, walk.item, chart.id),
        kind=kind,
        ask=filled(text, reading, client, walk.item, chart.id),
        say=filled(node.say, reading, client, walk.item, chart.id, _to_client(reading, client)),
        why=filled(node.why, reading, client, walk.item, chart.id),
        options=options,
        prefill=bare(put_forward),
        prefill_date=str(beside(put_forward).get("date", "")),
        unit=step.type.unit if step.type else "",
        between=(step.type.low, step.type.high)
        if step.type and step.type.low is not None and step.type.high is not None
        else None,
        at_least=node.at_least,
        at_most=node.at_most,
        other=role.other if role else node.other,
        ranked=bool(role and role.ranked),
        example=node.example,
        required=node.required,
        own_first=node.own_first,
        safety=bool(role and role.safety) or node.safety,
        private=bool(role and role.private),
        told=_told(reading, client),
        kept=_kept(reading),
        alert=filled(alert.text, reading, client) if alert else "",
        instrument=node.measure,
        gate=gate,
    )


def _to_client(reading: Reading, client: str) -> str:
    """Give the words that a client reads for the item of the present run; nothing where it has no others."""
    library, item = reading.library, reading.walk.item
    if item in library.factors:
        return library.factors[item].say
    chosen = next((goal for goal in reading.agreed.goals if goal.id == item), None)
    if chosen is None:
        return ""
    goal = library.goals.get(item)
    if goal is None:
        return sentence(chosen.own)
    return sentence(fill(goal.say, filled_blanks(goal, chosen.blanks or {}, reading)[0], client))


def phase_now(reading: Reading) -> str:
    """Give the phase under way: that of the question's flowchart, or of the last phase seen."""
    walk, library = reading.walk, reading.library
    node = walk.node
    own = library.flowcharts[node.flowchart].phase if node else ""
    if own in PHASES:
        return own
    for trace in reversed(walk.trail):
        phase = library.flowcharts[trace.step.node.flowchart].phase
        if phase in PHASES:
            return phase
    return own


def _on_the_way(walk: Walk) -> list[Trace]:
    """Give the steps since the question before, oldest first. What an earlier round has answered was not asked here."""
    found = []
    for trace in reversed(walk.trail):
        taken_over = trace.round == walk.round and walk.taken_over(trace.question)
        if trace.step.waits and not taken_over:
            break
        found.append(trace)
    return found[::-1]


def _told(reading: Reading, client: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (node.tone, filled(node.tell, reading, client, trace.item, node.flowchart))
        for trace in _on_the_way(reading.walk)
        if trace.how == "told" and (node := trace.step.node)
    )


def _kept(reading: Reading) -> tuple[Kept, ...]:
    passed = {trace.question for trace in _on_the_way(reading.walk)}
    return tuple(one for one in kept(reading) if one.key in passed and not one.stands) if passed else ()


def _options(reading: Reading, node: Node, client: str) -> tuple[tuple[OptionView, ...], str]:
    library = reading.library
    role = library.roles.get(node.role)
    source = role.options_from if role else node.options_from
    own: dict[str, Option] = dict((role.options if role else node.options).items())
    if source in SUGGESTED and not (role and role.listed):
        advice = advise(library, reading.facts, source)
        weighed: list[Offer | Held | LeftOut] = [*advice.offers, *advice.held, *advice.left_out]
        views = [_advised(found, reading, client) for found in weighed]
        gate = ""
        if not advice.offers and any(held.suggested for held in advice.held):
            gate = next(held.why for held in advice.held if held.suggested)
        return (*views, *(_plain(option) for option in own.values())), gate
    step = reading.walk.step
    if step is None or step.type is None:
        return (), ""
    ranked = _ranked(reading, source)
    narrowed = allowed_options(node, library)
    can = narrowed(reading.facts.known, reading.facts.asked) if narrowed else None
    views = [
        _plain(own[id_]) if id_ in own else OptionView(id_, label)
        for id_, label in step.type.options.items()
        if can is None or id_ in can
    ]
    if source in library.roles:
        chosen = reading.facts.known.get(source, ())
        views += [OptionView(id_, reading.option(source, id_)) for id_ in chosen if id_.startswith(OWN)]
    views.sort(key=lambda view: ranked.get(view.id, len(ranked)))
    return tuple(views), ""


def _ranked(reading: Reading, source: str) -> dict[str, int]:
    """Give which options come first: of a role, what was chosen as the main one; of a bank, what suits the case."""
    if source in reading.library.roles:
        first = reading.facts.known.get(source, ())
    elif source in SUGGESTED:
        first = [offer.id for offer in advise(reading.library, reading.facts, source).offers]
    else:
        first = ()
    return {id_: n for n, id_ in enumerate(first)}


def _plain(option: Option) -> OptionView:
    return OptionView(option.id, option.label, option.note, exclusive=option.exclusive)


def _advised(found: Offer | Held | LeftOut, reading: Reading, client: str) -> OptionView:
    entry = found.entry
    name = entry.name
    if isinstance(entry, Goal) and isinstance(found, Offer):
        name = fill(entry.text, filled_blanks(entry, {}, reading)[0], client)
    if isinstance(found, Offer):
        caution = found.cautions[0].text if found.cautions else ""
        return OptionView(entry.id, name, "", "offered", found.because[0].text, caution, found.band)
    if isinstance(found, Held):
        asks = ", ".join(str(ask) for ask in found.ask_first[:3])
        return OptionView(entry.id, name, "", "held", f"ask first: {asks}" if asks else found.why)
    return OptionView(entry.id, name, "", "left_out", str(found.because[0]))
