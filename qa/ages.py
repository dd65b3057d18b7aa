"""Groups of people by age (65歳以上, 15~64歳): names of rows and columns, and the other ways in which such a name is written.

They look like bounds, but only where a table gives ages themselves is one put on its rows (`qa.given`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.lookup import letters

_GROUP = re.compile(
    r"(?<![0-9])(?:(?P<first>[0-9]{1,3})(?:歳|才)?(?:以上|から|~|-)(?P<last>[0-9]{1,3})(?:歳|才)(?P<end>以下|未満|まで)?"
    r"|(?P<age>[0-9]{1,3})(?:歳|才)(?P<how>以上|以下|未満|超))"
)
_OLDEST = 150


def age_groups(folded: str) -> Iterator[tuple[int, int]]:
    """Where a folded text names groups of people by age."""
    return (match.span() for match in _GROUP.finditer(folded))


def _ends(text: str) -> tuple[int, int] | None:
    """The first and the last year of age in a group, both of them in it."""
    match = _GROUP.fullmatch(text)
    if match is None:
        return None
    if match["first"]:
        return int(match["first"]), int(match["last"]) - (match["end"] == "未満")
    age, how = int(match["age"]), match["how"]
    return {
        "以上": (age, _OLDEST), "超": (age + 1, _OLDEST), "以下": (0, age), "未満": (0, age - 1),
    }[how]  # fmt: skip


def written_otherwise(name: str) -> frozenset[str]:
    """Other spellings of a group's name, as `letters` spells them: 0~14歳 and 15歳未満 for 14歳以下; none for other words."""
    ends = _ends(letters(name))
    if ends is None:
        return frozenset()
    first, last = ends
    if last == _OLDEST:
        found = {f"{first}歳以上", f"{first}歳~", f"{first}才以上"}
    else:
        spans = {f"{first}{a}{mark}{last}歳" for a in ("", "歳") for mark in ("~", "-", "から", "以上")}
        found = spans | {f"{one}{end}" for one in spans for end in ("以下", "まで")} | {f"{first}~{last + 1}歳未満"}
        found |= {f"{last}歳以下", f"{last + 1}歳未満", f"{last}歳まで"} if not first else set()
    return frozenset(letters(one) for one in found)


def bound_of(text: str) -> tuple[str, int] | None:
    """A group open at one end as a bound on ages, its sign and the year of age: 60歳以上; None for other words."""
    match = _GROUP.fullmatch(text)
    if match is None or not match["age"]:
        return None
    return {"以上": ">=", "超": ">", "以下": "<=", "未満": "<"}[match["how"]], int(match["age"])
