"""Codes of ids that do not lead where they should, and of libraries laid over each other: R001 to R009."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, bank, flowchart

_OPENING = "opening:\n  ask: What brings you here?\n  answer: text\n  next: done\ndone:\n  end: Begun\n"
_ROLE = (
    "{id}:\n  label: the reason for coming\n  about: Why the client comes now.\n  answer: {answer}\n{more}"
)
_PLACE = bank(
    "roles", "place:\n  label: the place\n  about: Where.\n  answer: choice\n  options: {home: At home}\n"
)


def _role(id_: str = "reason", answer: str = "text", more: str = "") -> str:
    return bank("roles", _ROLE.format(id=id_, answer=answer, more=more))


def _asked(more: str = "") -> str:
    return flowchart(_OPENING.replace("  answer: text\n", f"  as: reason\n{more}"))


def _works(old: str, new: str) -> str:
    works = (("old_guide", 2011, old), ("new_guide", 2022, new))
    return bank(
        "references",
        "".join(
            f"{id_}:\n  type: report\n  title: A guide\n  issued: {year}\n  confirmed: seen\n"
            + (f"  superseded_by: {later}\n" if later else "")
            for id_, year, later in works
        ),
    )


REFERENCE = (
    Code(
        "R001",
        "an id that names nothing",
        "A node, flowchart, role or entry is named by an id that does not exist in this library. Usually "
        "the id is misspelt, or what it names was renamed or not yet written. The help line names the "
        "nearest id there is.",
        Sample(flowchart(_OPENING.replace("next: done", "next: doen"))),
        Sample(flowchart(_OPENING)),
    ),
    Code(
        "R002",
        "an id that stands twice",
        "Two entries have the same id, so nobody could tell which one is meant; ids are unique across all "
        "kinds. The same holds for an option or node that an `extends` adds to those there are. Rename one of "
        "them. If yours is meant to take the place of an entry of an earlier library, write `replaces:` with "
        "its id.",
        Sample(_role(), under=_role()),
        Sample(_role(more="  replaces: reason\n"), under=_role()),
    ),
    Code(
        "R003",
        "an id that names something of another kind",
        "The id exists, but it is not what is asked for here: a goal where an intervention must stand, say, "
        "or a flowchart in place of an instrument. Name one of the right kind, or move the id to the key "
        "where it belongs.",
        Sample(flowchart(_OPENING.replace("  answer: text\n", "  as: first_talk\n")), beside=_role()),
        Sample(_asked(), beside=_role()),
    ),
    Code(
        "R004",
        "an overlay that cannot be applied",
        "`replaces`, `extends` and `removes` name an entry of an earlier library. Either there is no such "
        "entry, or it is an alert or an obligation, which keep clients safe and which no library may take "
        "away. Correct the id, or add an entry of your own beside the one that stays.",
        Sample(bank("roles", "no_reason:\n  removes: raeson\n"), under=_role()),
        Sample(bank("roles", "no_reason:\n  removes: reason\n"), under=_role()),
    ),
    Code(
        "R005",
        "what was replaced has changed since",
        "Your entry stands over one of an earlier library and keeps the digest of what it was written over. "
        "That entry has changed since, perhaps for a reason that concerns yours too. Read what changed, "
        "adapt your entry where needed, then write the new digest.",
        Sample(_role(more="  replaces: reason\n  digest: d00000000000\n"), under=_role()),
        Sample(_role(more="  replaces: reason\n  digest: dc12a78a9015\n"), under=_role()),
        level="warning",
    ),
    Code(
        "R006",
        "a node says what its role already says",
        "A node that has a role (`as:`) takes its answer and options from it, so that the same question is "
        "answered in the same way everywhere. Leave `answer`, `options` and `from` out of the node. If the "
        "role's answer does not suit, change the role or choose another.",
        Sample(_asked("  answer: number\n"), beside=_role()),
        Sample(_asked(), beside=_role()),
    ),
    Code(
        "R007",
        "a client's file lies in a library",
        "A file that begins with `case:` or `answers:` holds what one client said. A library is content that "
        "is read, copied and shared, so nothing about a client belongs in it; the file is left out. Move it "
        "to the folder where you keep your clients' files.",
        Sample("case: {schema: 1}\nwalk: []\n", beside=_role()),
        Sample(_role()),
        level="warning",
    ),
    Code(
        "R008",
        "a key that an addition does not change",
        "An entry that says `extends` adds to the lists and maps of an entry of an earlier library: its "
        "rules, options, sources, targets and interventions. Its other words stay as they were, so this key "
        "is not read. Take it out, or write `replaces:` to say the whole entry anew.",
        Sample(
            bank("roles", "more:\n  extends: place\n  label: where\n  options: {work: At work}\n"),
            under=_PLACE,
        ),
        Sample(bank("roles", "more:\n  extends: place\n  options: {work: At work}\n"), under=_PLACE),
        level="warning",
    ),
    Code(
        "R009",
        "works that supersede each other in a circle",
        "`superseded_by` names the later work that stands in place of an earlier one. These lead back to where "
        "they began, so nobody could tell which is the latest. Take `superseded_by` out of the latest work.",
        Sample(_works("new_guide", "old_guide")),
        Sample(_works("new_guide", "")),
    ),
)
