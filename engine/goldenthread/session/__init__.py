"""The facade that the terminal, the web and print share."""

from goldenthread.session.ahead import Ahead
from goldenthread.session.guide import (
    Guide,
    GuidedWalk,
    NotADateError,
    NotSoundError,
    UnknownFlowchartError,
    load,
)
from goldenthread.session.question import PHASE_NAMES, OptionView, Question

__all__ = [
    "PHASE_NAMES",
    "Ahead",
    "Guide",
    "GuidedWalk",
    "NotADateError",
    "NotSoundError",
    "OptionView",
    "Question",
    "UnknownFlowchartError",
    "load",
]
