"""Answers over a library: where they lead, what they make known, what is asked next."""

from goldenthread.walk.ahead import Ahead, ahead
from goldenthread.walk.answers import (
    DECLINED,
    LATER,
    NOT_KNOWN,
    OWN,
    Misfit,
    bare,
    beside,
    examples,
    option_named,
    own_words,
    status,
)
from goldenthread.walk.goals import Chosen, chosen_goals
from goldenthread.walk.program import Program, Step, allowed_options, compile_library
from goldenthread.walk.run import Round, Settings
from goldenthread.walk.state import Problem, Raised, Trace
from goldenthread.walk.walk import NothingAskedError, UnderWayError, UnknownQuestionError, Walk
from goldenthread.walk.written import keyed, parts_of, path_of, rounds_from

__all__ = [
    "DECLINED",
    "LATER",
    "NOT_KNOWN",
    "OWN",
    "Ahead",
    "Chosen",
    "Misfit",
    "NothingAskedError",
    "Problem",
    "Program",
    "Raised",
    "Round",
    "Settings",
    "Step",
    "Trace",
    "UnderWayError",
    "UnknownQuestionError",
    "Walk",
    "ahead",
    "allowed_options",
    "bare",
    "beside",
    "chosen_goals",
    "compile_library",
    "examples",
    "keyed",
    "option_named",
    "own_words",
    "parts_of",
    "path_of",
    "rounds_from",
    "status",
]
