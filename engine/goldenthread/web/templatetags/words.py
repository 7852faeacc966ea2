"""Days in words."""

from __future__ import annotations

from django import template

from goldenthread.export.wording import day

register = template.Library()
register.filter("day", day)
