"""goldenthread store: where the cases are, their key, backups, and case files in and out."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.cli.common import CONTEXT, extra, fail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goldenthread.store import CaseStore
    from goldenthread.store.checking import Wrong
    from goldenthread.store.places import Kind
    from goldenthread.store.upkeep import Upkeep

_FILE = click.Path(path_type=Path, dir_okay=False)
_KINDS = click.Choice(["keyring", "passphrase", "file"], case_sensitive=False)


@click.group("store", context_settings=CONTEXT)
@click.option("--data", type=click.Path(path_type=Path), help="The folder of the store, as given to `serve`.")
def command(data: Path | None) -> None:
    """Look after the store of cases: where it is, its key, backups, case files."""
    if data is not None:
        os.environ["GOLDENTHREAD_DATA"] = str(data.expanduser().absolute())


@command.command("where", context_settings=CONTEXT)
def where() -> None:
    """Say where the cases are, and where the key that opens them is kept."""
    with _upkeep() as upkeep:
        found = upkeep.where()
    lines = {"data folder": found.folder, "database": found.database, "cases": found.cases}
    if found.fingerprint:
        kept = {
            "keyring": "the system's keyring",
            "passphrase": "the store, under a passphrase",
            "file": str(found.key_folder),
        }
        places = " and ".join(kept[kind] for kind in found.kept_in)
        lines["key"] = f"{found.fingerprint}, in {places}" if places else f"{found.fingerprint}, not at hand"
    else:
        lines["key"] = "none yet: it is made when the store is first used"
    for name, value in lines.items():
        click.echo(f"{name + ':':<13}{value}")


@command.command("backup", context_settings=CONTEXT)
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write all cases, sealed as they are, to one FILE, and try out that it brings them back."""
    with _upkeep() as upkeep:
        checked = upkeep.back_up(file.absolute())
        key = upkeep.keys.current().fingerprint
    click.echo(f"{file}: {_count(checked.cases, 'case')}, {_count(checked.events, 'event')}.")
    _say_wrong(checked.wrong)
    click.echo("It was restored into a store of its own, and every case in it was opened and replayed.")
    click.echo(f"It opens only with the key {key}. If you have no copy: goldenthread store key export FILE")


@command.command("restore", context_settings=CONTEXT)
@click.argument("file", type=_FILE)
@click.option(
    "--case", "only", multiple=True, metavar="ID", help="Only this case. Can be given several times."
)
@click.option("--replace", is_flag=True, help="Put the backup's cases in the place of those that are there.")
def restore(file: Path, only: tuple[str, ...], *, replace: bool) -> None:
    """Bring back the cases of a backup FILE, those deleted since among them.

    Those that are there stay as they are, unless --replace is given.
    """
    with _upkeep() as upkeep:
        done = upkeep.restore(file, only, replace=replace)
    click.echo(f"{_count(len(done.added), 'case')} brought back, {len(done.replaced)} replaced.")
    if done.left:
        click.echo(f"{_count(len(done.left), 'case')} there already, left as they are (see --replace).")
    _say_wrong(done.wrong)


@command.command("check", context_settings=CONTEXT)
def check() -> None:
    """Open and replay every case; say what is damaged."""
    with _upkeep() as upkeep:
        checked = upkeep.check()
    _say_wrong(checked.wrong)
    click.echo(f"{_count(checked.cases, 'case')}, {_count(checked.events, 'event')}: nothing is wrong.")


@command.command("rotate", context_settings=CONTEXT)
@click.option(
    "--key", "kind", type=_KINDS, help="Where to keep the new key; where the old one is, otherwise."
)
@click.option("--forget-old", is_flag=True, help="Take the old key away. Older backups no longer open then.")
def rotate(kind: Kind | None, *, forget_old: bool) -> None:
    """Take a new key into use. The old one is kept for older backups, unless --forget-old is given."""
    with _upkeep() as upkeep:
        old, new = upkeep.rotate(kind, forget_old=forget_old)
    click.echo(f"The store opens with the key {new} now.")
    if forget_old:
        click.echo(f"The key {old} was taken away: make a new backup, as older ones no longer open.")
    else:
        click.echo(f"Backups made before open only with the key {old}, which stays where it is.")


@command.group("key", context_settings=CONTEXT)
def key() -> None:
    """Copy the key of the store to a file under a passphrase, or put it back."""


@key.command("export", context_settings=CONTEXT)
@click.argument("file", type=_FILE)
def key_export(file: Path) -> None:
    """Write the key to FILE under a passphrase. Keep it apart from the backups."""
    with _upkeep() as upkeep:
        fingerprint = upkeep.export_key(file.absolute())
    click.echo(f"{file} holds the key {fingerprint}, locked by the passphrase.")


@key.command("import", context_settings=CONTEXT)
@click.argument("file", type=_FILE)
def key_import(file: Path) -> None:
    """Put the key back that `key export` wrote to FILE."""
    with _upkeep() as upkeep:
        fingerprint, kind = upkeep.import_key(file)
    click.echo(f"The key {fingerprint} is kept in {'the keyring' if kind == 'keyring' else 'a file'} now.")


@command.command("import", context_settings=CONTEXT)
@click.argument("files", type=_FILE, nargs=-1, required=True)
def import_(files: Sequence[Path]) -> None:
    """Take case FILES of `goldenthread walk --case` into the store. The files stay."""
    from goldenthread.case import CaseError, CaseFile  # noqa: PLC0415 -- `--help` needs none of it

    with _store() as store:
        for file in files:
            try:
                read = CaseFile.open(file)
            except CaseError as error:
                fail(str(error), error.help)
            if there := store.named(read.case.client):
                message = f"{file}: a case with its code is there already: {', '.join(there)}"
                fail(message, "put its code otherwise in the file, or delete the case that is there first")
            click.echo(f"{file}: {store.take_in(read.case)}")


@command.command("export", context_settings=CONTEXT)
@click.argument("case", metavar="CODE|ID")
@click.argument("file", type=_FILE)
def export(case: str, file: Path) -> None:
    """Write a case, named by its code or id, to a case FILE for `goldenthread walk --case`."""
    from goldenthread.case import CaseFile  # noqa: PLC0415 -- as above

    with _store() as store:
        found = [case] if store.has(case) else store.named(case)
        if not found:
            fail("there is no case of that code or id", "the code is that which the list of cases shows")
        if len(found) > 1:
            fail(f"{len(found)} cases have that code", "give the id of one: " + ", ".join(found))
        CaseFile.create(file, store.load(found[0])[0])
    click.echo(f"{file} is written. It is not sealed: whoever has it can read it.")


@contextmanager
def _upkeep() -> Iterator[Upkeep]:
    """Open the store's upkeep; what goes wrong ends the command with a line of help."""
    with _ready():
        from goldenthread.store.upkeep import Upkeep  # noqa: PLC0415 -- as above

        yield Upkeep(_ask, _tell)


@contextmanager
def _store() -> Iterator[CaseStore]:
    """Open the store itself."""
    with _ready():
        from goldenthread.store import open_store  # noqa: PLC0415 -- as above

        yield open_store(ask=_ask, tell=_tell)


@contextmanager
def _ready() -> Iterator[None]:
    from goldenthread.case import CaseError  # noqa: PLC0415 -- as above

    try:
        with extra("web", "the store"):
            from goldenthread.store import configure  # noqa: PLC0415 -- an extra

            configure()
        yield
    except CaseError as error:
        fail(str(error), error.help)


def _ask(prompt: str) -> str:
    return str(click.prompt(prompt.rstrip(": "), hide_input=True, err=True))


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _say_wrong(wrong: Sequence[Wrong]) -> None:
    """Say what is damaged, and end with exit code 1; go on where nothing is."""
    for one in wrong:
        click.echo(f"goldenthread: {one.error}\n  help: {one.error.help}", err=True)
    if wrong:
        fail(f"{_count(len(wrong), 'thing')} found wrong; all else is sound")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
