"""What part of a whole some figures are: of all things of a table, of those under a condition, or of another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.folding import searchable
from qa.frames import Frame
from qa.labels import core, says_total
from qa.ledger import levels
from qa.lookup import letters
from qa.measures import is_share, says_share
from qa.plan import Plan
from qa.results import Operand, Result, in_unit, number, operand, plain, rounded, total, value_of
from qa.types import Question, Term

ASKED = re.compile(r"占め|割合|構成比|シェア|(?:全|の(?:合計|総額|総数))[^\s、。]{0,20}何(?:%|パーセント|割)")
# 廃止の施設の予算の合計に占める, 廃止の施設のうち…の割合, 廃止の施設の予算の何%: the whole.
_BEFORE_IT = (
    r"に(?:対して)?占め|の(?:うち|中)[^。]{0,40}?(?:割合|比率|シェア|何(?:%|パーセント|割))|の何(?:%|パーセント|割)"
)
_WHOLE = (
    re.compile(rf"[は、,](?P<whole>[^は、,]*?)(?:{_BEFORE_IT})"),
    re.compile(rf"が(?!.{{1,8}}(?:る|た)[一-龥])(?P<whole>[^は、,が]*?)(?:{_BEFORE_IT})"),  # not 総務部が所管する講座の
    re.compile(rf"^(?P<whole>[^は、,]*?)(?:{_BEFORE_IT})"),
)
_GRAND = re.compile(r"(?:年度?間?)?[総合]?計|(?:歳入|歳出|収入|支出)(?:合計|総額|総計)|総[数額]")
OF_ALL = "全部"
_EXTRACT = re.compile(r"主な|主要な|抜粋|抜すい|上位[0-9０-９一二三四五六七八九十]")
_ROUNDED = 1  # percentage point; printed shares are rounded, and what small figures were left out changes no more
_MOSTLY = 0.6
_ENDING = re.compile(r"(?<=..)(?:数|額)$")


def share(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The share that the rows found have in what the question calls the whole; None when a figure cannot be read."""
    said = next((match for pattern in _WHOLE if (match := pattern.search(question.folded))), None)
    span = said.span("whole") if said else (0, 0)
    if question.comparisons or not plan.at:
        return None  # nothing names the part
    if len(rows) == 1 and (made := _of_columns(plan, question, rows[0], span)) is not None:
        return made
    if any(_said_in_part(plan.frame, c, letters(question.folded[slice(*span)])) for c in plan.columns):
        return None  # 県外への転出のうち女性: of a head over the part, which is no figure of the table
    if len(plan.parts) > 1:
        return _of_things(plan, question, span)
    if len(rows) == 1 and (whole_row := _split_from(plan.frame, plan.at, rows[0])) is not None:
        return _over(plan, rows, [whole_row], _names(plan.frame, [whole_row]))
    named = _named_in(frame=plan.frame, text=question.folded[slice(*span)])
    if named and not set(named) <= set(rows):
        return _over(plan, rows, named, _names(plan.frame, named))
    whole = _whole(plan, question, rows, span)
    if whole is not None and whole[1] == OF_ALL and _of_an_extract(plan, rows, whole[0]):
        return None
    if whole is None or (said is not None and _is_the_part(question.folded, span, whole[1])):
        return None
    return _over(plan, rows, *whole)


def _of_an_extract(plan: Plan, rows: Sequence[int], whole: Sequence[int]) -> bool:
    """Whether the rows of a table are not all there is: it says so, or the share that it prints beside a figure is another."""
    frame = plan.frame
    if is_extract(frame):
        return True
    printed = [c.index for c in frame.columns if is_share(frame, c.index) and says_share(frame, c.index)]
    if len(rows) != 1 or len(printed) != 1 or not plan.columns:
        return False
    told = frame.quantity(rows[0], printed[0])
    own, all_ = (_figures(frame, some, plan.columns[-1]) for some in (rows, whole))
    if told is None or not own or not all_ or not total(all_):
        return False
    return abs(told.value - total(own) / total(all_) * 100) > _ROUNDED


def is_extract(frame: Frame) -> bool:
    """Whether what stands over a table says that it holds but some of its kind: 主な歳入, 上位5費目の抜粋."""
    if frame.table is None or any(frame.totals):
        return False
    own = frame.document.tables[frame.table]
    return any(_EXTRACT.search(one) for one in (own.caption or "", *own.section[-1:]))


def _is_the_part(folded: str, span: tuple[int, int], called: str) -> bool:
    """Whether what a whole is called is said outside the words for the whole only: 民生費に占める児童福祉費 asks for no share of the latter."""
    own = re.findall("「([^」]+)」", called)
    inside, outside = letters(folded[slice(*span)]), letters(folded[span[1] :])
    return any(letters(name) in outside and letters(name) not in inside for name in own)


def _of_columns(plan: Plan, question: Question, row: int, span: tuple[int, int]) -> Result | None:
    """The share that one figure of a row has in another one of it, which the words for the whole name: 転出者のうち県外の."""
    frame, inside = plan.frame, letters(question.folded[slice(*span)])
    if plan.guessed or not inside:
        return None
    whole = [c for c in plan.columns if _said_in(frame, c, inside)]
    part = [c for c in plan.columns if c not in whole]
    if not whole and len(part) == 1:  # the head over the part
        own = frame.columns[part[0]].path
        over = [c.index for c in frame.columns if c.role == "data" and set(c.path) < set(own)]
        whole = sorted((c for c in over if _said_in(frame, c, inside)), key=lambda c: -len(frame.columns[c].path))[:1]
    if len(whole) != 1 or len(part) != 1:
        return None
    one, all_ = operand(frame, row, part[0]), operand(frame, row, whole[0])
    if one.quantity is None or all_.quantity is None or one.quantity.unit != all_.quantity.unit:
        return None
    if not value_of(all_) or value_of(one) > value_of(all_) or one.quantity.unit == "%":
        return None
    value, sign = rounded(value_of(one) / value_of(all_) * 100)
    written = f"{plain(one)} ÷ {plain(all_)} × 100 {sign} {number(value, sign)} (%)"
    return Result("ratio", plan, (row,), (one, all_), value, "%", written, (), "columns")


def _split_from(frame: Frame, at: Sequence[int], row: int) -> int | None:
    """The row of the whole that one row is split from (総数 of 男, 女 and うち65歳以上 of one place); None where it is not."""
    for column, wholes in frame.splits.items():
        others = [c.index for c in frame.columns if c.index != column and frame.tells_apart(c.index)]
        alike = [r for r in range(len(frame)) if all(frame.cells[r][c] == frame.cells[row][c] for c in others)]
        found = [r for r in alike if wholes[r] and r != row]
        if column in at and not wholes[row] and len(found) == 1:
            return found[0]
    return None


def _said_in_part(frame: Frame, column: int, text: str) -> bool:
    """Whether a head over a column is said in a text, and a label below it, which is no total, is not."""
    labels = [letters(core(label)) for label in frame.columns[column].path if not says_total(label)]
    said = [_ENDING.sub("", label) in text for label in labels if label]
    return (True, False) in pairwise(said)


def _said_in(frame: Frame, column: int, text: str) -> bool:
    """Whether every label over a column is said in a text, whole or without its 数 or 額 (転出者数 by 転出者)."""
    labels = [letters(core(label)) for label in frame.columns[column].path]
    return bool(labels) and all(_ENDING.sub("", label) in text for label in labels)


def _of_things(plan: Plan, question: Question, span: tuple[int, int]) -> Result | None:
    """The share of the things named outside the whole in those named inside it: 民生費に占める社会福祉費, AとBの合計に占めるA."""
    frame, folded = plan.frame, question.folded
    inside, outside = letters(folded[slice(*span)]), letters(folded[: span[0]] + folded[span[1] :])
    rows = [row for part in plan.parts for row in part]
    whole = [row for row in rows if letters(frame.name(row)) in inside or frame.totals[row]]
    parts = [row for row in rows if letters(frame.name(row)) in outside]
    if not whole or not parts or (len(whole) > 1 and set(parts) - set(whole)):
        return None
    return _over(plan, parts, whole, _names(frame, whole))


def _names(frame: Frame, rows: Sequence[int]) -> str:
    return "と".join(f"「{frame.name(row)}」" for row in rows)


def _named_in(frame: Frame, text: str) -> list[int]:
    """The rows whose whole names stand in a text, each by a name of its own."""
    spans = {text[a:b].lower() for a, b in frame.named_in(text)}
    found = [r for r in range(len(frame)) if searchable(frame.name(r)).lower() in spans]
    return found if len({frame.name(r) for r in found}) == len(found) else []


def _whole(plan: Plan, question: Question, rows: Sequence[int], span: tuple[int, int]) -> tuple[list[int], str] | None:
    """The rows of the whole, and what it is called: those that meet the conditions said of it, not those that say which thing."""
    frame = plan.frame
    words = [t for t in question.terms if span[0] <= t.start < span[1]]
    said = [c for c in plan.at if c != frame.key and any(_says(frame, words, row, c) for row in rows)]
    if all(_GRAND.fullmatch(letters(frame.name(row))) for row in rows):
        return None
    own = levels(frame)
    if own is not None and said:
        level, texts = max(said), {frame.cells[row][max(said)] for row in rows}
        itself = [r for r, at in enumerate(own) if at == level and frame.cells[r][level] in texts]
        return (itself, _names(frame, itself)) if len(itself) == 1 else None
    section = _of_section(frame, rows)
    members = [r for r in section if not (frame.totals[r] or frame.covered[r] or frame.within[r])]
    members = _alike(frame, rows, members, [c for c in plan.at if c not in said])
    if not members or len({frame.label(r) for r in rows}) < len(rows):
        return None
    called = []
    for column in said:
        texts = {frame.cells[row][column] or "" for row in rows}
        if len(texts) != 1:
            return None
        members = [r for r in members if (frame.cells[r][column] or "") in texts]
        called.append(f"「{texts.pop()}」")
    if len(rows) > 1 and (not plan.at or not set(rows) < set(members)):
        return None
    if plan.columns and all(frame.columns[c].role == "heading" for c in said):
        printed = _printed_total(frame, section, plan.columns[-1])
        if printed is not None and total(_figures(frame, members, plan.columns[-1])) != value_of(printed):
            return [printed.row], f"「{frame.name(printed.row)}」"  # what is part of what is not told, but the total is
    return members, "".join(called) or OF_ALL


def _says(frame: Frame, words: Sequence[Term], row: int, column: int) -> bool:
    """Whether some of the words stand in a cell."""
    text = letters(frame.cells[row][column] or "")
    return any(letters(word.surface) in text for word in words)


def _of_section(frame: Frame, rows: Sequence[int]) -> list[int]:
    """The rows under the same headings, where these have a total of their own (歳入 beside 歳出); else all rows."""
    levels = [c.index for c in frame.columns if c.role == "heading"]
    under = [tuple(row[c] for c in levels) for row in frame.cells]
    own = {under[r] for r in rows}
    closed = {one for one, is_total in zip(under, frame.totals, strict=True) if is_total}
    return [r for r, one in enumerate(under) if one in own or not own <= closed]


def _alike(frame: Frame, rows: Sequence[int], members: list[int], asked: Sequence[int]) -> list[int]:
    """Of the members of a long table, whose names come again for each year and kind of figure, those of the rows' own.

    `asked` are the columns that say which thing it is.
    """
    names = [frame.name(r) for r in members]
    if len(set(names)) >= _MOSTLY * len(names):
        return members
    if not asked:
        return []
    thing = max(asked, key=lambda c: len({row[c] for row in frame.cells}))
    for column in (c.index for c in frame.columns if c.index != thing and frame.tells_apart(c.index)):
        pairs = {(frame.cells[r][thing], frame.cells[r][column]) for r in members}
        if len(pairs) > len({of for of, _ in pairs}):  # not merely a code of the thing
            texts = {frame.cells[r][column] for r in rows}
            members = [r for r in members if frame.cells[r][column] in texts] if len(texts) == 1 else []
    return members


def _printed_total(frame: Frame, rows: Sequence[int], column: int) -> Operand | None:
    """The total of all of some rows, if a table prints it once."""
    called = [r for r in rows if frame.totals[r] and _GRAND.fullmatch(letters(frame.name(r)))]
    found = _figures(frame, called, column)
    return found[0] if len(found) == 1 else None


def _figures(frame: Frame, rows: Sequence[int], column: int) -> list[Operand]:
    return [one for row in rows if (one := operand(frame, row, column)).quantity is not None]


def _over(plan: Plan, rows: Sequence[int], whole: Sequence[int], called: str) -> Result | None:
    """The sum of some rows over the sum of others, in per cent."""
    frame = plan.frame
    if not plan.columns:
        return None
    column = plan.columns[-1]
    if any(frame.quantity(r, column) is None and not frame.says_nothing(r, column) for r in (*rows, *whole)):
        return None
    own, others = _figures(frame, rows, column), _figures(frame, whole, column)
    units = {one.quantity.unit for one in (*own, *others) if one.quantity}
    if not own or not others or len(units) != 1 or "%" in units or (len(own) == 1 and own == others):
        return None
    part, all_ = total(own), total(others)
    if not all_ or part > all_:
        return None
    unit = in_unit(units.pop())
    value, sign = rounded(part / all_ * 100)
    sums = [
        f"{' + '.join(plain(one) for one in side)} = {number(total(side))}{unit}"
        for side in (own, others)
        if len(side) > 1
    ]
    written = "; ".join((*sums, f"{number(part)} ÷ {number(all_)} × 100 {sign} {number(value, sign)} (%)"))
    beside = tuple(one for one in others if one not in own)
    things = tuple(one.row for one in own)
    return Result("ratio", plan, things, (*own, *beside), value, "%", written, (), f"of {called}")
