"""What the parts of a text come to: a value, what is left, a sum, a share, a difference, a count of names, a list.

Every figure used is named in what is said, and each calculation is one that the gate can reckon again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from qa.explain import literal
from qa.money import PEOPLE, spoken_like
from qa.parts import Names, Part
from qa.parts_asked import HOW_MANY, Chosen, Held, Wish
from qa.parts_changed import changed, left_behind
from qa.parts_compared import difference, rate
from qa.parts_said import bare, in_unit, make, rounded, said, unit_of, with_label
from qa.persons import names_an_office
from qa.prose_kinds import same_units
from qa.results import number
from qa.types import Operation

_EXCEPT = re.compile(r"(?P<named>[^\s、。はがのを]{1,20})(?:以外|を除(?:く|いた))")
_ENDS = {
    "外": "内",
    "内": "外",
    "男": "女",
    "女": "男",
    "男性": "女性",
    "女性": "男性",
}  # what one is not, the other is
_OF_ALL = re.compile(r"(?:総額|総数|合計|総計|全体|規模)(?:[はがを]|$)")  # a total is neither summand nor largest
_ALTOGETHER = re.compile(r"[合あ]わせ(?:て|まして)|合計|総計")
_LONGEST_NAME = 12  # letters
_CLAUSE = re.compile(r"[ぁ-ん]$|[をがは、。]|[一-龥][にで][一-龥]")
_MONEY = frozenset({"円", "千円", "百万円", "万円", "億円"})
_ANY = (
    "",
    "つ",
    "人",
    "名",
    "国",
    "か国",
    "カ国",
    "ヵ国",
    "ヶ国",
    "言語",
)  # counts names that need not say what they are
_WEAK = 0.5  # terms below it tell no row of names from another


def chosen(
    asked: Wish, parts: Sequence[Part], names: Sequence[Names], context: str, text: str = ""
) -> tuple[Chosen, ...]:
    """What each act of a question comes to in a text; those that find what they need.

    `context` says what the text is about, `text` is itself, folded, where its parts are those of one sentence.
    """
    held = Held(asked, parts, context)
    found = []
    for act in asked.acts:
        if act in ("count", "list"):
            one = _of_names(act, asked, names, context, held)
        elif act == "sum":
            one = _sum(asked, held) or _times(asked, held, names)
        elif act == "difference":
            one = difference(asked, held) or (changed(asked, held, text) if text else None)
        else:
            one = _ACTS[act](asked, held)
            if one is not None and text and len(one.parts) == 1 and one.parts[0] in left_behind(asked, parts, text):
                one = None  # what it was before the change that is asked about
        if one is not None:
            found.append(one)
    return tuple(found)


def _value(asked: Wish, held: Held) -> Chosen | None:
    found = held.meant()
    if len(held.parts) < 2 or not found:
        return None
    best = held.one(found)
    if best is None:
        return None
    i, clear = best
    part = held.parts[i]
    if _CLAUSE.search(part.label) or _CLAUSE.search(part.head):
        return None  # the figure of a clause: the sentence says it better
    notes = [held.parts[j] for j in range(len(held.parts)) if _remarks(held.parts[j], i)]
    remark = f"({'、'.join(map(said, notes))})" if notes else ""
    name = "の".join(w for w in (part.when, part.head, part.label) if w)
    told = f"{name}は{said(part)}{remark}です。" if name else f"{said(part)}{remark}です。"
    return make(held, "value", [i], told, f"{said(part)}", part.value, part.unit, None, clear)


def _remarks(part: Part, whole: int) -> bool:
    """Whether a figure in brackets only says more of the one before them: no name and no year of its own (前年度 41.3%)."""
    return part.inside == whole and not part.label and not part.when


def _when(asked: Wish, held: Held) -> Chosen | None:
    """The date of the one that is named among several."""
    best = held.one(list(range(len(held.parts)))) if len(held.parts) > 1 else None
    if best is None or not held.parts[best[0]].label:
        return None
    part = held.parts[best[0]]
    return make(
        held,
        "value",
        [best[0]],
        f"{part.label}は{part.text.strip()}です。",
        part.text.strip(),
        None,
        None,
        None,
        best[1],
    )


def _left(asked: Wish, held: Held) -> Chosen | None:
    """What is left of a whole: 県外 where the text gives the whole and うち県内."""
    match = _EXCEPT.search(asked.question.folded)
    for i in held.meant():
        part = held.parts[i]
        if part.inside is None or not part.among or held.parts[part.inside].unit != part.unit:
            continue
        beside = [p for p in held.parts if p.inside == part.inside and p is not part and p.unit == part.unit]
        if beside:
            continue
        if match:
            words = {t for t in held.hold[i] if t.end <= match.end("named") and t.start >= match.start("named")}
        else:
            words = {
                t
                for t in asked.terms
                if (o := _opposite(t.surface)) and o in part.label and t.surface not in part.label
            }
        whole = held.parts[part.inside]
        left = whole.value - part.value
        if not words or left < 0:
            continue
        unit = unit_of(whole)
        rest = spoken_like(left, unit, (whole.text, part.text))
        told = f"{whole.label}{said(whole)}のうち{part.label}{said(part)}を除くと、残りは{rest}です。"
        calculation = f"{bare(whole)} − {bare(part)} = {number(left)}{in_unit(unit)}"
        made = make(held, "difference", [part.inside, i], told, rest, left, unit, calculation, 1.0)
        return replace(made, named=made.named | words, strange=made.strange - words)
    return None


def _opposite(surface: str) -> str | None:
    return next((surface.removesuffix(a) + b for a, b in _ENDS.items() if surface.endswith(a)), None)


def _several(held: Held) -> tuple[list[int], float] | None:
    """The parts a sum is of: those named, or all that stand side by side."""
    found = [i for i in held.meant() if not (held.parts[i].inside is not None and not held.parts[i].label)]
    named = held.named(found)
    if len(named) == 1 and held.parts[named[0]].each:
        return named, 1.0
    if len(named) > 1 and len({held.parts[i].unit for i in named}) == 1:
        return named, 1.0
    level = held.level(found)
    if named or len(level) < 2 or len({held.parts[i].unit for i in level}) != 1:
        return None
    if any(held.parts[i].inside is None for i in level) and len(level) < len(found):
        return None
    told_apart = all(held.parts[i].label or held.parts[i].when or held.parts[i].mark for i in level)
    return (level, 0.5) if told_apart else None


def _printed_total(held: Held) -> Chosen | None:
    """A total that the text itself tells (予算の総額は314億円), unless the question names two things beside it."""
    found = held.meant()
    totals = [i for i in found if _OF_ALL.search(held.parts[i].label) and held.hold[i]]
    others = [i for i in held.named(found) if i not in totals and not _CLAUSE.search(held.parts[i].label)]
    if len(totals) != 1 or others:
        return None
    part = held.parts[totals[0]]
    if _CLAUSE.search(part.label):
        return None
    name = "の".join(w for w in (part.when, part.head, part.label) if w)
    return make(held, "value", totals, f"{name}は{said(part)}です。", said(part), part.value, part.unit, None, 1.0)


def _summands(held: Held, used: Sequence[int]) -> list[int]:
    """The figures that one of those `used` says it is the sum of: 4億円 and 5億円 before 合わせて9億円; else none."""
    for i in used:
        if not _ALTOGETHER.search(held.parts[i].label):
            continue
        before = [j for j in range(i) if held.parts[j].unit == held.parts[i].unit and held.parts[j].inside is None]
        for first in range(len(before) - 1):
            if sum((held.parts[j].value for j in before[first:]), Decimal(0)) == held.parts[i].value:
                return before[first:]
    return []


def _sum(asked: Wish, held: Held) -> Chosen | None:
    printed = _printed_total(held)
    if printed is not None:
        return printed
    several = _several(held)
    if several is None:
        return None
    used, clear = several
    used = _summands(held, used) or used
    if len(used) == 1:
        return None  # 各: how many times is for `_times` to say
    counted = held.counted(len(used))
    if counted is None:
        return None
    parts = [held.parts[i] for i in used]
    if (span := held.span()) is not None and {held.years[i] for i in used} != set(span):
        return None  # not a figure for each of the years
    if any(p.inside in used or _OF_ALL.search(p.label) for p in parts):
        return None
    if any(len(p.label) > _LONGEST_NAME and _CLAUSE.search(p.label) for p in parts):
        return None  # what a clause tells beside its figure is no name of one of several alike
    added, unit = sum((p.value for p in parts), Decimal(0)), unit_of(parts[0])
    shown = " + ".join(map(bare, parts))
    whole = spoken_like(added, unit, [p.text for p in parts])
    told = f"{'、'.join(map(with_label, parts))}で、合計は{whole}です。"
    calculation = f"{shown} = {number(added)}{in_unit(unit)}"
    return make(held, "sum", used, told, whole, added, unit, calculation, clear, counted)


def _times(asked: Wish, held: Held, names: Sequence[Names]) -> Chosen | None:
    """`種類：赤、青、白 数量：各100個` → 100 + 100 + 100; how many there are is counted from the one row of names."""
    rows = [r for r in names if not r.open and len(r.names) > 1]
    found = [i for i in held.meant() if held.parts[i].each and held.parts[i].inside is None]
    if len(rows) != 1 or len(found) != 1:
        return None
    part, many = held.parts[found[0]], len(rows[0].names)
    counted = held.counted(many)
    if counted is None:
        return None
    total, unit = part.value * many, unit_of(part)
    calculation = f"{' + '.join([bare(part)] * many)} = {number(total)}{in_unit(unit)}"
    told = f"{'、'.join(rows[0].names)}が{said(part)}で、合計は{number(total)}{unit}です。"
    about = frozenset(t for t in asked.terms if literal(t, rows[0].label)) | counted
    made = make(held, "sum", found, told, f"{number(total)}{unit}", total, unit, calculation, 1.0, counted)
    return replace(made, named=made.named | about)


def _average(asked: Wish, held: Held) -> Chosen | None:
    several = _several(held)
    if several is None or len(several[0]) < 2:
        return None
    used, clear = several
    counted = held.counted(len(used))
    parts = [held.parts[i] for i in used]
    if counted is None or any(p.inside in used for p in parts):
        return None
    unit = unit_of(parts[0])
    exact = sum((p.value for p in parts), Decimal(0)) / len(parts)
    shown, sign = rounded(exact, unit)
    added = " + ".join(map(bare, parts))
    about = "約" if sign == "≒" else ""
    told = f"{'、'.join(map(with_label, parts))}で、平均は{about}{number(shown, about)}{unit}です。"
    calculation = f"({added}) ÷ {len(parts)} {sign} {number(shown, sign)}{in_unit(unit)}"
    return make(held, "average", used, told, f"{number(shown)}{unit}", shown, unit, calculation, clear, counted)


def _extreme(asked: Wish, held: Held) -> Chosen | None:
    found = [i for i in held.meant() if held.parts[i].label or held.parts[i].when]
    level = [i for i in held.level(found) if not _OF_ALL.search(held.parts[i].label)]
    level = _all_years(held, level)
    if len(level) < 2 or len({held.parts[i].unit for i in level}) != 1:
        return None
    if any(_CLAUSE.search(held.parts[i].label) for i in level):
        return None  # figures that clauses lead to do not stand side by side
    most = asked.question.operation is Operation.MAXIMUM
    best = (max if most else min)(held.parts[i].value for i in level)
    used = [i for i in level if held.parts[i].value == best]
    counted = held.counted(len(level))
    if len(used) != 1 or counted is None:
        return None
    part = held.parts[used[0]]
    name = part.when if all(held.parts[i].when for i in level) else part.label or part.when
    told = f"最も{'多い' if most else '少ない'}のは「{name}」で、{said(part)}です({'、'.join(with_label(held.parts[i]) for i in level)})。"
    kind = asked.question.operation.value
    made = make(held, kind, level, told, f"{name} {said(part)}", part.value, part.unit, None, 0.5, counted)
    return replace(made, parts=(part,))


def _all_years(held: Held, level: Sequence[int]) -> list[int]:
    """Figures of years with those of the other years that one of them is only told beside: 991件(前年度 1,105件)."""
    if not level or any(not held.parts[i].when for i in level):
        return list(level)
    first = held.parts[level[0]]
    dated = [i for i, p in enumerate(held.parts) if p.when and p.unit == first.unit and not p.change]
    alike = len({held.parts[i].label for i in dated if held.parts[i].label}) <= 1
    return dated if alike and set(level) <= set(dated) else list(level)


def _share(asked: Wish, held: Held) -> Chosen | None:
    """A part as a share of its whole: the figure it is inside of, or the one printed with 全 or 計."""
    best = held.one([i for i in held.meant() if held.parts[i].inside is not None or held.parts[i].when])
    if best is None:
        return None
    i, clear = best
    part = held.parts[i]
    whole = part.inside if part.inside is not None else _whole(held, i)
    if whole is None or held.parts[whole].unit != part.unit or held.parts[whole].value <= part.value:
        return None
    base = held.parts[whole]
    share, sign = rounded(part.value * 100 / base.value, "%")
    calculation = f"{bare(part)} ÷ {bare(base)} × 100 {sign} {number(share, sign)} (%)"
    about = "約" if sign == "≒" else ""
    told = f"{with_label(base)}のうち{with_label(part)}で、割合は{about}{number(share, about)}%です。"
    return make(held, "ratio", [whole, i], told, f"{number(share)}%", share, "%", calculation, clear)


def _whole(held: Held, i: int) -> int | None:
    """The one other figure of the unit, larger and without a year, that the dated ones are of."""
    part = held.parts[i]
    found = [
        j for j, p in enumerate(held.parts)
        if j != i and p.unit == part.unit and not p.when and p.inside is None and p.value > part.value
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _per_one(asked: Wish, held: Held) -> Chosen | None:
    if any(re.search("当た?り|あたり", part.label) for part in held.parts):
        return None  # the text says itself what it is for each
    below = [i for i, p in enumerate(held.parts) if p.unit in same_units(asked.per) | {asked.per}]
    above = [i for i in held.meant() if i not in below and held.parts[i].unit != "%"]
    if asked.units is None:
        above = [i for i in above if held.parts[i].unit in _MONEY]
    best, base = held.one(above), held.one(below)
    if best is None or base is None or not held.parts[base[0]].value:
        return None
    amount, per = held.parts[best[0]], held.parts[base[0]]
    unit = unit_of(amount)
    each, sign = rounded(amount.value / per.value, unit)
    calculation = f"{bare(amount)} ÷ {bare(per)} {sign} {number(each, sign)}{in_unit(unit)}"
    about = "約" if sign == "≒" else ""
    told = f"{said(amount)}を{said(per)}で割ると、1{per.unit}あたり{about}{number(each, about)}{unit}です。"
    return make(
        held, "ratio", [best[0], base[0]], told, f"{number(each)}{unit}", each, unit, calculation, min(best[1], base[1])
    )


def _each(asked: Wish, held: Held) -> Chosen | None:
    named = held.named(held.meant())
    if len(named) < 2:
        return None
    parts = [held.parts[i] for i in named]
    told = "、".join(f"{'の'.join(w for w in (p.when, p.label) if w)}は{said(p)}" for p in parts) + "です。"
    return make(held, "value", named, told, "、".join(map(said, parts)), None, None, None, 1.0)


_ACTS: dict[str, Callable[[Wish, Held], Chosen | None]] = {
    "value": _value,
    "when": _when, "left": _left, "sum": _sum, "average": _average, "maximum": _extreme, "minimum": _extreme,
    "rate": rate, "share": _share, "per_one": _per_one, "each": _each,
}  # fmt: skip


def _of_names(act: str, asked: Wish, rows: Sequence[Names], context: str, held: Held) -> Chosen | None:
    """The names of the row that the question names, counted or listed; its labels where these are what is counted.

    No people are counted where the text itself says how many there are.
    """
    printed = asked.question.wants == "people" and any(part.unit in PEOPLE for part in held.parts)
    if not rows or (act == "count" and printed):
        return None
    many = HOW_MANY.search(asked.question.folded)
    noun = (many["noun"] or many["thing"] if many else None) or ""
    holds = [{t: s for t in asked.terms if (s := literal(t, r.label))} for r in rows]
    score = [sum(t.weight * s for t, s in own.items() if t.weight >= _WEAK) for own in holds]
    labels = [r.label for r in rows]
    if noun and len(rows) > 1 and all(label.endswith(noun) for label in labels):
        things, used, clear = tuple(labels), list(range(len(rows))), 1.0
    else:
        best = max(range(len(rows)), key=lambda i: score[i])
        rest = sorted(score, reverse=True)
        if (score[best] <= 0 and (len(rows) > 1 or act == "list")) or (len(rows) > 1 and rest[1] == rest[0]):
            return None
        things, used = rows[best].names, [best]
        clear = (rest[0] - rest[1]) / rest[0] if len(rest) > 1 and rest[0] else float(len(rest) == 1)
    if any(rows[i].open for i in used) or len(things) < 2:
        return None
    mine = frozenset(t for i in used for t in holds[i])
    strange = frozenset(t for own in holds for t in own) - mine
    row = "、".join(things)
    label = rows[used[0]].label if len(used) == 1 else ""
    size = min(1.0, sum(len(t.surface) for t in mine) / max(1, len(label))) if label else 1.0
    if act == "list":
        told = f"{label}は{row}です。" if label else f"{row}です。"
        return Chosen("list", (), told, row, None, None, None, mine, strange, clear, size)
    counter = asked.question.unit or noun or "つ"
    if asked.question.wants == "people" and any(map(names_an_office, things)):
        return None  # 東町署、西町署 are no 人
    if noun not in _ANY and noun not in f"{label} {context}" and not all(name.endswith(noun) for name in things):
        return None  # nothing says that these are what is counted
    told = f"{label + 'は' if label else ''}{len(things)}{counter}です({row})。"
    calculation = f"{row} → {len(things)} ({counter})"
    counted = frozenset(t for t in asked.terms if noun and t.surface == noun)
    return Chosen(
        "count", (), told, f"{len(things)}{counter}", Decimal(len(things)), counter, calculation, mine | counted, strange,
        clear, size,
    )  # fmt: skip
