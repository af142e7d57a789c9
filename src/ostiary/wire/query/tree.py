"""Dotted parameter names as a tree: `Tags.member.1.Key` becomes a branch of a branch."""

import re
from collections.abc import Collection, Mapping
from typing import Union

from ostiary.wire.errors import MalformedInputError

Branch = dict[str, "Node"]
Node = Union[str, Branch]  # noqa: UP007 - a string on either side of | is no type yet

_INDEX = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


def grow_tree(fields: Mapping[str, str], heads: Collection[str]) -> Branch:
    """Return the tree of the parameters whose first part is in `heads`; others mean nothing here and are left out.

    Raises:
        MalformedInputError: a name is used both for a value and for what lies below it.
    """
    tree: Branch = {}
    for name, value in fields.items():
        head, *parts = name.split(".")
        if head in heads:
            _plant(tree, [head, *parts], value)
    return tree


def in_order(branch: Branch) -> list[Node]:
    """Return what hangs below the indices of a list, in their order; gaps between them do not matter.

    Raises:
        MalformedInputError: a key is not a number between 1 and 99999 without leading zeros.
    """
    if not all(map(_INDEX.fullmatch, branch)):
        raise MalformedInputError("A list or map has an index that is not a number from 1 to 99999")
    return [branch[index] for index in sorted(branch, key=int)]


def _plant(tree: Branch, parts: list[str], value: str) -> None:
    *branches, leaf = parts
    for part in branches:
        below = tree.setdefault(part, {})
        if isinstance(below, str):
            raise MalformedInputError("Start of structure or map found where not expected")
        tree = below
    if leaf in tree:
        raise MalformedInputError("Start of structure or map found where not expected")
    tree[leaf] = value
