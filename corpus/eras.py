"""Years whose era goes unsaid: 令和元年, 2, 3 under each other or beside each other are 令和元年, 令和2年, 令和3年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.folding import searchable
from corpus.types import Column, Origin, Row
from corpus.values import ERA_LETTERS, ERAS, find_periods

_NAMED = re.compile(rf"^({'|'.join((*ERAS, *ERA_LETTERS))})\s*(元|[0-9]{{1,2}})\s*(年度|年)?(末)?$")
_BARE = re.compile(r"^(元|[1-9][0-9]?|0[1-9])\s*(年度|年)?(末)?$")
_LONGEST = 64  # years, of any era so far
_TAILED = re.compile(r"^(?:元|[1-9][0-9]?)\s*年度?\s*\([^()]*\)$")
_TAIL = re.compile(r"\s*[(（][^()（）]*[)）]$")
_WESTERN = re.compile(r"^((?:18|19|20)[0-9]{2})\s*(年度|年)?(末)?$")
_SHORT = re.compile(r"^'?([0-9]{2})\s*(年度|年)?(末)?$")
_YEARS = ("年", "年度", "年次", "和暦", "会計年度")  # headers of a column of years
_BEYOND_DOUBT = 15
_FURTHEST = 10  # years from one column to the next: a census
_MONTH = re.compile(r"^([0-9]{1,2})月$")
_UNDER_ERA = re.compile(r"(?:元|[0-9]{1,2})年度?末?")
REASON = "元号を補いました"


def named_years(labels: Sequence[str], header: str = "", latest: int | None = None) -> list[str | None]:
    """For each label the year it stands for where its era goes unsaid, else None; blank labels are passed over.

    The first year of a run names its era; the next ones count on from it, by any step but never backwards. `header`
    (年度, 年) gives the word: years under 年度 are fiscal ones however they are printed. Fiscal years in a row that name
    no era at all (25年度, 26年度, 27年度) are the last such years up to `latest`, the western year a document is of.
    """
    found: list[str | None] = []
    era, last, word = "", 0, "年度" if "年度" in header else "年"
    alone = _in_a_row(labels, header) if latest else frozenset()
    for label in labels:
        folded = searchable(label)
        named, bare = _NAMED.match(folded), _BARE.match(folded)
        said = None
        if named:
            era, last = named[1], _number(named[2])
            word = word if "年度" in header else named[3] or word
        elif bare and era and last <= _number(bare[1]) <= _LONGEST:
            last = _number(bare[1])
            said = f"{era}{bare[1]}{bare[2] or ('' if era in ERA_LETTERS else word)}{bare[3] or ''}"
        elif bare and latest and not era and _number(bare[1]) in alone:
            name = _era_up_to(_number(bare[1]), latest)
            said = f"{name}{bare[1]}{bare[2] or word}{bare[3] or ''}" if name else None
        elif folded:
            era = ""
        found.append(said)
    return found


def named_in_turn(labels: Sequence[str], latest: int | None = None) -> list[str | None]:
    """For each label of a header what it stands for where it only counts on from those before it, else None.

    平成30年, 令和元年, 2 as `named_years` has it; 2015年, 16, 17 and 4月, 5, …, 12, 1 in the same way. What stands in brackets
    behind a year (30年度(千円)) stays there.
    """
    tails = [_TAIL.search(label) if _TAILED.match(searchable(label)) else None for label in labels]
    if any(tails):
        bare = [label[: tail.start()] if tail else label for label, tail in zip(labels, tails, strict=True)]
        said = named_in_turn(bare, latest)
        return [f"{one}{tail.group() if tail else ''}" if one else None for one, tail in zip(said, tails, strict=True)]
    found = named_years(labels, "", latest)
    year, month, word = 0, 0, ""
    for i, label in enumerate(labels):
        folded = searchable(label)
        western, short, named = _WESTERN.match(folded), _SHORT.match(folded), _MONTH.match(folded)
        if not folded or found[i]:
            continue
        if western:
            year, month, word = int(western[1]), 0, western[2] or ""
        elif named:
            year, month = 0, int(named[1])
        elif short and year and 0 < (int(short[1]) - year) % 100 <= _FURTHEST:
            year += (int(short[1]) - year) % 100
            found[i] = f"{year}{short[2] or word}{short[3] or ''}"
        elif month and folded.isdecimal() and int(folded) == month % 12 + 1:
            month = int(folded)
            found[i] = f"{month}月"
        else:
            year, month = 0, 0
    return found


def western_years(labels: Sequence[str]) -> bool:
    """Whether labels are bare western years one step after another (2019, 2020, 2021), as columns print them.

    Under two heads each year stands twice.
    """
    years = sorted({int(label) for label in labels if _WESTERN.match(label) and label.isdecimal()})
    steps = {after - before for before, after in pairwise(years)}
    often = {labels.count(str(year)) for year in years}
    return len(steps) == 1 and max(steps) <= _FURTHEST and len(often) == 1 and len(labels) == len(years) * often.pop()


def _in_a_row(labels: Sequence[str], header: str) -> frozenset[int]:
    """The bare fiscal years among labels, if two of them follow each other; a lone 5年度 may number anything."""
    bare = [found for label in labels if (found := _BARE.match(searchable(label)))]
    years = [_number(one[1]) for one in bare if one[2] == "年度" or "年度" in header or header in _YEARS]
    return frozenset(years) if any(abs(a - b) == 1 for a, b in pairwise(years)) else frozenset()


def _era_up_to(number: int, latest: int) -> str | None:
    """The era of the last year so numbered that is no later than the one after `latest` (budgets are of the next year)."""
    ends = dict(pairwise(ERAS.values()))
    for era, base in sorted(ERAS.items(), key=lambda one: -one[1]):
        if base + number <= min(latest + 1, ends.get(base, latest) + 1):
            return era
    return None


def carry_eras(columns: Sequence[Column], rows: list[Row], key: int, latest: int | None = None) -> list[Row]:
    """Give the bare years in the columns up to the one that names a row their era, and in those headed 年 or 年度; such cells
    are `inferred`.
    """
    for column in columns:
        header = searchable(column.label)
        if column.index > key and header not in _YEARS:
            continue
        if (header and "年" not in header) or find_periods(header):
            continue  # what stands under 令和2年度 is of that year, and none itself
        known = [r for r, row in enumerate(rows) if row.understood]
        labels = [rows[r].cells[column.index].text or "" for r in known]
        years = named_years(labels, header, latest or likely_latest(labels, header))
        for r, year in zip(known, years, strict=True):
            if year:
                cells = list(rows[r].cells)
                cells[column.index] = replace(
                    cells[column.index], text=year, origin=Origin.INFERRED, reason=REASON, unit=None
                )
                rows[r] = replace(rows[r], cells=tuple(cells))
    return rows


def likely_latest(labels: Sequence[str], header: str = "") -> int | None:
    """The western year that years without an era run up to, where a document tells none: 14年 to 27年 are of 平成, the last
    era that had so many. None for a few years, which could be of the present one, and where an era is named.
    """
    if any(era in label for label in labels for era in ERAS):
        return None
    last = max(_in_a_row(labels, header), default=0)
    name = list(ERAS)[-2]
    return ERAS[name] + last if _BEYOND_DOUBT <= last <= ERAS[list(ERAS)[-1]] - ERAS[name] else None


def _number(text: str) -> int:
    return 1 if text == "元" else int(text)


def with_era(labels: list[str]) -> list[str]:
    """The labels of a column, an era over a year (令和, 元年度) as one with it, or left out where the year names it itself."""
    found: list[str] = []
    for label in labels:
        era = searchable(found[-1]).replace(" ", "") if found else ""
        if era in ERAS and searchable(label).startswith(era):
            found[-1] = label
        elif era in ERAS and _UNDER_ERA.fullmatch(searchable(label)):
            found[-1] = f"{era}{label}"
        else:
            found.append(label)
    return found
