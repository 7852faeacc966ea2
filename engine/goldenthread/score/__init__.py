"""Instruments scored: totals, bands, risk answers, reliable change, goal attainment."""

from goldenthread.score.change import WORDS, Change, change, goal_attainment, reliable_change_index
from goldenthread.score.scoring import Score, ScoreError, band, from_items, from_total, item_value

__all__ = [
    "WORDS",
    "Change",
    "Score",
    "ScoreError",
    "band",
    "change",
    "from_items",
    "from_total",
    "goal_attainment",
    "item_value",
    "reliable_change_index",
]
