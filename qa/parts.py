"""One text read into its parts: labelled figures, and labelled rows of names.

`186件（県:120、その他:66）` → 186件; in it 県 120, その他 66. `東部：港町、浜町 西部：山手` → 東部: 港町, 浜町; 西部: 山手. What is a
part of what is told by brackets, by うち, by arithmetic (figures in a row that add up to one before them) or by the word
内訳, never by what the parts are called. All offsets are those of the folded text (`spelled`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from corpus.caching import remembered
from corpus.folding import searchable
from corpus.values import COUNTERS, date_spans, find_periods, find_quantities, fold_kanji_numbers
from qa.lookup import letters
from qa.spoken_years import spoken

_MARK = re.compile(r"[(\[(「【]?\s*(?:うち)?(?:内訳|内わけ|うちわけ|明細)\s*[)\])」】]?\s*[::]?")
_SPLIT = re.compile(r"[、,;/()\[\]【】。※・;|\n]|[①-⑳]|\s{2,}")
_LEAD = re.compile(
    r"^(?:うち|内訳|内|および|及び|と|は|では|に対して|であり|で)?[\s::]*|[\s::=]*(?:約|(?<![会合統総])計|延べ|延|のべ|およそ|各|全|は|が|(?<!子ど)(?<!こど)も|(?:につ(?:いて|きまして)|に関し(?:て|まして))は?)?[\s::=]*$"
)
# 水道事業会計につきましては、支出を合わせて38億円: what a speech says of a figure stands before the clause that leads to it.
_SPOKEN_OF = re.compile(
    r"(?:[0-9]{1,2}(?:点|項|番|件|回|つ)目の)?(?P<topic>[^\s、,。;:()]{2,40}?)(?:につ(?:いて|きまして)|に関し(?:て|まして)|におきまして)は?[、,]"
)
_GOES_ON_SAYING = re.compile(
    r"(?:(?:合|あ)わせて|合計で|総額で|全体で|として)$"
)  # not 前年度から: that is what it grew by
_TRAIL = re.compile(r"(?:[\s:=]|\.{2,})+$")  # dots lead from a name to its figure: 会費 …… 500円
_COLON = re.compile(r":\s*(?:約|計|延べ|各|全)?\s*$")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_AS_OF = re.compile(r"(?<![0-9])[0-9]{1,2}\s*日\s*(?:現在|時点)(?:で|の)?")
_PIECE = re.compile(r"[\s、,]*(?:は|の|では|には)?[\s、,]*")  # between the pieces of one date
_TOPIC = re.compile(r"\s*(?:は|では|には|においては)")
_NUMBERED = re.compile(r"(?:第|[A-Za-z])$")  # 第3回, A4: a name, not a count
_ORDINAL = re.compile(r"項?目(?![0-9一-龥])")  # 2点目の, 3番目: which of them, not how many
_INNER = re.compile(r"(?:^|[\s(、,])(?:その|この)?うち")
_AFTER = re.compile(r"[^\s、,。;:()/0-9①-⑳]{1,20}")
_CIRCLED = re.compile(r"[①-⑳]")
_LABELLED = re.compile(r"(?:(?<=^)|(?<=[\s、,。・;()/]))(?P<label>[^\s、,。;:()/.]{1,20}?)\s*(?::|・{2,}|\.{2,})\s*")
_BRACKETED = re.compile(r"(?P<label>[^\s、,。;:()/・]{1,30})\s*\((?P<inner>[^()]{2,300})\)")
_NAMES = re.compile(r"\s*(?:、|,|/|及び|および|並びに|ならびに|又は|または)\s*")
_OR_DOT = re.compile(r"\s*(?:、|,|/|・|及び|および|並びに|ならびに|又は|または)\s*")
_FORM = re.compile(r"[をがはにで]|[るいくうすむぶつぬ]$|[。:?]")  # a clause, not a name
_BEHIND = re.compile(r"の(?:各|[0-9一-龥])[^、,]{0,20}$")
_OPEN_END = re.compile(r"(?:など|等|ほか|他)$")
_GOES_ON = re.compile(r"[\s、,・~]*")  # another day of the same
_UNTIL = re.compile(r"\s*~")
_ONLY_YEAR = re.compile(r"(?:[^0-9]{0,2}\s*(?:[0-9]{1,4}|元)\s*(?:年度?)?)")  # a year says of when a figure is
_TOLD_BEHIND = re.compile(r" (?P<label>[^\s、,。:;()]{2,20})\s*(?:\([^()]*\)?)?\s*")
_OPENS = re.compile(r"[(\[【:]|うち|内訳|※")  # without it, figures add up to one beside them by chance
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BLANKED = "\0"
_SHUT = re.compile(rf"\s*{_BLANKED}+\s*")
_WHOLE = re.compile(r"うち|内訳|合計|総数|全体|計(?=[\s:]*[0-9])|延べ")
GROWN = re.compile(
    r"\s*(?:[、,]?\s*[(]?(?:率にして|率に直すと|率では?|比率で|対?前年度?比)?\s*[0-9][0-9.,]*\s*(?:%|パーセント|ポイント)[)]?)?"
    r"\s*(?:の|も|ほど|程度)?(?:増(?!設|築|刷|員|便)|減(?!免|税|価|反)|微増|微減|上昇|低下|上回|下回)"
)  # 175億円の増; 175億円、率にして7.3%の増
_GROWN_BEFORE = re.compile(r"(?:プラス|マイナス)\s*$")
_FEWEST = 2
DATE = "date"
_MOST = 40
_LONGEST_NAME = 25


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a quote with what stands before it; `unit` is its own or, in a breakdown, that of the whole.

    `head` stands before the label and is said of the figures after it too (`視聴回数 企業:220回 学生:105回`); `after` are the
    letters right behind the figure (10**テーマの提案**), `when` the date before it, `mark` the circled number it stands under.
    `inside` is the place, in the order of the text, of the figure it is a part of or a remark to; `each` is True for 各, `among` for うち,
    `change` where the figure says by how much something grew or shrank (180件の増).
    """

    label: str
    value: Decimal
    unit: str | None
    text: str
    start: int
    end: int
    head: str = ""
    after: str = ""
    when: str = ""
    mark: str = ""
    inside: int | None = None
    each: bool = False
    among: bool = False
    change: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Names in a row with what they are (`東部：港町、浜町`), label "" where nothing says it; `open` where it ends in 等."""

    label: str
    names: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and the figures it consists of; `adds_up` is False where only the word 内訳 says so."""

    whole: Part
    parts: tuple[Part, ...]
    adds_up: bool


_IN_KANJI = re.compile(
    rf"(?<![一二三四五六七八九十百千億万兆])[一二三四五六七八九十百千]{{2,}}(?![一二三四五六七八九十百千万億兆円])(?={COUNTERS})"
)


def spelled(quote: str) -> str:
    """A quote as its figures are read, kanji numerals as digits: 二十二件. A single one may belong to a name (三人童女)."""
    return _IN_KANJI.sub(lambda m: fold_kanji_numbers(f"{m.group()}件")[:-1], searchable(quote))


@remembered
def labelled(quote: str) -> tuple[Part, ...]:
    """All figures of a quote outside its dates, in order, each with its label (maybe empty)."""
    text = spelled(quote)
    dates = sorted([*date_spans(text), *((one.start, one.end) for one in spoken(text))])
    dates += [m.span() for pattern in (_CLOCK, _AS_OF) for m in pattern.finditer(text)]
    opened = _brackets(text)
    found: list[Part] = []
    for q in find_quantities(text)[:_MOST]:
        if any(a < q.end and q.start < b for a, b in dates) or _NUMBERED.search(text[: q.start]):
            continue
        if _ORDINAL.match(text, q.end):
            continue
        start, between = _before(text, q.start, found, opened)
        when = _when(text, [(a, b) for a, b in dates if start <= a and b <= q.start])
        marks = _CIRCLED.findall(between)
        inside = _owner(found, opened, q.start, text, between, q.unit)
        label = _label(between.replace(when, " ") if when else between) or _counted_before(found, q.start)
        governed = f"{year} {when}".strip() if (year := _year_on(text, q.start)) and not _names_year(when) else when
        after = _AFTER.match(text, q.end) if q.unit is None else None
        found.append(
            Part(
                label or (_bracketed(text, start) if inside is None else ""), q.value, q.unit, q.text, q.start, q.end,
                after=after.group() if after else "", when=governed,
                mark=marks[-1] if marks else found[-1].mark if found else "",
                inside=inside, each=q.qualifier == "各", among=inside is not None and bool(_INNER.search(between)),
                change=bool(GROWN.match(text, q.end) or _GROWN_BEFORE.search(between)),
            )
        )  # fmt: skip
    return _behind(text, found) or _with_heads(found)


def _counted_before(found: Sequence[Part], start: int) -> str:
    """The label of a count right before a figure, which only says of how many that is: 特別会計3会計で186億円."""
    last = found[-1] if found else None
    if last is None or last.unit is not None or last.end + len(last.after) != start:
        return ""
    return last.label if last.after.endswith(tuple("でがはの計")) else ""


def _when(text: str, dated: Sequence[tuple[int, int]]) -> str:
    """The date right before a figure, all its pieces (昨年度は 11月), of those between it and the figure before; or ""."""
    if not dated:
        return ""
    start, end = max(dated, key=lambda span: span[1])
    for a, b in sorted(dated, reverse=True):
        if a < start and (b >= start or _PIECE.fullmatch(text, b, start)):
            start = a
    return text[start:end].strip()


def _year_on(text: str, start: int) -> str:
    """The year that stands as the topic of a sentence before a figure in it and is said of it too; "" without one."""
    opened = text.rfind("。", 0, start) + 1
    spans = [(p.start, p.end) for p in find_periods(text) if p.month is None]
    spans += [(one.start, one.end) for one in spoken(text)]
    before = [(a, b) for a, b in spans if opened <= a and b <= start]
    if not before or _depth(text, max(before)[0]) != _depth(text, start):
        return ""
    a, b = max(before)
    return text[a:b] if _TOPIC.match(text, b) else ""


def _depth(text: str, at: int) -> int:
    return text.count("(", 0, at) - text.count(")", 0, at)


def _names_year(when: str) -> bool:
    return bool(find_periods(when) or spoken(when))


def _behind(text: str, found: Sequence[Part]) -> tuple[Part, ...]:
    """The figures with what stands behind them, where nothing stands before the first: `3日間 北館 2日間 南館`; else ()."""
    if len(found) < _FEWEST or text[: found[0].start].rstrip()[-1:] not in ("", "。", "・", "※"):
        return ()
    ends = [*(p.start for p in found[1:]), len(text)]
    behind = [_TOLD_BEHIND.fullmatch(text, p.end, end) for p, end in zip(found, ends, strict=True)]
    if not all(behind) or any(p.mark for p in found):
        return ()
    return tuple(replace(p, label=m["label"], when="") for p, m in zip(found, behind, strict=True) if m)


def _before(text: str, start: int, found: Sequence[Part], opened: dict[int, int]) -> tuple[int, str]:
    """What stands before a figure in its own bracket, back to the figure before it; brackets closed there are blanked."""
    around = max((a + 1 for a, b in opened.items() if a < start < b), default=0)
    shut = [(a, b + 1) for a, b in opened.items() if around <= a and b < start]
    begin = max((p.end + len(p.after) for p in found if not any(a < p.start < b for a, b in shut)), default=0)
    begin = min(max(begin, around), start)
    letters = list(text[begin:start])
    for a, b in shut:
        for i in range(max(a, begin), b):
            letters[i - begin] = _BLANKED
    return begin, _SHUT.sub(" ", "".join(letters))  # one gap: what stands before the bracket goes on behind it


@remembered
def dates(quote: str) -> tuple[Part, ...]:
    """The dates of a quote with what each is of: `①講座 R4.5.9、5.16 ②発表会 R4.6.1` → 講座, 発表会; unit DATE, value 0."""
    text = spelled(quote)
    spans = [(a, b) for a, b in sorted(date_spans(text)) if not _ONLY_YEAR.fullmatch(text[a:b].strip())]
    found: list[Part] = []
    before = 0
    for i, (start, end) in enumerate(spans):
        if start < before or (found and _GOES_ON.fullmatch(text[before:start])):
            before = max(before, end)
            found[-1:] = [replace(found[-1], text=text[found[-1].start : before], end=before)] if found else []
            continue
        between = text[before:start]
        if text[end : end + 1] in ("は", "に", "の"):
            before = end
            continue  # 6月は…: the date is not told but spoken of
        marks = _CIRCLED.findall(between)
        mark = marks[-1] if marks else ""
        rest = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        until = _UNTIL.match(text, end, rest)
        before = until.end() if until else end
        found.append(Part(_label(between), Decimal(0), DATE, text[start:before], start, before, mark=mark))
    return tuple(found)


def _brackets(text: str) -> dict[int, int]:
    """Each opening bracket's place and where it closes."""
    stack: list[int] = []
    found: dict[int, int] = {}
    for i, c in enumerate(text):
        if c == "(":
            stack.append(i)
        elif c == ")" and stack:
            found[stack.pop()] = i
    return found


def _owner(
    found: Sequence[Part], opened: dict[int, int], start: int, text: str, between: str, unit: str | None
) -> int | None:
    """The figure that a bracket with this one stands right behind, or of which うち says that this is a part."""
    for a in sorted((a for a, b in opened.items() if a < start < b), reverse=True):
        for i in reversed(range(len(found))):
            if found[i].end <= a and len(text[found[i].end : a].strip()) <= len(found[i].after):
                return i
    if _INNER.search(between):
        return next((i for i in reversed(range(len(found))) if found[i].unit == unit and found[i].inside is None), None)
    return None


def _with_heads(found: Sequence[Part]) -> tuple[Part, ...]:
    """What the first label of a row of figures says of all of them: 視聴回数 企業:220回 学生:105回."""
    first = next((i for i, p in enumerate(found) if p.inside is None), 0)
    if first + 1 >= len(found) or (" " not in found[first].label and found[first + 1].label):
        return tuple(found)
    rest = [p for p in found[first + 1 :] if p.inside is None]
    alone = all(" " not in p.label for p in rest) and found[first].inside is None
    if not rest or not alone:
        return tuple(found)
    if any(not p.label and not p.mark for p in rest) and all(p.unit == found[first].unit for p in rest):
        head, label = found[first].label, ""
    elif " " not in found[first].label:
        return tuple(found)
    else:
        head, _, label = found[first].label.rpartition(" ")
    return tuple(
        replace(p, head=head, label=label if i == first else p.label) if i >= first else p for i, p in enumerate(found)
    )


def _bracketed(text: str, start: int) -> str:
    """What stands before a bracket that opens at a figure: 講座(3回)."""
    return _label(text[: start - 1]) if text[start - 1 : start] == "(" else ""


_ITEM = re.compile(
    r"^\s*(?:[ア-ン](?=\s)|[ア-ン0-9]{1,2}[)）.]|[(（][ア-ン0-9]{1,2}[)）])\s*"
)  # the number of a list's item


def _label(between: str) -> str:
    """The last stretch before a figure, without marks and words that only lead to it."""
    stripped = _TRAIL.sub("", _LEAD.sub("", _TRAIL.sub("", _ITEM.sub("", between))))
    pieces = [p.strip() for p in _SPLIT.split(stripped) if p.strip()]
    label = _LEAD.sub("", pieces[-1]).strip() if pieces else ""
    topics = [m["topic"] for m in _SPOKEN_OF.finditer(between)] if not label or _GOES_ON_SAYING.search(label) else []
    label = topics[-1] if topics else label
    if _COLON.search(between) and between.count(":") > 1:
        label = label.rpartition(" ")[2]  # 種類:赤、青 数量:
    return label.rpartition(":")[2].strip()


@lru_cache(maxsize=20_000)
def parts(quote: str, governing: str | None = None) -> tuple[Part, ...]:
    """The labelled figures of a quote, those said to make up one before them inside it, each with its unit.

    A unit goes on from the figure before (`県 33人 市町村 36` → 36人) to one with a label of its own, outside brackets or in
    the same ones, with no noun behind it; where none does, `governing` is the unit.
    """
    found = labelled(quote)
    cut = breakdown(quote)
    if cut is not None and _OPENS.search(spelled(quote), cut.whole.end, cut.parts[0].start):
        whole = next(i for i, p in enumerate(found) if p.start == cut.whole.start)
        inner = {p.start for p in cut.parts}
        found = tuple(replace(p, inside=whole) if p.start in inner else p for p in found)
    told: list[Part] = []
    for one in found:
        unit = one.unit
        if unit is None and not one.after:
            before = [p.unit for p in told if p.inside == one.inside or one.inside is not None]
            unit = (before[-1] if before and one.label else None) or governing
        told.append(one if unit == one.unit else replace(one, unit=unit))
    return tuple(told)


@lru_cache(maxsize=20_000)
def named(quote: str) -> tuple[Names, ...]:
    """The rows of names of a quote, each with its label; a single name counts where a label stands before it."""
    text = spelled(quote)
    marks = list(_LABELLED.finditer(text))
    found = []
    if marks:
        ends = [*(m.start() for m in marks[1:]), len(text)]
        for mark, end in zip(marks, ends, strict=True):
            found.append(_names(mark["label"], re.split(r"[。;(]", text[mark.end() : end])[0], _NAMES))
    found += [_names(m["label"], m["inner"], _OR_DOT) for m in _BRACKETED.finditer(text)]
    return tuple(one for one in found if one is not None)


def _names(label: str, stretch: str, between: re.Pattern[str]) -> Names | None:
    pieces = [p.strip("・ 「」") for p in between.split(stretch.strip("、, ")) if p.strip("・ 「」")]
    if pieces:
        pieces[-1] = _BEHIND.sub("", pieces[-1])
    label = re.sub(r"^[・0-9①-⑳]+", "", label)
    if re.match(r"[のをがはにで]", label):
        return None  # the rest of a clause
    left_open = bool(pieces) and bool(_OPEN_END.search(pieces[-1]))
    named = all(
        len(p) <= _LONGEST_NAME and not _FORM.search(p) and not re.search(r"[0-9]{2}|^[0-9]", p) for p in pieces
    )
    return Names(label, tuple(pieces), left_open) if pieces and named else None


def breakdown(quote: str, whole: Decimal | None = None, unit: str | None = None) -> Breakdown | None:
    """The figure of a quote that its other figures make up; the one that is `whole` when given. None without one.

    A run of at least two labelled figures of one unit that adds up to a figure before it is its breakdown. Where the word
    内訳 stands behind a figure, the labelled figures of its unit after it are, though something may be missing. `unit` is
    that of the quote's figures where it prints none.
    """
    found = labelled(quote)
    for i, total in enumerate(found):
        if whole is not None and total.value != whole:
            continue
        for j in range(i + 1, len(found) - 1):
            run = _run(found, j, total)
            if run:
                return Breakdown(_with_unit(total, unit), tuple(_with_unit(p, unit) for p in run), True)
    mark = _MARK.search(spelled(quote))
    if mark is None:
        return None
    wholes = [p for p in found if p.end <= mark.start() and whole in (None, p.value)]
    rest = [p for p in found if p.start >= mark.end() and p.label]
    if not wholes or len(rest) < 2:
        return None
    same = tuple(_with_unit(p, wholes[-1].unit or unit) for p in rest if p.unit in (None, wholes[-1].unit))
    return Breakdown(_with_unit(wholes[-1], unit), same, False) if len(same) > 1 else None


def side_by_side(quote: str, unit: str | None = None) -> tuple[Part, ...]:
    """The figures that a quote gives for several things beside each other: `北館 12人 南館 9` → 北館 12人, 南館 9人.

    Each has a label of its own, and all count the same; none is a part or the total of others. () otherwise.
    """
    text = spelled(quote)
    bare = _IN_BRACKETS.sub(lambda m: "、" if find_quantities(m.group()) else m.group(), text)
    found = labelled(bare)
    units = {p.unit for p in found if p.unit}
    names = {letters(p.label) for p in found}
    if len(found) < _FEWEST or len(units) > 1 or len(names) < len(found) or not all(names) or _WHOLE.search(bare):
        return ()
    if any(p.label.startswith("から") for p in found):
        return ()  # from so much to so much
    if (bool(units) and found[0].unit is None) or breakdown(quote) is not None:
        return ()
    own = units.pop() if units else unit
    return tuple(_with_unit(p, own) for p in found)


def _run(found: Sequence[Part], start: int, total: Part) -> tuple[Part, ...]:
    """Labelled figures from `start` on that add up to the total, at least two."""
    added = Decimal(0)
    for end in range(start, len(found)):
        one = found[end]
        if not one.label or one.unit not in (None, total.unit):
            return ()
        added += one.value
        if added == total.value and end > start:
            return tuple(_with_unit(p, total.unit) for p in found[start : end + 1])
        if added >= total.value:
            return ()
    return ()


def _with_unit(part: Part, unit: str | None) -> Part:
    return Part(part.label, part.value, part.unit or unit, part.text, part.start, part.end)
