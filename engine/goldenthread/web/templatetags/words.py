"""Days and cautions in words."""

from __future__ import annotations

from django import template

from goldenthread.advise import NOT_KNOWN
from goldenthread.plan.phrases import dated, day

register = template.Library()
register.filter("day", day)
register.filter("dated", dated)


@register.filter
def caution(text: str) -> str:
    """Head a caution by its name, unless it says itself that it may not apply."""
    return text if text.startswith(NOT_KNOWN) else f"Caution: {text}"
