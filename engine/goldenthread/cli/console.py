"""Lines in, lines out: with editing and completion on a terminal, plain otherwise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.screen import width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "why", "why ask", "why not", "more", "risk", "later", "not known", "declined", "back", "list", "change", "onward",
    "open", "plan", "client", "note", "from", "on", "decline", "set aside", "help", "quit",
)  # fmt: skip


class Console:
    """Where the walk talks. `line` raises EOFError when there is no more to read."""

    def __init__(self) -> None:
        self._session: Any = None
        self.terminal = sys.stdin.isatty() and sys.stdout.isatty()

    def out(self, text: str = "") -> None:
        """Write lines."""
        click.echo(text)

    def line(self, prompt: str, words: Sequence[str] = (), default: str = "") -> str:
        """Read a line. Nothing typed is kept anywhere but in the case."""
        above, prompt = _wrapped(prompt)
        if above:
            self.out(above)
        if not self.terminal:
            click.echo(prompt, nl=False)
            text = sys.stdin.readline()
            if not text:
                click.echo()
                raise EOFError
            click.echo(text.rstrip("\n"))
            return text.strip()
        from prompt_toolkit import PromptSession  # noqa: PLC0415 -- heavy, and only on a terminal
        from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415 -- as above

        if self._session is None:
            self._session = PromptSession()
        completer = WordCompleter([*words, *COMMANDS], ignore_case=True, sentence=True)
        text = self._session.prompt(prompt, completer=completer, complete_while_typing=False, default=default)
        return str(text).strip()


def _wrapped(prompt: str) -> tuple[str, str]:
    """Give the lines above the last of a prompt that is wider than the terminal, and the last."""
    if len(prompt) < width():
        return "", prompt
    indent = prompt[: len(prompt) - len(prompt.lstrip())]
    lines = wrap(prompt.strip(), indent).split("\n")
    return "\n".join(lines[:-1]), lines[-1] + " "
