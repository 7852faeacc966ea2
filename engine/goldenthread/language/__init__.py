"""The language of conditions: typed, compiled once, three-valued; it says and explains itself in English."""

from goldenthread.language.condition import Atom, Condition
from goldenthread.language.duration import Duration
from goldenthread.language.english import join
from goldenthread.language.own import together
from goldenthread.language.parse import RESERVED, ConditionError
from goldenthread.language.types import Fact, Kind, Scope, Type

__all__ = [
    "RESERVED",
    "Atom",
    "Condition",
    "ConditionError",
    "Duration",
    "Fact",
    "Kind",
    "Scope",
    "Type",
    "join",
    "together",
]
