"""The plan, its thread, its goals held against SMART, its review."""

from goldenthread.plan.before import Before
from goldenthread.plan.goals import GoalLine, fill, filled_blanks
from goldenthread.plan.misnamed import Misnamed, misnamed
from goldenthread.plan.plan import FactorLine, Plan, TreatmentLine, Working, cited, make_plan
from goldenthread.plan.reading import Reading, read
from goldenthread.plan.review import Followed, Progress, Rating
from goldenthread.plan.roles import ENGINE_ROLES, OPTIONAL_ROLES
from goldenthread.plan.smart import LETTERS, Smart, of_own_words
from goldenthread.plan.specificity import PARTS, sentence
from goldenthread.plan.thread import Loose, Thread
from goldenthread.plan.wording import filled, item_label

__all__ = [
    "ENGINE_ROLES",
    "LETTERS",
    "OPTIONAL_ROLES",
    "PARTS",
    "Before",
    "FactorLine",
    "Followed",
    "GoalLine",
    "Loose",
    "Misnamed",
    "Plan",
    "Progress",
    "Rating",
    "Reading",
    "Smart",
    "Thread",
    "TreatmentLine",
    "Working",
    "cited",
    "fill",
    "filled",
    "filled_blanks",
    "item_label",
    "make_plan",
    "misnamed",
    "of_own_words",
    "read",
    "sentence",
]
