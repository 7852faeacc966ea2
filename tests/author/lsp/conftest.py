"""The names in the shipped files, found once for all the servers and views that are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goldenthread.author.lsp import atlas
from rereading import stays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.author.lsp.mentions import Mention
    from goldenthread.source import Tree


@pytest.fixture(scope="session", autouse=True)
def names_of_shipped_files() -> Iterator[None]:
    found: dict[int, list[Mention]] = {}
    mentions = atlas.mentions

    def remembered(tree: Tree, kind: str, text: str) -> list[Mention]:
        if not stays(tree):
            return mentions(tree, kind, text)
        if id(tree) not in found:
            found[id(tree)] = mentions(tree, kind, text)
        return found[id(tree)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(atlas, "mentions", remembered)
        yield
