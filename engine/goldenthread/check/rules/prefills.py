"""K009: an alert puts forward an answer that its question cannot take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.check.rule import at, error
from goldenthread.walk import Misfit, fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Library
    from goldenthread.walk.answers import Fit


def check(library: Library) -> Iterator[Finding]:
    """Find answers under `prefill` that do not fit, each option by itself."""
    for alert in library.alerts.values():
        for id_, raw in alert.prefill.items():
            fact = library.facts.get(f"{alert.opens}.{id_}")
            if fact is None:
                continue
            fit = fits.fit_for(fact.type, fits.ChoicesAsked())
            listed = fact.type.kind == "choices" and isinstance(raw, list)
            for item in raw if listed else [raw]:
                misfit = _misfit(fit, [item] if listed else item)
                if misfit is not None:
                    where = at(alert, "prefill", id_, *([item] if listed else []))
                    message = f"`{alert.id}` puts forward for `{id_}`: {misfit}"
                    yield error("K009", where, message, misfit.help)


def _misfit(fit: Fit, raw: Any) -> Misfit | None:
    try:
        fit(raw, {})
    except Misfit as misfit:
        return misfit
    return None
