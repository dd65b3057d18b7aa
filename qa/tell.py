"""A result → a sentence a reader can say aloud, its values and its citations. No figure is made here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import searchable, tidy
from corpus.values import UNIT_ONLY, era_name, find_quantities, lone_quantity
from index import Store
from qa import phrases
from qa.besides import besides, said_besides, with_each
from qa.calculate import bounded_columns
from qa.cite import cite
from qa.frames import Frame
from qa.is_so import is_so
from qa.labels import RELATIVE_YEAR
from qa.money import exact, spoken_like
from qa.persons import lists_persons
from qa.pick import picked
from qa.ranks import RANKED
from qa.results import Operand, Result, named_in, number, operand, total
from qa.results import converted as in_other_unit
from qa.shares import OF_ALL
from qa.summed import members
from qa.types import Citation, Draft, Question, Value
from qa.wording import attribute_phrase, is_year, leaf, of_year, quoted, with_unit
from qa.years_said import said_beside, year_said

_SAYS_WAY = re.compile(r"[増減](?:加|少|額)?$|追加$")
_SHOWN = 30  # a longer list is complete in the citations
_NO_NAME = "値"
_BARE = re.compile(r"(?P<whole>-?(?:0|[1-9][0-9]*))(?:\.0+)?")  # 716000000, 1800.0
_SHOWN_PARTS = 8
_COUNTED_AS = {"月": "か月", "年": "か年", "年度": "か年"} | {
    noun: noun for noun in ("地区", "事業", "施設", "団体", "会計", "区分", "世帯", "市町村", "種類")
}


def tell(store: Store, question: Question, result: Result, confidence: float) -> Draft:
    """The sentence for a result, with every operand cited."""
    say = {
        "list": _list, "count": _count, "sum": _sum, "average": _average, "maximum": _extreme, "minimum": _extreme,
        "difference": _difference, "ratio": _ratio,
    }.get(result.kind, _values)  # fmt: skip
    asked_besides = besides(question, result)
    told = said_besides(result.plan.frame, asked_besides) if result.kind not in ("list", "count") else ""
    text = f"{_table_year(result)}{say(question, result)}{told}"
    polar = is_so(question, result)
    if polar is not None:
        text = f"{'はい' if polar else 'いいえ'}、{text}"
    written = result.written
    converted = _converted(question, result)
    if converted:
        text = f"{text.removesuffix('。')}({converted[0]})。"
        written = "; ".join(part for part in (written, converted[1]) if part)
    if result.left_out:
        names = "、".join(f"「{leaf((result.plan.frame.label(r),))}」" for r in result.left_out[:_SHOWN_PARTS])
        text += f"({names}は数として読み取れないため除いています)"
    if _any_inferred(result):
        text += phrases.UNSURE_PART
    if result.kind in ("list", "count") or (written is None and _is_tie(question, result)):
        counter = _counter(question, result) if result.kind == "count" else "人" if _of_persons(result) else "件"
        written = "; ".join((*((written,) if written else ()), f"{len(result.things)} ({counter})"))
    if result.note == "place" and question.after is None:
        written = "; ".join((*((written,) if written else ()), f"{question.rank} (番)"))
    citations = _citations(store, replace(result, also=(*result.also, *asked_besides)))
    return Draft(text, text, result.kind, _given(question, result), written, citations, confidence)


def _table_year(result: Result) -> str:
    """The year of the table, where 本年度 and 前年度 are told of it and other tables give them of other years."""
    frame = result.plan.frame
    if frame.told is None or not any(RELATIVE_YEAR.search(searchable(c.label)) for c in frame.columns):
        return ""
    return phrases.IN_TABLE_OF.format(year=era_name(frame.told))


def _citations(store: Store, result: Result) -> tuple[Citation, ...]:
    """Every operand; of listed things the cell that meets the condition, because it names its row as well."""
    frame = result.plan.frame
    conditions = [c for c in result.plan.at if frame.columns[c].role == "data"]
    places: list[tuple[int, int]] = []
    for one in (*result.operands, *result.also):
        shown = [one.column] if result.kind not in ("list", "count") or not conditions else []
        if result.plan.listed != frame.key and one.column not in shown:
            shown.append(one.column)
        places.extend((one.row, c) for c in (*shown, *conditions) if (frame.cells[one.row][c] or "").strip())
    places.extend((row, c) for row in result.left_out for c in result.plan.columns if frame.cells[row][c])
    cells = (cell for row, column in places for cell in members(frame, row, column))
    found = [c for base, row, column in cells for c in cite(store, base.evidence(row, column))]
    return tuple(dict.fromkeys(found))


def _given(question: Question, result: Result) -> tuple[Value, ...]:
    if result.value is not None and result.kind not in ("maximum", "minimum"):
        return (Value(exact(result.value), result.unit, _amount(result)),)
    return tuple(_value(question, result.plan.frame, one) for one in result.operands)


def _value(question: Question, frame: Frame, one: Operand) -> Value:
    text = tidy(frame.cells[one.row][one.column] or "")
    if one.quantity is None:
        among = picked(question, text)
        return Value(exact(among.value), among.unit, among.text) if among else Value(None, None, text)
    return Value(exact(one.quantity.value), one.quantity.unit, text)


def _name(result: Result, row: int) -> str:
    frame = result.plan.frame
    if result.plan.listed != frame.key and result.kind in ("list", "count", "maximum", "minimum"):
        return of_year(frame, result.plan.listed, tidy(frame.cells[row][result.plan.listed] or ""))
    return of_year(frame, frame.key, leaf((frame.label(row),)))


def _noun(result: Result) -> str:
    """What the listed things are called: the header of their column without 名, else もの."""
    if _of_persons(result):
        return "人"
    core = result.plan.frame.columns[named_in(result)].core.split(" ")[-1]
    noun = core.removesuffix("名").removesuffix("区分")
    return noun if 0 < len(noun) <= 8 and not noun.isascii() else "もの"


def _of_persons(result: Result) -> bool:
    """Whether the listed things are persons."""
    return lists_persons(result.plan.frame) and result.plan.listed == result.plan.frame.key


def _conditions(result: Result) -> str:
    """The conditions in words: `担当課が「介護高齢課」の`; empty when there are none or they differ from row to row."""
    frame, said = result.plan.frame, []
    for column in result.plan.at:
        values = {quoted(frame.cells[row][column] or "") for row in result.plan.rows}
        at = frame.columns[column]
        if (
            len(values) != 1
            or column == result.plan.listed
            or column in frame.unsaid
            or not (value := values.pop())
            or len(value) > 60
        ):
            continue
        label = at.path[-1] if at.path else ""
        label = label.split("(")[0].split("（")[0].strip()
        said.append(f"{tidy(label)}が「{value}」" if label else f"「{value}」")
    return "、".join(said) + "の" if said else ""


def _column(result: Result, column: int, with_year: bool = True) -> str:
    if result.plan.frame.turned:
        return result.plan.frame.columns[column].label
    shown = attribute_phrase(result.plan.frame.evidence(result.plan.rows[0], column), with_period=with_year)
    at = result.plan.frame.columns[column]
    own = result.plan.frame.table is None and not at.label  # the heading's own figure
    return (
        _NO_NAME
        if own or shown == phrases.NO_LABEL
        else f"{said_beside(result.plan.frame, at) if with_year else ''}{shown}"
    )


def _said(frame: Frame, one: Operand) -> str:
    text = frame.cells[one.row][one.column] or ""
    if one.quantity is None:
        return f"「{quoted(text)}」"
    # Workbooks and open data print 716000000: nobody can say that aloud.
    bare = _BARE.fullmatch(text.strip()) if frame.columns[one.column].kind == "number" else None
    return with_unit(f"{int(bare['whole']):,}" if bare else text, one.quantity.unit)


def _listed(question: Question, result: Result) -> list[str]:
    """The names of the things; behind each the figure that meets the bound, where a question sets one."""
    frame = result.plan.frame
    bounds = bounded_columns(result.plan, question)
    figures = [c for c in dict.fromkeys(bounds) if c is not None and frame.columns[c].kind == "number"]
    figures = with_each(question, result) or figures
    if len(figures) != 1 or any(frame.quantity(row, figures[0]) is None for row in result.things):
        return [_name(result, row) for row in result.things]
    return [f"{_name(result, row)} ({_said(frame, operand(frame, row, figures[0]))})" for row in result.things]


def _list(question: Question, result: Result) -> str:
    names = _listed(question, result)
    shown = "、".join(names[:_SHOWN]) + (" ほか" if len(names) > _SHOWN else "")
    if len(names) == 1:
        return f"{_conditions(result)}{_noun(result)}は「{shown}」です。"
    return (
        f"{_conditions(result)}{_noun(result)}は次の{len(names)}{'人' if _of_persons(result) else '件'}です: {shown}。"
    )


def _count(question: Question, result: Result) -> str:
    names = _listed(question, result)
    shown = "、".join(names[:_SHOWN]) + (" ほか" if len(names) > _SHOWN else "")
    return f"{_conditions(result)}{_noun(result)}は{len(names)}{_counter(question, result)}です: {shown}。"


def _counter(question: Question, result: Result) -> str:
    """What things are counted in: persons, as the question does (何団体), by their own noun (3地区, 7か月), else 件."""
    if _of_persons(result):
        return "人"
    if question.unit and question.unit != "つ":
        return question.unit
    return "件" if re.search(r"何件|件数", question.folded) else _COUNTED_AS.get(_noun(result), "件")


def _amount(result: Result, signed: bool = True) -> str:
    """What was calculated, written as the figures it rests on are: 766億円 − 606億円 is 160億円."""
    assert result.value is not None
    printed = [one.quantity.text for one in result.operands if one.quantity]
    value = result.value if signed else abs(result.value)
    if result.unit == "円" and value and any(c in text for text in printed for c in "兆億万"):
        return spoken_like(value, result.unit, printed)
    return f"{number(value, result.note)}{result.unit or ''}"


def _of(result: Result) -> str:
    """What was added up: the conditions, or the names when they are few."""
    names = list(dict.fromkeys(_name(result, row) for row in result.things))
    if len(names) <= 3:
        return "と".join(f"「{name}」" for name in names) + "の"
    count = f"{len(result.things)}件の" if len(result.things) == len(result.operands) else ""
    return f"{_conditions(result)}{count}"


def _parts(result: Result) -> str:
    frame = result.plan.frame
    names = [leaf((frame.label(one.row),)) for one in result.operands[:_SHOWN_PARTS]]
    # 朝霧町 令和7年 11,500 would be read as a date.
    shown = [
        f"{n}{'は' if n.endswith('年') else ' '}{_said(frame, one)}"
        for n, one in zip(names, result.operands, strict=False)
    ]
    return "、".join(shown) + (" ほか" if len(result.operands) > _SHOWN_PARTS else "")


def _columns_said(result: Result) -> str:
    columns = list(dict.fromkeys(one.column for one in result.operands))
    return _column(result, columns[0], with_year=len(columns) == 1)


def _sum(question: Question, result: Result) -> str:
    return f"{_of(result)}{_columns_said(result)}の合計は{_amount(result)}です(内訳: {_parts(result)})。"


def _average(question: Question, result: Result) -> str:
    return f"{_of(result)}{_columns_said(result)}の平均は{result.note}{_amount(result)}です(内訳: {_parts(result)})。"


def _extreme(question: Question, result: Result) -> str:
    frame = result.plan.frame
    most = result.kind == "maximum"
    if result.note == "change":
        assert result.value is not None
        grew = result.value > 0
        names = "、".join(f"「{_name(result, row)}」" for row in result.things)
        pair = result.operands[:2]
        years = _from_to(result, pair) if len(result.operands) == 2 and len(result.things) == 1 else ""
        return (
            f"{_conditions(result)}{_column(result, result.operands[-1].column, with_year=False)}が"
            f"最も{'大きく' if most else '小さく'}{'増えた' if grew else '減った'}のは{names}で、{years}"
            f"{_amount(result, signed=False)}{'増えました' if grew else '減りました'}。"
        )
    label = _column(result, result.operands[0].column)
    if result.note.startswith(RANKED):
        one, place = result.operands[0], result.note.removeprefix(RANKED)
        way = "大きい" if most else "小さい"
        return f"{leaf((frame.label(one.row),))}の{label}は{_said(frame, one)}で、{way}方から{place}番目です。"
    degree = ("新しい" if most else "古い") if result.note == "year" else "大きい" if most else "小さい"
    if result.note == "place":
        return _placed(question, result, label, degree)
    if len(result.operands) == 1:
        one = result.operands[0]
        among = f"{_conditions(result)}{_noun(result)}のうち" if _noun(result) != "もの" else _conditions(result)
        return f"{among}{label}が最も{degree}のは「{_name(result, one.row)}」で、{_said(frame, one)}です。"
    shown = "、".join(f"「{_name(result, one.row)}」{_said(frame, one)}" for one in result.operands)
    if question.top > 1:
        return f"{_conditions(result)}{label}が{degree}順に、{shown}です。"
    return f"{_conditions(result)}{label}が最も{degree}のは次の{len(result.operands)}{'人' if _of_persons(result) else '件'}です: {shown}。"


def _is_tie(question: Question, result: Result) -> bool:
    """Whether several things share the first place, which is told with how many they are."""
    extreme = result.kind in ("maximum", "minimum") and result.note not in ("change", "place")
    return extreme and len(result.operands) > 1 and question.top == 1


def _placed(question: Question, result: Result, label: str, degree: str) -> str:
    """The thing in its place of the order; of the thing before it the question spoke."""
    place = "次に" if question.after is not None else f"{question.rank}番目に"
    shown = "、".join(f"「{_name(result, one.row)}」で、{_said(result.plan.frame, one)}" for one in result.operands)
    return f"{_conditions(result)}{label}が{place}{degree}のは{shown}です。"


def _from_to(result: Result, pair: Sequence[Operand]) -> str:
    frame = result.plan.frame
    old, new = pair
    return f"{year_said(frame, old)}の{_said(frame, old)}から{year_said(frame, new)}の{_said(frame, new)}へ"


def _difference(question: Question, result: Result) -> str:
    frame = result.plan.frame
    assert result.value is not None
    name = of_year(frame, frame.key, leaf((frame.label(result.operands[0].row),)))
    if result.note.startswith("printed"):
        one = result.operands[0]
        way = "増" if result.value > 0 else "減" if result.value < 0 else "増減なし"
        shown = _said(frame, one)
        also = "" if _SAYS_WAY.search(shown) else f"({number(abs(result.value))}{result.unit or ''}の{way})"
        return f"{name}の{_column(result, one.column)}は{shown}です{also}。"
    if result.note == "years":
        own = frame.columns[result.operands[-1].column]  # of 前年度収入済額 and 収入済額 the second names the figure
        label = f"の{_column(result, own.index, with_year=False)}" if own.core or not own.years else ""
        if frame.columns[result.operands[0].column].core != own.core:  # R6決算額 against R7当初予算額
            sides = [f"{_column(result, one.column)}の{_said(frame, one)}" for one in result.operands]
            way = "多く" if result.value > 0 else "少なく" if result.value < 0 else "違わず、同額と"
            return (
                f"{name}は、{sides[0]}より{sides[1]}が{number(abs(result.value))}{result.unit or ''}{way}なっています。"
            )
        if not result.value:
            return f"{name}{label}は、{year_said(frame, result.operands[0])}も{year_said(frame, result.operands[1])}も{_said(frame, result.operands[0])}で、変わりません。"
        if (is_year(name) or frame.columns[frame.key].kind == "date") and label:
            name, label = "", label.removeprefix("の")  # rows that are years: the figure is of what the column says
        way = "増えました" if result.value > 0 else "減りました"
        rate = f"({result.written.rpartition('× 100 ')[2]})" if result.written and "× 100" in result.written else ""
        shown = f"{_amount(result, signed=False)}{rate.replace(' (%)', '%').replace('= ', '').replace('≒ ', '約')}"
        return f"{name}{label}は、{_from_to(result, result.operands)}{shown}{way}。"
    if result.note == "whole":
        return _whole_change(result, name)
    a, b = result.operands
    label = _column(result, a.column)
    if result.note == "columns":
        sides = [f"{_column(result, one.column)}は{_said(frame, one)}" for one in (a, b)]
        return f"{name}の{'、'.join(sides)}で、差は{number(abs(result.value))}{result.unit or ''}です。"
    return (
        f"{label}は「{leaf((frame.label(a.row),))}」が{_said(frame, a)}、「{leaf((frame.label(b.row),))}」が{_said(frame, b)}で、"
        f"差は{_amount(result, signed=False)}です。"
    )


def _whole_change(result: Result, name: str) -> str:
    """The change of a thing whose figures stand in several rows, with the sums on either side."""
    frame = result.plan.frame
    assert result.value is not None
    last = frame.columns[result.operands[-1].column].years
    old = [one for one in result.operands if frame.columns[one.column].years != last]
    new = [one for one in result.operands if frame.columns[one.column].years == last]
    unit = result.unit or ""
    way = "増えました" if result.value > 0 else "減りました" if result.value < 0 else "で変わりません"
    label = _column(result, old[0].column, with_year=False)
    sides = [f"{year_said(frame, side[0])}の{number(total(side))}{unit}" for side in (old, new)]
    return f"{name}の{label}は、{sides[0]}から{sides[1]}へ{number(abs(result.value))}{unit}{way}。"


def _ratio(question: Question, result: Result) -> str:
    frame = result.plan.frame
    assert result.value is not None
    about = "約" if result.written and "≒" in result.written else ""
    name = leaf((frame.label(result.operands[0].row),))
    if result.note == "rate":
        label = _column(result, result.operands[0].column, with_year=False)
        way = "増えました" if result.value > 0 else "減りました" if result.value < 0 else "で変わりません"
        return f"{name}{label}は、{_from_to(result, result.operands)}{about}{number(abs(result.value), about)}%{way}。"
    if result.note.startswith("of "):
        return _share(result, about)
    a, b = result.operands
    if result.note == "columns":
        return f"{name}の{_column(result, a.column)}は{_said(frame, a)}で、{_column(result, b.column)}{_said(frame, b)}の{about}{number(result.value, about)}%です。"
    shown = f"{about}{number(result.value, about)}{result.unit or ''}"
    if a.row == b.row:
        label = _column(result, a.column, with_year=False)
        return f"{name}の{label}は、{year_said(frame, a) or _column(result, a.column)}の{_said(frame, a)}が{year_said(frame, b) or _column(result, b.column)}の{_said(frame, b)}の{shown}です。"
    return f"「{leaf((frame.label(a.row),))}」の{_said(frame, a)}は「{leaf((frame.label(b.row),))}」の{_said(frame, b)}の{shown}です。"


def _share(result: Result, about: str) -> str:
    """What part of a whole the things are, with their own figure, or what they come to together."""
    frame, own = result.plan.frame, result.operands[: len(result.things)]
    assert result.value is not None
    label = _column(result, own[0].column)
    of, said = _of(result), f"合計{number(total(own))}{own[0].quantity.unit or '' if own[0].quantity else ''}"
    if len(own) == 1:
        of, said = f"{leaf((frame.label(own[0].row),))}の", _said(frame, own[0])
    whole = result.note.removeprefix("of ")
    several = whole != OF_ALL and len(result.operands) - len(own) > 1
    return f"{of}{label}は{said}で、{whole}の{label}{'の合計' if several else ''}に占める割合は{about}{number(result.value, about)}%です。"


def _values(question: Question, result: Result) -> str:
    frame = result.plan.frame
    by_row: dict[int, list[Operand]] = {}
    for one in result.operands:
        by_row.setdefault(one.row, []).append(one)
    parts = []
    for row, ones in by_row.items():
        name = leaf((frame.label(row),))
        labels = [_column(result, one.column) for one in ones]
        if labels == [_NO_NAME] and name and not frame.turned:  # a form: 補助率は2分の1
            parts.append(f"{name}は{_shown(frame, ones[0])}")
            continue
        if [one.column for one in ones] == [frame.name_at(row)] and len(by_row) == 1:
            return f"{_shown(frame, ones[0])}とあります。"  # 消防団員 800人: the name itself says it
        shown = "、".join(f"{label}は{_shown(frame, one)}" for label, one in zip(labels, ones, strict=True))
        if _is_figure(name) and len(frame) == 1 and (about := _nearest_heading(frame)):
            told = lone_quantity(searchable(name)) and frame.key not in [one.column for one in ones]
            name, shown = about, f"{_column(result, frame.key)}は{name}、{shown}" if told else shown
        parts.append(f"{name}の{shown}" if name else shown)
    return "、".join(parts) + "です。"


def _is_figure(name: str) -> bool:
    """Whether the first cell of a row names nothing: it is a figure (開催回数 37回) or a unit itself."""
    return lone_quantity(searchable(name)) is not None or UNIT_ONLY.match(searchable(name)) is not None


def _nearest_heading(frame: Frame) -> str:
    """The nearest heading without figures above a frame: what its one row is about."""
    leaves = (leaf((one,)) for one in reversed(frame.context))
    return next((one for one in leaves if not find_quantities(searchable(one))), "")


def _shown(frame: Frame, one: Operand) -> str:
    if frame.says_nothing(one.row, one.column):
        text = quoted(frame.cells[one.row][one.column] or "")
        return phrases.NOTHING.format(text=text) if text else "空欄"
    return _said(frame, one)


def _converted(question: Question, result: Result) -> tuple[str, str] | None:
    """The same amount in the unit asked for, and how it was converted."""
    if not question.told:
        return None
    value, unit = result.value, result.unit
    if value is None and len(result.operands) == 1 and result.operands[0].quantity:
        value, unit = result.operands[0].quantity.value, result.operands[0].quantity.unit
    anew = in_other_unit(value, unit, question.told) if value is not None and unit != question.told else None
    return None if anew is None else (f"{number(anew[0])}{question.told}", anew[1])


def _any_inferred(result: Result) -> bool:
    return any(result.plan.frame.inferred(one.row, one.column) for one in result.operands)
