"""Suggestions with reasons: offered, held, left out, for any bank."""

from goldenthread.advise.advice import Advice, Ask, Because, Facts, Held, LeftOut, Offer
from goldenthread.advise.advise import NOT_KNOWN, advise, not_known_lead, parted, waiting
from goldenthread.advise.bare import facts_from
from goldenthread.advise.gates import HELD_BY_ALERTS, gates, held_by, open_alerts
from goldenthread.advise.rank import EVIDENCE, evidence
from goldenthread.advise.weigh import State, Weighed, weigh

__all__ = [
    "EVIDENCE",
    "HELD_BY_ALERTS",
    "NOT_KNOWN",
    "Advice",
    "Ask",
    "Because",
    "Facts",
    "Held",
    "LeftOut",
    "Offer",
    "State",
    "Weighed",
    "advise",
    "evidence",
    "facts_from",
    "gates",
    "held_by",
    "not_known_lead",
    "open_alerts",
    "parted",
    "waiting",
    "weigh",
]
