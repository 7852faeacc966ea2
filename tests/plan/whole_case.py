"""A small library whose one flowchart asks for every role that the plan reads."""

from __future__ import annotations

import datetime as dt

from goldenthread.walk import Round, Settings, Walk
from small import MOOD3, REFERENCE, bank, chart, guide

TODAY = dt.date(2026, 1, 5)
TEXTS = [
    "opening_words",
    "wanted_change",
    "what_happens",
    "onset",
    "trigger",
    "cost_work",
    "cost_home",
    "cost_others",
    "own_hypothesis",
    "own_view",
    "client_explanation",
    "strength_to_use",
    "deferred_needs",
    "own_goal",
    "barriers",
    "next_step",
    "factor_trigger",
    "plan_coping",
    "what_is_different",
    "still_stuck",
    "earlier_treatment",
    "health_medicines",
    "meaning_culture",
]
ROLES = {
    **{name: {"answer": "text"} for name in TEXTS},
    "age": {"answer": "number", "between": [0, 120]},
    "concern": {
        "answer": "choices",
        "options": {"panic": "panic", "sleep": "poor sleep", "grief": "grief"},
        "other": True,
    },
    "targeted_concern": {"answer": "choices", "from": "concern"},
    "problem_duration": {"answer": "duration"},
    "frequency": {"answer": "choice", "options": {"daily": "every day", "weekly": "every week"}},
    "working_diagnosis": {"answer": "choices", "from": "diagnoses", "other": True},
    "predisposing": {"answer": "choices", "from": "predisposing_factors"},
    "precipitating": {"answer": "choices", "from": "precipitating_factors"},
    "perpetuating": {"answer": "choices", "from": "perpetuating_factors", "other": True},
    "protective": {"answer": "choices", "from": "protective_factors"},
    "chosen_goals": {"answer": "goals", "from": "goals"},
    "chosen_modality": {"answer": "choices", "from": "modalities", "other": True},
    "review_interval": {"answer": "duration"},
    "participation": {
        "answer": "choice",
        "options": {"made_together": "made together", "not_yet": "not yet discussed"},
    },
    "goal_rating": {"answer": "number", "between": [0, 10]},
    "client_verdict": {
        "answer": "choice",
        "options": {"better": "things are better", "same": "about the same"},
    },
    "change_needed": {"answer": "choices", "options": {"goals": "the goals", "nothing": "nothing"}},
    "danger": {"answer": "yes_no", "safety": True, "label": "danger"},
    "unwell": {"answer": "yes_no", "safety": True, "label": "being unwell"},
    "risk_kind": {"answer": "choices", "safety": True, "options": {"suicide": "suicide", "abuse": "abuse"}},
    "safety_step": {
        "answer": "choice",
        "safety": True,
        "options": {"plan": "a safety plan", "emergency": "an emergency call"},
    },
    "bar": {"answer": "yes_no"},
}
ASKED_FIRST = ("danger", "unwell")
MAIN = [
    name
    for name in ROLES
    if name not in {*ASKED_FIRST, "risk_kind", "safety_step", "goal_rating", "plan_coping", "factor_trigger"}
]


def _line(names):
    return "\n".join(
        f"{name}: {{ask: Ask {name}?, as: {name}, next: {after}}}"
        for name, after in zip(names, (*names[1:], "tail"), strict=True)
    )


CHARTS = (
    chart(
        "case",
        "screen: {visit: screen, next: opening_words}\n"
        + _line(MAIN)
        + """
tail: {visit: detail, each: perpetuating, next: ratings}
ratings: {visit: rating, each: chosen_goals, next: mood}
mood: {measure: mood3, next: ask_again}
ask_again:
  ask: Again?
  answer: yes_no
  carry: never
  next: [{when: ask_again, go: screen, again: true}, {otherwise: done}]
done: {end: Done}
""",
    ),
    chart(
        "screen",
        """
        danger: {ask: Danger?, as: danger, core: true, next: unwell}
        unwell: {ask: Unwell?, as: unwell, core: true, next: done}
        done: {end: Screened}
        """,
        phase="safety",
    ),
    chart(
        "risk",
        """
        kind: {ask: Which?, as: risk_kind, next: step}
        step:
          ask: What is done?
          as: safety_step
          next: [{when: safety_step == emergency, go: stop}, {otherwise: coping}]
        coping: {ask: What helps?, as: plan_coping, next: urgent}
        urgent: {tell: "Stay with {client}.", tone: urgent, next: done}
        stop: {end: Emergency first, stop: true}
        done: {end: Recorded}
        """,
        phase="safety",
        opened_by_hand=True,
    ),
    chart(
        "detail",
        'q: {ask: "What sets {item} off?", as: factor_trigger, next: done}\ndone: {end: Done}',
        phase="conceptualization",
    ),
    chart(
        "rating",
        "q: {ask: How far?, as: goal_rating, carry: never, next: done}\ndone: {end: Done}",
        phase="review",
    ),
)
BANKS = (
    bank("roles", ROLES),
    bank(
        "diagnoses",
        {
            "panic_disorder": {"suggest": "panic in concern", "rule_out": "bar"},
            "other_one": {"suggest": "grief in concern"},
        },
    ),
    bank(
        "factors",
        {
            "avoidance": {
                "name": "staying away",
                "suggest": "panic in concern",
                "interventions": ["exposure"],
            },
            "rumination": {
                "name": "brooding",
                "suggest": "grief in concern",
                "interventions": ["activation"],
            },
            "childhood": {"p": "predisposing", "suggest": "panic in concern"},
            "a_loss": {"p": "precipitating", "suggest": "panic in concern"},
            "a_friend": {"p": "protective", "suggest": "panic in concern"},
        },
    ),
    bank(
        "interventions",
        {
            "exposure": {"suggest": "panic in concern"},
            "activation": {"suggest": "panic in concern"},
            "reading": {"suggest": "bar"},
        },
    ),
    bank(
        "modalities",
        {
            "cbt": {
                "name": "CBT",
                "interventions": ["exposure"],
                "suggest": {
                    "when": "panic in concern",
                    "sources": [{"ref": "a_book", "at": "p. 7", "says": "It works."}],
                },
                "caution": [{"when": "age >= 65", "because": "Go slowly."}],
            },
            "reading_group": {
                "name": "Reading group",
                "interventions": ["reading"],
                "suggest": "panic in concern",
                "rule_out": [{"when": "bar", "because": "Barred."}],
            },
        },
    ),
    bank(
        "goals",
        {
            "go_out": {
                "suggest": "avoidance in perpetuating",
                "targets": ["avoidance"],
                "interventions": ["exposure"],
                "domain": "functioning",
            },
            "mood_down": {
                "suggest": "panic in concern",
                "domain": "symptoms",
                "text": "{client} goes from {start} to {target} on the MOOD-3 within {weeks} weeks, with {helper}.",
                "say": "I go from {start} to {target} in {weeks} weeks, with {helper}.",
                "blanks": {
                    "start": {"fact": "mood3.total"},
                    "target": {"ask": "How low?"},
                    "weeks": {"number": 12, "between": [4, 26]},
                    "helper": {"ask": "Who helps?"},
                },
                "measure": {"instrument": "mood3", "from": "start", "to": "target"},
                "better": "less",
                "targets": ["problem"],
                "interventions": ["activation"],
            },
        },
    ),
    bank(
        "alerts",
        {
            "alarm": {
                "text": "Alarm for {client}.",
                "raise_when": "danger or (answered(danger) and not known(danger))",
                "opens": "risk",
                "cleared_when": "known(risk_kind) and known(safety_step)",
            }
        },
    ),
    bank(
        "obligations",
        {"screen_first": {"hold": ["goals", "modalities"], "until": "answered(danger) and not unwell"}},
    ),
    bank(
        "requirements",
        {
            "payer": {
                "parts": [
                    "problem_statement",
                    "client_words",
                    "diagnoses",
                    "goals",
                    "objectives",
                    "measures",
                    "interventions",
                    "safety",
                    "strengths",
                    "review_date",
                    "individual",
                    "participation",
                ]
            },
        },
    ),
    MOOD3,
    REFERENCE,
)
GOAL = {"id": "go_out", "for": ["avoidance"], "blanks": {"base": 1}}
WHOLE = {
    "danger": False,
    "unwell": False,
    "opening_words": "I cannot leave the house",
    "wanted_change": "I would go dancing",
    "what_happens": "my heart races in the queue",
    "onset": "in June",
    "trigger": "the end of the job",
    "cost_work": "two days off a week",
    "cost_home": "the shopping is not done",
    "cost_others": "no more choir",
    "age": 34,
    "concern": ["panic"],
    "problem_duration": "3 months",
    "frequency": "weekly",
    "working_diagnosis": ["panic_disorder"],
    "perpetuating": {"avoidance": "she takes the stairs"},
    "protective": ["a_friend"],
    "chosen_goals": [GOAL],
    "chosen_modality": ["cbt"],
    "review_interval": "12 weeks",
    "next_step": "Write down the next attack",
    "participation": "made_together",
    "bar": False,
}


def key_of(role):
    return f"screen.{role}" if role in ASKED_FIRST else f"case.{role}"


def walked(roles, more=(), rounds=()):
    answers = {key_of(role): value for role, value in roles.items()}
    later = [Round(dict(r)) for r in rounds]
    return Walk.replay(
        guide(*CHARTS, *BANKS).program,
        "case",
        [Round({**answers, **dict(more)}), *later],
        settings=Settings(rest_later=True),
    )
