"""Heads as databases export them: a code before each label (001:地方税, A1101_総人口), tables below each other without a blank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_CODED = re.compile(r"(?P<code>[A-Z]{0,2}[0-9]{2,8})[:：_.．][\s\u3000]*(?=[^\s\u30000-9])")
_FEWEST = 3  # labels with a code of one length
_SAME = 2  # labels at the beginning of two headers of one kind


def without_codes(labels: Sequence[str]) -> list[str]:
    """The labels of a header without the codes that number them; with its code a label that others then would share."""
    codes = [_CODED.match(label) for label in labels]
    lengths = Counter(len(code) for code in {code["code"] for code in codes if code})
    printed = Counter(len(code["code"]) for code in codes if code)
    # What is printed twice numbers nothing: 2019_男, 2019_女 is a year.
    coded = {length for length, count in lengths.items() if count == printed[length] >= _FEWEST}
    bare = [
        label[code.end() :] if code and len(code["code"]) in coded else label
        for label, code in zip(labels, codes, strict=True)
    ]
    said = Counter(bare)
    return [name if said[name] == 1 else label for name, label in zip(bare, labels, strict=True)]


def begins_as(head: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether a line begins with the labels that a header begins with (決算年度, 団体名), so that it is one of its kind."""
    return len(head) > _SAME and all(head[:_SAME]) and list(labels[:_SAME]) == list(head[:_SAME])
