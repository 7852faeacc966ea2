"""Findings about authored files: where, what, and what to do."""

from goldenthread.diagnostics.nearest import did_you_mean, nearest
from goldenthread.diagnostics.report import Diagnostic, Report
from goldenthread.diagnostics.span import Span

__all__ = ["Diagnostic", "Report", "Span", "did_you_mean", "nearest"]
