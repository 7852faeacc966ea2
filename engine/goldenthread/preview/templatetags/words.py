"""What stands between backticks in a message, set as code."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_TICKED = re.compile(r"`([^`]+)`")


@register.filter
def ticked(text: str) -> SafeString:
    """Set names as code."""
    # The text is escaped first, and a backtick is not among what escaping writes.
    return mark_safe(_TICKED.sub(r"<code>\1</code>", escape(text)))  # noqa: S308
