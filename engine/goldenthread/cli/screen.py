"""Questions and notices laid out for a terminal."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.typed import numbered
from goldenthread.language import Duration
from goldenthread.session import PHASE_NAMES
from goldenthread.walk import option_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.plan import Kept
    from goldenthread.session import OptionView, Question

SHOWN = 9
_TONES = {"note": ("Note", "cyan"), "caution": ("Caution", "yellow"), "urgent": ("URGENT", "red")}


def width() -> int:
    """Give the width to write in: the terminal's, from 60 to 100 columns."""
    return max(60, min(shutil.get_terminal_size((80, 24)).columns, 100))


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Wrap a text; `first` stands before the first line, `indent` before the others."""
    lead = indent if first is None else first
    return textwrap.fill(text, width(), initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)


def marked(word: str, text: str, colour: str, indent: str = "   ", lead: str = "") -> str:
    """Wrap a text behind a coloured word. The colour is put in afterwards: its signs take no room."""
    wrapped = wrap(text, indent, f"{lead}{word}: ")
    return wrapped.replace(f"{word}:", click.style(f"{word}:", fg=colour, bold=True), 1)


def banner(question: Question) -> str:
    """Give the phases with the present one marked."""
    names = []
    for n, name in enumerate(PHASE_NAMES.values(), 1):
        if n == question.phase_number:
            names.append(click.style(name.upper(), bold=True))
        else:
            names.append(click.style(name, dim=n > question.phase_number))
    return " · ".join(names)


def show(question: Question, *, every: bool = False) -> str:
    """Lay out the question that waits."""
    lines = ["", banner(question), click.style("─" * width(), dim=True)]
    for tone, text in question.told:
        word, colour = _TONES[tone]
        lines += [marked(word, text, colour), ""]
    if question.alert:
        lines += [marked("Risk", question.alert, "red"), ""]
    if question.kept:
        lines += ["Taken over from an earlier round, and not asked again:", *map(kept_line, question.kept)]
        lines += [click.style("  `confirm` if it is still so; `change N` answers one again.", dim=True), ""]
    title = f"{question.number}  " if question.number else ""
    about = f"{question.chart}" + (f": {question.item}" if question.item else "")
    lines.append(click.style(f"{title}{about}", dim=True))
    if question.kind == "acknowledge":
        lines.append(marked("URGENT", question.ask, "red"))
        lines.append("   Type `seen` when you have read this.")
    else:
        lines.append(click.style(wrap(question.ask), bold=True))
        if question.say:
            lines.append(wrap(f"“{question.say}”", "  ", "  "))
    lines += _options(question, every=every)
    lines += _hints(question)
    return "\n".join(lines)


def kept_line(one: Kept, more: str = "") -> str:
    """Say what an earlier round had answered, and when."""
    since = f" ({one.since})" if one.since else ""
    return wrap(f"{one.label}: {one.said}{since}{more}", "        ", f"{one.number:>6}  ")


def _options(question: Question, *, every: bool) -> list[str]:
    if not question.options:
        return []
    lines = [""]
    if question.gate:
        lines.append(marked("Held", question.gate, "yellow"))
    options = numbered(question)
    offered = [option for option in options if option.state in {"offered", "plain"}]
    suggested = any(option.state == "offered" for option in offered)
    shown = options if every else (offered[:SHOWN] if suggested else offered)
    if not shown and not every and not question.gate:
        shown = options
    for n, option in enumerate(shown, 1):
        lines += _option(n, option, every=every)
    hidden = len(options) - len(shown)
    if every:
        lines += _unnumbered(question, options)
    elif hidden > 0 or len(question.options) > len(options):
        rest = len(question.options) - len(shown)
        lines.append(
            click.style(f"   … {rest} more that the answers suggest less, or not: type `more`", dim=True)
        )
    return lines


def _option(n: int, option: OptionView, *, every: bool) -> list[str]:
    head = f"{n:>3}  {option.label}"
    if option.note:
        head += f" ({option.note})"
    lines = [wrap(head, "     ", "")]
    if option.state == "offered":
        lines.append(
            click.style(
                wrap(f"{option.band}. {option.why}" if option.band else option.why, "       ", "       "),
                dim=True,
            )
        )
        if option.caution:
            lines.append(marked("Mind", option.caution, "yellow", "       ", "       "))
    elif every and option.why:
        state = "held" if option.state == "held" else "not suggested"
        lines.append(click.style(wrap(f"{state}: {option.why}", "       ", "       "), dim=True))
    return lines


def _unnumbered(question: Question, options: list[OptionView]) -> list[str]:
    lines = []
    for option in question.options:
        if option in options:
            continue
        state = "held" if option.state == "held" else "left out"
        lines.append(wrap(f"{option.label} [{option.id}]: {state}: {option.why}", "       ", "     "))
    if lines:
        lines.insert(
            0,
            click.style(
                "   Not offered (each can still be named by the word in brackets; the plan will say so):",
                dim=True,
            ),
        )
    return lines


def _hints(question: Question) -> list[str]:
    words = {
        "text": "Type your answer.",
        "number": "Type a number" + _between(question) + (f" ({question.unit})." if question.unit else "."),
        "duration": "Type a length of time: 3 days, 4 weeks, 6 months, 2 years.",
        "date": "Type a date: 2026-01-31.",
        "yes_no": "Type yes or no.",
        "choice": "Type a number.",
        "choices": _choices_hint(question),
        "goals": "Type the numbers of the goals, or `own: ` and a goal in own words.",
        "measure": "Type the item scores in order, or the total.",
    }
    hint = words.get(question.kind, "")
    if question.prefill is not None:
        dated = f" ({question.prefill_date})" if question.prefill_date else ""
        hint += f" Enter keeps: {shown_value(question, question.prefill)}{dated}"
    lines = [click.style(wrap(hint), dim=True)] if hint else []
    return ["", *lines] if lines else []


def _choices_hint(question: Question) -> str:
    least = f" at least {question.at_least}" if question.at_least > 1 else ""
    most = f", {question.at_most} at most" if question.at_most else ""
    own = ", or `own: ` and your own words" if question.other else ""
    first = ", the main one first" if question.ranked else ""
    return f"Type one or more numbers{least}{most}{first}{own}."


def _between(question: Question) -> str:
    return f" from {question.between[0]:g} to {question.between[1]:g}" if question.between else ""


def shown_value(question: Question, raw: Any) -> str:
    """Say an earlier answer in the words of its question."""
    labels = {option.id: option.label for option in question.options}
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, dict) and "value" in raw:
        return shown_value(question, raw["value"])
    if isinstance(raw, dict) and question.kind == "measure":
        return str(raw.get("total", " ".join(str(v) for v in raw.get("items", ()))))
    if isinstance(raw, list | tuple | dict):
        return ", ".join(_one_value(item, labels) for item in raw)
    if isinstance(raw, Duration):
        return str(raw)
    return labels.get(str(raw), str(raw))


def _one_value(item: Any, labels: dict[str, str]) -> str:
    if isinstance(item, dict):
        id_ = str(item.get("id") or option_named(item))
        return str(item.get("own") or labels.get(id_, id_))
    return labels.get(str(item), str(item))


def lines_of(texts: Iterable[str]) -> str:
    """Lay out explanations, keeping their indents."""
    made = []
    for text in texts:
        indent = text[: len(text) - len(text.lstrip())]
        made.append(wrap(text.strip(), indent + "  ", indent))
    return "\n".join(made)


HELP = """\
Answer in the words of the hint. Or type, at any question:
  why             why these options are suggested      why ask    why this question is asked
  why X, why not X   how things stand with one entry   more       every option, with its state
  risk            open the risk guide here, and come back
  later           leave it for later                   not known  asked, and not known
  declined        asked, and declined                  back       the question before
  list            what was answered, with numbers      change N   answer question N again
  onward          on to the first open question        open       what is still open, by weight
  kept            what an earlier round had answered   confirm    all of that is still so (or: confirm N)
  ahead           the rest of this phase, as it was    confirm ahead   all of that is still so
  plan            the plan as it stands                client     the client's page
  note WORDS      a note beside the next answer        from WHO   who said it: client, mother, record
  on DATE         the day of the next answer           decline X: REASON   turn a suggestion down
  set aside       answers that are off the path now    quit       leave; a kept case is saved already"""
