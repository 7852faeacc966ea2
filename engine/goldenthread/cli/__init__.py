"""The command line. A command's module is imported when the command is used, and not before."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from goldenthread import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: dict[str, str] = {
    "serve": "Open the page for clinicians in the browser of this machine.",
    "open": "Open the page that `serve` runs, by a new link.",
    "store": "Look after the store of cases: where it is, its key, backups, case files.",
    "walk": "Walk a flowchart (`planning`, from the problem to the plan), one question at a time.",
    "plan": "Write the plan of a case: for Word, as PDF, text, Markdown, data, or a calendar entry.",
    "advise": "Say what is offered, held and left out, from facts alone.",
    "score": "Score an instrument: total, band, risk answers, change.",
    "goals": "Find goals in the bank: those that hold all of WORDS.",
    "facts": "List every fact: its type, its options, and the questions that ask for it.",
    "bank": "List the entries of the bank, or those of one KIND, or show one in full.",
    "sources": "List the works that the content rests on; with KEY, all that rests on one.",
    "reviews": "Say what of the content is reviewed, what is a draft, and whose review is overdue.",
    "draw": "Draw a flowchart, a phase, `all` or the `overview`, with the conditions on its arrows.",
    "print": "Print what trainers hand out, as PDF: the booklet, posters, worksheets, handouts, teaching cases.",
    "slides": "Make slides of a drawing, 16 to 9, as PDF; with --path, revealing the path of a case step by step.",
    "check": "Check a library: say what is wrong at file:line:column, and what to do.",
    "preview": "Open a page that redraws and rechecks a library on each save.",
    "test": "Run vignettes: cases with the outcomes expected of them.",
    "diff": "Say what an edit changes in outcomes: questions, suggestions, alerts, ends; each with the answers.",
    "cover": "Write a few walks that cross every edge and every rule, and say what the vignettes leave uncrossed.",
    "fmt": "Write library files in the house form: order of keys, indents, quotes, folds. Comments are kept.",
    "lsp": "Answer an editor while content is written: findings, completion, renaming.",
    "new": "Write a new file to begin from: small, commented, and sound at once.",
    "explain": "Say what the code of a finding means, with a sample and the same sample mended.",
}
"""Each command with its line of help, so that `--help` need import none of them."""

INTERRUPTED, BROKEN_PIPE, INTERNAL = 130, 141, 70
SELDOM = 50_000
"""Objects made between one look of the garbage collector and the next; 700 otherwise."""


class LazyGroup(click.Group):
    """A group that imports a command when it is used. `table` has their lines of help, `package` their modules."""

    def __init__(self, *args: Any, table: dict[str, str], package: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.table, self.package = table, package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- the shape that click asks for
        """Give the names of the commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as above
        """Import a command."""
        if cmd_name not in self.table:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was named, or name the nearest."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            from goldenthread.diagnostics import did_you_mean  # noqa: PLC0415 -- only where something is wrong

            near = did_you_mean(args[0], self.table) or f"`{ctx.command_path} --help` lists them"
            ctx.fail(f"there is no command `{args[0]}`; {near}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- as above
        """Write the table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))


class Whole(LazyGroup):
    """The whole command line, which never shows a user a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Ctrl-C and a reader that went away end it without a word."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            _stop_writing()
            sys.exit(BROKEN_PIPE)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line. What nobody foresaw ends as one line, with exit code 70."""
        # Nearly all that a command makes is needed to its end: the collector would often look, and find nothing.
        gc.set_threshold(SELDOM)
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a sign gets a question mark, not a failure.
            if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in {"utf-8", "utf8"}:
                stream.reconfigure(errors="replace")
        try:
            return super().main(args, *rest, **extra)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except OSError as error:
            if _debugging():
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"goldenthread: {where}{error.strerror or error}", err=True)
            sys.exit(1)
        except Exception as error:
            if _debugging():
                raise
            what = " ".join(f"{type(error).__name__}: {error}".split())
            click.echo(f"goldenthread: internal error: {what}; please report it", err=True)
            sys.exit(INTERNAL)


def _debugging() -> bool:
    return os.environ.get("GOLDENTHREAD_DEBUG", "") not in {"", "0"}


def _stop_writing() -> None:
    """Send what is still to be written nowhere, so that closing the stream does not fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


@click.group(
    cls=Whole,
    table=COMMANDS,
    package="goldenthread.cli",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="goldenthread")
def main() -> None:
    """Decision guides for psychotherapy treatment planning.

    Supports a clinician's judgement and replaces none of it. Begin with `goldenthread walk`; every command
    says more about itself with `--help`.
    """


__all__ = ["COMMANDS", "SELDOM", "LazyGroup", "main"]
