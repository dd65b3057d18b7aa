"""Questions made of questions: 「A」と「B」の差は…, 「A」の内訳は…, 「A」の出典は…

What is asked of things found before is written so, and so it is answered alone as well: each question in 「」 is
answered on its own, and only figures of those answers enter the calculation, cited all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.folding import tidy
from index import Store
from qa.followup import folded, follow_up_grammar
from qa.followup_among import both, but_for, counted, holding, nth
from qa.followup_inside import detailed, figure_in, inside
from qa.followup_parts import called
from qa.followup_slots import slots
from qa.lookup import letters
from qa.money import SCALES, amount, exact, of_change
from qa.prose_kinds import same_units
from qa.results import converted, in_unit, number, rounded
from qa.types import Answer, Citation, Draft, Value
from qa.wording import leaf, with_unit

_JOIN = re.compile(r"\s*(?:と|、|,|や|および|及び|は|を)\s*(?=「)")
_NAMED = re.compile(r"「([^「」]+)」")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
MOST_NESTED = 4
_MOST = 30
_OF_ONE = (
    "beside",
    "when",
    "breakdown",
    "part",
    "part_maximum",
    "part_minimum",
    "part_ranked",
    "source",
    "detail",
    "sum",
    "average",
    "count",
)
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Composed:
    """What is asked of the questions in 「」: `kind` is a name of [composed] in followup.toml, `match` how it was said."""

    operands: tuple[str, ...]
    kind: str
    match: re.Match[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """The one figure of an answered operand, what it is called, and where it stands."""

    name: str
    value: Decimal
    unit: str | None
    shown: str
    answer: Answer


Ask = Callable[[str], Answer]


def parse(text: str) -> Composed | None:
    """Read a composed question; None when the text is none."""
    said = folded(text)
    operands: list[str] = []
    at = 0
    while said[at : at + 1] == "「":
        end = _closing(said, at)
        if end is None:
            return None
        operands.append(said[at + 1 : end])
        at = end + 1
        joined = _JOIN.match(said, at)
        if not joined:
            break
        at = joined.end()
    if not operands or len(operands) > _MOST or any(not o.strip() for o in operands):
        return None
    for kind, pattern in follow_up_grammar().patterns("composed"):
        match = pattern.match(said[at:])
        if match:
            return Composed(tuple(operands), kind, match)
    return None


def place_asked(text: str) -> str:
    """The question in whose quote another figure is looked for: of 「A」で、金額は… that is A; others as they are."""
    asked = parse(text)
    return asked.operands[0] if asked is not None and asked.kind == "beside" else text


def _closing(text: str, start: int) -> int | None:
    """Where the bracket opened at `start` closes, brackets inside counted."""
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == "「") - (text[i] == "」")
        if depth == 0:
            return i
    return None


def nesting(text: str) -> int:
    """How deep brackets stand in one another."""
    deepest = now = 0
    for char in text:
        now += (char == "「") - (char == "」")
        deepest = max(deepest, now)
    return deepest


def composed(store: Store, asked: Composed, ask: Ask) -> Draft | None:
    """The answer to a composed question, every operand cited; None where an operand has no answer that fits."""
    if len(asked.operands) == 1 and asked.kind in _OF_ONE:
        given = ask(asked.operands[0])
        if not given.answered or not given.citations:
            return None
        own = {"source": sourced, "detail": detailed, "count": counted}.get(asked.kind)
        return own(given) if own else inside(store, given, asked.kind, asked.match)
    if asked.kind == "among":
        return both(ask(asked.operands[0]), ask(asked.match["other"].strip("「」")))
    if asked.kind == "holding":
        return holding(store, ask(asked.operands[0]), asked.match["said"])
    if asked.kind == "nth":
        return nth(ask(asked.operands[0]), int(asked.match["n"]))
    if asked.kind == "except":
        return but_for(store, ask(asked.operands[0]), tuple(_NAMED.findall(asked.match["but"])))
    figures = []
    for operand in asked.operands:
        figure = _figure(store, operand, ask(operand))
        if figure is None:
            return None
        figures.append(figure)
    if len({(f.value, f.answer.citations) for f in figures}) < len(figures):
        return None  # the same figure twice: what tells the operands apart was not understood
    figures = _named(figures)
    act = {
        "sum": _sum, "average": _average, "difference": _difference, "maximum": _ranked, "minimum": _ranked,
        "ranked": _ranked, "sorted": _sorted, "ratio": _ratio, "times": _times, "rate": _rate, "per": _per, "unit": _told,
    }.get(asked.kind)  # fmt: skip
    return act(asked, figures) if act else None


def _figure(store: Store, operand: str, given: Answer) -> Figure | None:
    """The one figure of an answer; of a quote with several, the one whose label the operand names."""
    if not given.answered or not given.citations:
        return None
    numbers = [v for v in given.values if v.is_number]
    if len(numbers) != 1:
        found = figure_in(store, given, operand)
        if found is None:
            return None
        citation, part = found
        shown = with_unit(part.text, part.unit)
        quoted = replace(given, citations=(citation,), calculation=None)
        return Figure(operand, part.value, part.unit, shown, quoted)
    one = numbers[0]
    value = Decimal(str(one.value))
    alone = one.text.rpartition(" ")[2] if (inner := parse(operand)) and inner.kind == "part" else one.text
    return Figure(operand, value, one.unit, with_unit(alone, one.unit) if one.unit else alone, given)


def _named(figures: Sequence[Figure]) -> list[Figure]:
    """The figures called by what tells their citations apart: row, heading, header; else by words of their question."""
    labels = [_label(f) for f in figures]
    if len({f.answer.citations for f in figures}) == 1 and len({*labels} - {""}) == len(figures):
        return [replace(f, name=label) for f, label in zip(figures, labels, strict=True)]
    cuts = [slots(place_asked(f.name)) for f in figures]
    subjects = [cut.subject_text if cut else "" for cut in cuts]
    if len(set(subjects)) == len(subjects) and all(map(_stands_there, subjects, figures)):
        return [Figure(n, f.value, f.unit, f.shown, f.answer) for n, f in zip(subjects, figures, strict=True)]
    for name in (_row, _column, _heading):
        names = [name(f.answer.citations[0]) for f in figures]
        if all(names) and len(set(names)) == len(names):
            return [Figure(n, f.value, f.unit, f.shown, f.answer) for n, f in zip(names, figures, strict=True)]
    for part in ("subject_text", "attribute_text", "period_text"):
        said = [getattr(cut, part) if cut else "" for cut in cuts]
        if all(said) and len(set(said)) == len(said):
            return [Figure(n, f.value, f.unit, f.shown, f.answer) for n, f in zip(said, figures, strict=True)]
    return [Figure("", f.value, f.unit, f.shown, f.answer) for f in figures]


def _label(figure: Figure) -> str:
    """What the one quote that a figure is cited from calls it, beside others; "" where it gives no such name."""
    quotes = figure.answer.citations
    return called(quotes[0].quote, figure.value, figure.unit) if len(quotes) == 1 else ""


def _stands_there(name: str, figure: Figure) -> bool:
    """Whether a name stands where the figure is cited from."""
    c = figure.answer.citations[0]
    there = letters(" ".join((c.quote, c.row or "", *c.heading, *c.column)))
    return bool(name) and letters(name) in there


def _row(citation: Citation) -> str:
    name = leaf((citation.row,)).strip() if citation.row else ""
    name = name.strip("「」") if name.count("「") <= 1 and name[:1] == "「" else name
    name = name.replace("「", "『").replace("」", "』")
    return name if len(name) <= _LONGEST_NAME else ""


def _column(citation: Citation) -> str:
    return _BRACKET.sub("", tidy(citation.column[-1])).strip() if citation.column else ""


def _heading(citation: Citation) -> str:
    """The heading that a sentence stands under; "" for a cell, whose heading is that of its whole table."""
    name = tidy(citation.heading[-1]).strip("「」 ") if citation.heading and not citation.row else ""
    return name if len(name) <= _LONGEST_NAME and not {"「", "」"} & set(name) else ""


def _together(figures: Sequence[Figure]) -> tuple[list[Decimal], str | None] | None:
    """The figures in one unit: their own, or 円 where money is given in several; None where units differ."""
    units = {f.unit for f in figures}
    if len(units) == 1:
        return [f.value for f in figures], units.pop()
    if all(u in SCALES for u in units):
        return [amount(f.value, f.unit)[0] for f in figures], "円"
    if units <= same_units(figures[0].unit):
        return [f.value for f in figures], figures[0].unit
    return None


def _citations(figures: Sequence[Figure]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for f in figures for c in f.answer.citations))


def _draft(text: str, kind: str, values: tuple[Value, ...], written: str | None, figures: Sequence[Figure]) -> Draft:
    sure = min(f.answer.confidence for f in figures)
    inner = [f.answer.calculation for f in figures if f.answer.calculation]
    written = "; ".join([*dict.fromkeys(inner), *([written] if written else [])]) or None
    return Draft(text, text, kind, values, written, _citations(figures), sure)


def _given(value: Decimal, unit: str | None) -> Value:
    return Value(exact(value), unit, f"{number(value)}{unit or ''}")


def _parts(figures: Sequence[Figure]) -> str:
    return "、".join(f"「{f.name}」{f.shown}" if f.name else f.shown for f in figures)


def _also_in(asked: Composed, text: str, written: str, value: Decimal, unit: str | None) -> tuple[str, str]:
    """What is told and how it was calculated, with the amount in the unit asked for (差は何万円) too."""
    wanted = asked.match.groupdict().get("unit") or unit
    anew = converted(value, unit, wanted) if wanted and wanted != unit else None
    if anew is None:
        return text, written
    return f"{text.removesuffix('。')}({number(anew[0])}{wanted})。", f"{written}; {anew[1]}"


def _sum(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) < 2:
        return None
    values, unit = same
    total = sum(values, Decimal(0))
    written = f"{' + '.join(number(v) for v in values)} = {number(total)}{in_unit(unit)}"
    text = f"合計は{number(total)}{unit or ''}です(内訳: {_parts(figures)})。"
    text, written = _also_in(asked, text, written, total, unit)
    return _draft(text, "sum", (_given(total, unit),), written, figures)


def _average(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) < 2:
        return None
    values, unit = same
    mean, sign = rounded(sum(values, Decimal(0)) / len(values))
    written = f"({' + '.join(number(v) for v in values)}) ÷ {len(values)} {sign} {number(mean, sign)}{in_unit(unit)}"
    text = f"平均は{'約' if sign == '≒' else ''}{number(mean, sign)}{unit or ''}です(内訳: {_parts(figures)})。"
    text, written = _also_in(asked, text, written, mean, unit)
    return _draft(text, "average", (_given(mean, unit),), written, figures)


def _difference(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) != 2:
        return None
    (a, b), unit = same
    unit = of_change(unit) if unit else unit
    more, less = max(a, b), min(a, b)
    written = f"{number(more)} − {number(less)} = {number(more - less)}{in_unit(unit)}"
    first, second = figures
    if first.name:
        said = f"「{first.name}」は{first.shown}、「{second.name}」は{second.shown}で"
    else:
        said = f"{first.shown}と{second.shown}で"
    text = f"{said}、差は{number(more - less)}{unit or ''}です。"
    text, written = _also_in(asked, text, written, more - less, unit)
    return _draft(text, "difference", (_given(more - less, unit),), written, figures)


def _ranked(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) < 2:
        return None
    groups = asked.match.groupdict()
    most = asked.kind == "maximum" or bool(groups.get("big"))
    nth = int(groups.get("n") or 1)
    order = sorted(range(len(figures)), key=lambda i: same[0][i], reverse=most)
    if not 1 <= nth <= len(order):
        return None
    if not all(f.name for f in figures):
        return None
    limit = same[0][order[nth - 1]]
    best = [figures[i] for i in range(len(figures)) if same[0][i] == limit]
    if len(best) == len(figures) and len(best) > 1:
        return None
    degree = "大きい" if most else "小さい"
    rank = "最も" if nth == 1 else f"{nth}番目に"
    if len(best) == 1:
        text = f"{rank}{degree}のは「{best[0].name}」で、{best[0].shown}です。"
    else:
        text = f"{rank}{degree}のは次の{len(best)}件です: {_parts(best)}。"
    rest = [f for f in figures if f not in best]
    values = tuple(Value(exact(f.value), f.unit, f.shown) for f in best)
    if nth > 1:  # the place in the order rests on every figure
        written = f"{' > '.join(number(same[0][i]) for i in sorted(order, key=lambda i: -same[0][i]))}{in_unit(same[1])}; {nth} (番)"
    else:
        written = None
    return _draft(text, "maximum" if most else "minimum", values, written, [*best, *rest])


def _sorted(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) < 2 or not all(f.name for f in figures):
        return None
    most = bool(asked.match["big"])
    order = sorted(zip(same[0], figures, strict=True), key=lambda pair: pair[0], reverse=most)
    shown = "、".join(f"「{f.name}」{f.shown}" for _, f in order)
    sign = " > " if most else " < "
    written = f"{sign.join(number(value) for value, _ in order)}{in_unit(same[1])}"
    values = tuple(Value(exact(f.value), f.unit, f"{f.name} {f.shown}") for _, f in order)
    ordered = [f for _, f in order]
    return _draft(f"{'大きい' if most else '小さい'}順に、{shown}です。", "list", values, written, ordered)


def _ratio(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    same = _together(figures)
    if same is None or len(figures) != 2 or not same[0][1]:
        return None
    part, whole = same[0]
    share, sign = rounded(part * 100 / whole)
    written = f"{number(part)} ÷ {number(whole)} × 100 {sign} {number(share, sign)} (%)"
    about = "約" if sign == "≒" else ""
    # A figure that was itself calculated stands in no quote with its unit.
    said = number(part) if figures[0].answer.calculation and "−" in figures[0].answer.calculation else figures[0].shown
    text = f"{said}は{figures[1].shown}の{about}{number(share, about)}%です。"
    return _draft(text, "ratio", (_given(share, "%"),), written, figures)


def _times(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    """How many times the second figure the first is."""
    same = _together(figures)
    if same is None or len(figures) != 2 or not same[0][1]:
        return None
    many, sign = rounded(same[0][0] / same[0][1], finely=True)
    written = f"{number(same[0][0])} ÷ {number(same[0][1])} {sign} {number(many, sign)} (倍)"
    text = f"{figures[0].shown}は{figures[1].shown}の{'約' if sign == '≒' else ''}{number(many, sign)}倍です。"
    return _draft(text, "ratio", (_given(many, "倍"),), written, figures)


def _rate(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    """By how many per cent the second figure is more or less than the first."""
    same = _together(figures)
    if same is None or len(figures) != 2 or not same[0][0]:
        return None
    old, new = same[0]
    share, sign = rounded((new - old) * 100 / old)
    written = f"({number(new)} − {number(old)}) ÷ {number(old)} × 100 {sign} {number(share, sign)} (%)"
    said = f"{'約' if sign == '≒' else ''}{number(abs(share), sign)}%{'増えました' if share > 0 else '減りました'}"
    text = f"{figures[0].shown}から{figures[1].shown}へ{said if share else '変わっていません'}。"
    return _draft(text, "ratio", (_given(share, "%"),), written, figures)


def _per(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    if len(figures) != 2 or not figures[1].value:
        return None
    top, base = figures
    each, sign = rounded(top.value / base.value, whole=top.unit == "円")
    unit = top.unit or ""
    written = f"{number(top.value)} ÷ {number(base.value)} {sign} {number(each, sign)}{in_unit(top.unit)}"
    about = "約" if sign == "≒" else ""
    text = f"{top.shown} ÷ {base.shown} = {about}{number(each, about)}{unit}です。"
    return _draft(text, "ratio", (_given(each, top.unit),), written, figures)


def _told(asked: Composed, figures: Sequence[Figure]) -> Draft | None:
    if len(figures) != 1:
        return None
    unit, one = asked.match["unit"], figures[0]
    told = converted(one.value, one.unit, unit)
    if told is None:
        return None
    value, written = told
    return _draft(f"{one.shown}は{number(value)}{unit}です。", "value", (_given(value, unit),), written, figures)


def sourced(given: Answer) -> Draft:
    """Where an answer stands: title, place and words of each of its citations."""
    said = [f"{_place(c)}「{tidy(c.quote)}」" for c in given.citations[:5]]
    more = f" ほか{len(given.citations) - 5}か所" if len(given.citations) > 5 else ""
    text = f"出典は、{'、'.join(said)}{more}です。"
    return Draft(text, text, "passage", given.values, given.calculation, given.citations, given.confidence)


def _place(c: Citation) -> str:
    lines = f"{c.line_start}" if c.line_start == c.line_end else f"{c.line_start}〜{c.line_end}"
    page = f"{c.page}ページ" if c.page else ""
    sheet = f"シート「{c.sheet}」" if c.sheet else ""
    return f"「{c.title}」({c.document})の{sheet}{page}{lines}行目"
