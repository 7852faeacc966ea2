"""Whether a change between two scores is more than noise."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.model import Scale

Verdict = Literal["improved", "worse", "not_reliable", "no_change", "not_established"]

WORDS: dict[str, str] = {
    "improved": "improved reliably",
    "worse": "worse reliably",
    "not_reliable": "changed, but not reliably",
    "no_change": "no change",
    "not_established": "no reliable change has been published for this scale",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A change from `before` to `after`, and what may be said of it.

    `verdict` holds the change against the published reliable change; `meaningful` says whether it reaches the
    published smallest change that matters to people (None where none is published).
    """

    before: float
    after: float
    amount: float
    verdict: Verdict
    meaningful: bool | None
    response: bool | None
    remission: bool | None

    @property
    def words(self) -> str:
        """The verdict in words."""
        return WORDS[self.verdict]


def change(scale: Scale, before: float, after: float) -> Change:
    """Say what may be said of a change (Jacobson and Truax 1991: reliable where it exceeds measurement error)."""
    amount = after - before
    better = -amount if scale.better == "lower" else amount
    verdict: Verdict
    if amount == 0:
        verdict = "no_change"
    elif scale.reliable_change is None:
        verdict = "not_established"
    elif abs(amount) < scale.reliable_change:
        verdict = "not_reliable"
    else:
        verdict = "improved" if better > 0 else "worse"
    meaningful = None if scale.meaningful_change is None else better >= scale.meaningful_change
    response = None
    if scale.response is not None and before:
        response = better / abs(before) * 100 >= scale.response
    remission = None
    if scale.remission is not None:
        remission = after <= scale.remission if scale.better == "lower" else after >= scale.remission
    return Change(before, after, amount, verdict, meaningful, response, remission)


def reliable_change_index(sd: float, reliability: float) -> float:
    """Give the smallest reliable change: 1.96 · SD · sqrt(2) · sqrt(1 - r) (Jacobson and Truax 1991).

    Raises ValueError unless sd > 0 and 0 <= reliability < 1.
    """
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError("the standard deviation is over 0, and the reliability from 0 to under 1")
    return 1.96 * sd * sqrt(2) * sqrt(1 - reliability)


def goal_attainment(
    levels: Sequence[int], weights: Sequence[float] | None = None, correlation: float = 0.3
) -> float:
    """Give the goal attainment T score: 50 + 10 Σwx / sqrt((1-ρ) Σw² + ρ (Σw)²) (Kiresuk and Sherman 1968).

    `levels` run from -2 (much less than expected) to +2 (much more). Raises ValueError for others, or for none.
    """
    weights = weights or [1.0] * len(levels)
    if not levels or len(weights) != len(levels) or any(not -2 <= level <= 2 for level in levels):
        raise ValueError("levels run from -2 to 2, one weight to each")
    total = sum(weights)
    spread = sqrt((1 - correlation) * sum(w * w for w in weights) + correlation * total * total)
    return 50 + 10 * sum(w * x for w, x in zip(weights, levels, strict=True)) / spread
