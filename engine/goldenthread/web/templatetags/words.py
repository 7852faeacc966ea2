"""Days in words."""

from __future__ import annotations

from django import template

from goldenthread.plan.phrases import day

register = template.Library()
register.filter("day", day)
