"""The plan, its thread, its goals held against SMART, its review."""

from goldenthread.plan.before import Before
from goldenthread.plan.days import Days
from goldenthread.plan.goals import GoalLine, fill, filled_blanks
from goldenthread.plan.kept import Kept, as_kept, kept
from goldenthread.plan.likeness import Personal, alike, personal
from goldenthread.plan.misnamed import Misnamed, misnamed
from goldenthread.plan.plan import PLANNED, FactorLine, Plan, TreatmentLine, Working, cited, make_plan
from goldenthread.plan.reading import Reading, read
from goldenthread.plan.review import Followed, Progress, Rating
from goldenthread.plan.roles import ENGINE_ROLES, OPTIONAL_ROLES
from goldenthread.plan.sessions import UNTOUCHED, Course, Mark, Sessions, sessions
from goldenthread.plan.smart import LETTERS, Smart, of_own_words
from goldenthread.plan.specificity import PARTS, sentence
from goldenthread.plan.thread import Loose, Thread
from goldenthread.plan.through import followed, with_sessions
from goldenthread.plan.wording import filled, item_label

__all__ = [
    "ENGINE_ROLES",
    "LETTERS",
    "OPTIONAL_ROLES",
    "PARTS",
    "PLANNED",
    "UNTOUCHED",
    "Before",
    "Course",
    "Days",
    "FactorLine",
    "Followed",
    "GoalLine",
    "Kept",
    "Loose",
    "Mark",
    "Misnamed",
    "Personal",
    "Plan",
    "Progress",
    "Rating",
    "Reading",
    "Sessions",
    "Smart",
    "Thread",
    "TreatmentLine",
    "Working",
    "alike",
    "as_kept",
    "cited",
    "fill",
    "filled",
    "filled_blanks",
    "followed",
    "item_label",
    "kept",
    "make_plan",
    "misnamed",
    "of_own_words",
    "personal",
    "read",
    "sentence",
    "sessions",
    "with_sessions",
]
