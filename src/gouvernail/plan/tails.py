"""What follows a piece of a YAML file: blank lines and comments, which the editor keeps at the piece's last value.

They speak of what comes next, so they must stay last when fields or elements are added, changed or removed.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import LiteralScalarString
from ruamel.yaml.tokens import CommentToken

Holder = tuple[CommentedMap | CommentedSeq, Any]


def cut_tail(node: Any) -> str:
    """Take the lines that follow `node` away from it and return them; the comment on its own last line stays."""
    found = _last(node)
    if found is None:
        return ""
    if ended := _ends(node):
        return ended
    holder, key = found
    comments, place = holder.ca.items.get(key), _place(holder)
    token = comments[place] if comments and len(comments) > place else None
    if not isinstance(token, CommentToken):
        return ""
    own, rest = _parted(token.value, holder[key])
    if own:
        token.value = f"{own}\n"
    else:
        del holder.ca.items[key]
        if getattr(holder[key], "ca", None) is not None:
            # A list on one line holds the comment a second time.
            holder[key].ca.comment = None
    return rest


def hang_tail(node: Any, lines: str) -> None:
    """Put `lines` (from `cut_tail`) behind `node`."""
    found = _last(node)
    if found is None or not lines:
        return
    holder, key = found
    comments, place = holder.ca.items.setdefault(key, [None, None, None, None]), _place(holder)
    own = comments[place].value.rstrip("\n") if comments[place] else ""
    newline = "" if isinstance(holder[key], LiteralScalarString) and not own else "\n"
    comments[place] = CommentToken(f"{own}{newline}{lines}", CommentMark(0), None)


def _ends(node: Any) -> str:
    """Take away and return the comments kept at the end of a list or map, where its last value is on one line."""
    while isinstance(node, CommentedMap | CommentedSeq) and node:
        if node.ca.end:
            lines = "".join(token.value for token in node.ca.end)
            node.ca.end = []
            return lines
        node = node[list(node)[-1] if isinstance(node, CommentedMap) else -1]
    return ""


def _place(holder: CommentedMap | CommentedSeq) -> int:
    """Where the editor keeps, among a value's comments, the one behind it."""
    return 2 if isinstance(holder, CommentedMap) else 0


def _parted(value: str, held: Any) -> tuple[str, str]:
    """Split a comment into the part on the value's own line and the lines below."""
    if isinstance(held, LiteralScalarString) and not value.startswith("#"):
        return "", value
    own, _, rest = value.partition("\n")
    return own, rest


def _last(node: Any) -> Holder | None:
    """The innermost place of the last value of `node`."""
    found: Holder | None = None
    while isinstance(node, CommentedMap | CommentedSeq) and node and not (found and node.fa.flow_style()):
        key = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        found = node, key
        node = node[key]
    return found
