"""The answers to the parts of a question → one answer: side by side, or one figure worked out of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities
from qa.money import PEOPLE, SCALES, amount, exact, spoken_like
from qa.results import in_unit, number, rounded
from qa.several_parts import EACH, Parts
from qa.types import Draft, Question, Value

_FEW = 10


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a part's answer in the unit it is reckoned in; `steps` show how it was brought there, `printed` is itself as printed."""

    value: Decimal
    unit: str | None
    steps: tuple[str, ...]
    printed: str = ""


def join(parts: Parts, drafts: Sequence[Draft], question: Question) -> Draft | None:
    """One draft from the drafts of all parts; None when what is asked of them cannot be worked out."""
    once = len({draft.text for draft in drafts}) < len(drafts)
    if parts.how != EACH:
        made = None if once else _worked_out(parts, drafts)
        return None if made is not None and _more_than_all(parts, made) else made
    if once and not all(tells_all(draft, len(drafts)) for draft in drafts):
        return None  # two parts with one figure: the cut went through a name
    drafts = list({draft.text: draft for draft in drafts}.values())
    citations = tuple(dict.fromkeys(c for draft in drafts for c in draft.citations))
    written = "; ".join(draft.calculation for draft in drafts if draft.calculation) or None
    text = " ".join(_sentence(draft.text) for draft in drafts)
    plain = " ".join(draft.plain for draft in drafts)
    values = tuple(value for draft in drafts for value in draft.values)
    return Draft(text, plain, drafts[0].kind, values, written, citations, min(draft.confidence for draft in drafts))


def _more_than_all(parts: Parts, made: Draft) -> bool:
    """Whether the share of a whole (全体の何%) would be more than the whole: one of the figures is another than is meant."""
    whole = parts.how == "percent" and _WHOLE.search(parts.questions[-1]) is not None
    return whole and any(isinstance(value.value, int | float) and value.value > 100 for value in made.values[-1:])


def tells_all(draft: Draft, parts: int) -> bool:
    """Whether one quote, and what is said of it, holds as many figures as parts were asked for: 開催37回、付議77件."""
    texts = (draft.text, max((c.quote for c in draft.citations), key=_figures, default=""))
    return all(_figures(text) >= parts for text in texts)


def _figures(text: str) -> int:
    """How many figures a text holds; 001 in front of a name is none."""
    return sum(not q.text.startswith("0") for q in find_quantities(searchable(text)))


_WHOLE = re.compile(r"全体|全部|すべて|全て|合計|総[一-龥]")
_YEARS = range(1850, 2100)


def _sentence(text: str) -> str:
    return text if text.endswith(("。", ")", "」")) else f"{text}。"


def _worked_out(parts: Parts, drafts: Sequence[Draft]) -> Draft | None:
    """What two figures come to, after what each of them is."""
    how = parts.how
    figures = [[v for v in draft.values if isinstance(v.value, int | float)] for draft in drafts]
    if any(len(found) != 1 for found in figures) or (how != "sum" and len(drafts) != 2):
        return None
    values = [Decimal(str(found[0].value)) for found in figures]
    units = [found[0].unit for found in figures]
    if _one_figure_twice(drafts, values):
        return None
    if how == "per":
        made = _per(_in_yen(values[0], units[0]), _Figure(values[1], units[1], ()))
    else:
        same = _in_one_unit(values, units)
        same = same and tuple(replace(one, printed=found[0].text) for one, found in zip(same, figures, strict=True))
        made = _ACTS[how](same) if same else None
    if made is None:
        return None
    kind, told, value, step, steps = made
    way = _grew(parts, values) if how == "difference" else None
    told = told if way is None else f"{value.text}{way}。"
    inner = [draft.calculation for draft in drafts if draft.calculation]
    written = "; ".join((*inner, *dict.fromkeys(steps), step))
    citations = tuple(dict.fromkeys(c for draft in drafts for c in draft.citations))
    text = " ".join((*(_sentence(draft.text) for draft in drafts), told))
    return Draft(text, text, kind, (value,), written, citations, min(draft.confidence for draft in drafts))


def _grew(parts: Parts, values: Sequence[Decimal]) -> str | None:
    """Whether a figure grew or shrank, where the two parts ask for it in two years; None where they do not."""
    years = [{p.year for p in find_periods(searchable(question))} for question in parts.questions]
    if [len(own) for own in years] != [1, 1] or years[0] == years[1] or values[0] == values[1]:
        return None
    (first,), (second,) = years
    return "増えました" if (values[0] < values[1]) == (first < second) else "減りました"


def _one_figure_twice(drafts: Sequence[Draft], values: Sequence[Decimal]) -> bool:
    """Whether two parts were answered with one and the same figure, so that nothing is compared with anything."""
    told = [(value, draft.citations) for value, draft in zip(values, drafts, strict=True)]
    return any(told[i] == told[j] for i in range(len(told)) for j in range(i))


_Made = tuple[str, str, Value, str, tuple[str, ...]]  # kind, sentence, value, its step, the steps before


def _counted(unit: str | None) -> str | None:
    return "人" if unit in PEOPLE else unit


def _in_one_unit(values: Sequence[Decimal], units: Sequence[str | None]) -> tuple[_Figure, ...] | None:
    """The figures as they are where they have one unit, in 円 where all are money; None where they are not alike."""
    if len({_counted(unit) for unit in units}) == 1:
        return tuple(_Figure(value, units[0], ()) for value in values)
    if all(unit in SCALES for unit in units):
        return tuple(_in_yen(value, unit) for value, unit in zip(values, units, strict=True))
    return None


def _in_yen(value: Decimal, unit: str | None) -> _Figure:
    """Money in 円, so that a share for one person can be said; anything else as it is."""
    full, own = amount(value, unit)
    if own == unit:
        return _Figure(value, unit, ())
    return _Figure(full, own, (f"{number(value)} × {SCALES[unit or '']:,} = {number(full)} ({own})",))


def _per(over: _Figure, under: _Figure) -> _Made | None:
    if not under.value:
        return None
    quotient = over.value / under.value
    result, sign = rounded(quotient, finely=quotient < _FEW)  # 2.38 people a household
    unit, one = over.unit or "", under.unit or ""
    step = f"{number(over.value)} ÷ {number(under.value)} {sign} {number(result, sign)} ({over.unit or '倍'})"
    about = "約" if sign == "≒" else ""
    told = f"{number(over.value)}{unit} ÷ {number(under.value)}{one} で、一{one}あたり{about}{number(result, about)}{unit}です。"
    return "ratio", told, Value(exact(result), over.unit, f"{number(result)}{unit}"), step, over.steps


def _percent(figures: Sequence[_Figure]) -> _Made | None:
    over, under = figures
    if not under.value:
        return None
    share, sign = rounded(over.value * 100 / under.value)
    step = f"{number(over.value)} ÷ {number(under.value)} × 100 {sign} {number(share, sign)} (%)"
    told = f"割合は{'約' if sign == '≒' else ''}{number(share, sign)}%です。"
    return "ratio", told, Value(exact(share), "%", f"{number(share)}%"), step, (*over.steps, *under.steps)


def _share(figures: Sequence[_Figure]) -> _Made | None:
    """As `_percent`; nothing is a larger part of a whole than all of it."""
    return None if not 0 <= figures[0].value <= figures[1].value else _percent(figures)


def _rate(figures: Sequence[_Figure]) -> _Made | None:
    over, under = figures
    if under.value <= 0:
        return None
    share, sign = rounded(abs(over.value - under.value) * 100 / under.value)
    fewer = over.value < under.value
    step = (
        f"({number(over.value)} − {number(under.value)}) ÷ {number(under.value)} × 100 {sign} "
        f"{'−' if fewer else ''}{number(share)} (%)"
    )
    about = "約" if sign == "≒" else ""
    told = f"{about}{number(share, about)}%{'少ない' if fewer else '多い'}です。" if share else "同じです。"
    return "ratio", told, Value(exact(share), "%", f"{number(share)}%"), step, (*over.steps, *under.steps)


def _times(figures: Sequence[_Figure]) -> _Made | None:
    over, under = figures
    if not under.value:
        return None
    times, sign = rounded(over.value / under.value)
    step = f"{number(over.value)} ÷ {number(under.value)} {sign} {number(times, sign)} (倍)"
    told = f"{'約' if sign == '≒' else ''}{number(times, sign)}倍です。"
    return "ratio", told, Value(exact(times), "倍", f"{number(times)}倍"), step, (*over.steps, *under.steps)


def _difference(figures: Sequence[_Figure]) -> _Made:
    over, under = figures
    more, less = max(over.value, under.value), min(over.value, under.value)
    gap = more - less
    years = all(one.unit is None and one.value in _YEARS for one in figures)  # 公開年 2003 and 2005
    unit = "年" if years else over.unit
    said = f"{number(gap)}年" if years else _like(gap, figures)
    step = f"{number(more)} − {number(less)} = {number(gap)}{in_unit(unit)}"
    told = f"差は{said}です。" if gap else "同じです。"
    return "difference", told, Value(exact(gap), unit, said), step, (*over.steps, *under.steps)


def _sum(figures: Sequence[_Figure]) -> _Made:
    total, unit = sum((one.value for one in figures), Decimal(0)), figures[0].unit
    step = f"{' + '.join(number(one.value) for one in figures)} = {number(total)}{in_unit(unit)}"
    value = Value(exact(total), unit, _like(total, figures))
    return "sum", f"合計は{value.text}です。", value, step, tuple(step for one in figures for step in one.steps)


def _like(value: Decimal, figures: Sequence[_Figure]) -> str:
    """A sum or difference with its unit, written as the figures themselves are: 160億円 of 766億円 and 606億円."""
    unit, printed = figures[0].unit, [one.printed for one in figures]
    if unit == "円" and value and any(c in text for text in printed for c in "兆億万"):
        return spoken_like(value, unit, printed)
    return f"{number(value)}{unit or ''}"


_ACTS = {"percent": _percent, "share": _share, "rate": _rate, "times": _times, "difference": _difference, "sum": _sum}
