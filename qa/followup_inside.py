"""A question about the parts of one figure, answered from the quote that gives it: 内訳, そのうち…, the largest part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import Document, Row, Table
from corpus.folding import searchable, tidy
from index import Store
from qa.followup import topics
from qa.followup_parts import among_told, choose, in_its_item, without
from qa.money import SCALES, exact
from qa.parts import Breakdown, Part, breakdown, dates, labelled, parts, side_by_side
from qa.refs import groups_of_row
from qa.results import in_unit, number, rounded
from qa.runs import Phrase, phrases
from qa.types import Answer, Citation, Draft, Question, UnaskableQuestion, Value
from qa.understand import understand
from qa.verify import cells_by_place
from qa.wording import leaf

_LOOKED_AT = 3
_NO_WORDS = re.compile(r"[\W\d_]+")
_HOW_MANY = re.compile(r"(?:何|なん)(?P<unit>[一-龥ァ-ヶー]{1,4})")
_WORDS = 8  # letters that say more than a unit or a name
_TIE = re.compile(r"\s*(?:・|、|及び|および|と|や|並びに|ならびに|/)\s*")


def inside(store: Store, given: Answer, kind: str, match: re.Match[str]) -> Draft | None:
    """A part, the parts or the largest part of what an answer quotes; None where no quote prints them."""
    for citation in given.citations if kind in ("sum", "average", "beside") else grounds(store, given):
        draft = _inside(given, citation, kind, match)
        if draft is not None:
            return draft
    return None


def parts_of(store: Store, given: Answer) -> tuple[Citation, Breakdown] | None:
    """The first of an answer's quotes, or of the cells beside them, that breaks a figure down."""
    for citation in grounds(store, given):
        cut = _cut(given, citation)
        if cut is not None:
            return citation, cut
    return None


def _cut(given: Answer, citation: Citation) -> Breakdown | None:
    units = {v.unit for v in given.values if v.is_number}
    unit = units.pop() if len(units) == 1 else None
    return breakdown(citation.quote, whole_of(given), unit) or breakdown(citation.quote)


def whole_of(given: Answer) -> Decimal | None:
    """The one figure an answer gives; None when it gives none or several."""
    numbers = [v.value for v in given.values if isinstance(v.value, int | float)]
    return Decimal(str(numbers[0])) if len(numbers) == 1 else None


def figure_in(store: Store, given: Answer | Draft, asked: str) -> tuple[Citation, Part] | None:
    """The figure that an answer quotes among others, by the words of its question; None where none or several fit."""
    question = _asked(asked)
    named = topics(question) if question else ()
    if question is None or not named:
        return None
    side_by_side = [p for p in phrases(question) if p.start >= named[-1].start or _tied(question, p, named[-1])]
    must = tuple(t for p in side_by_side if p.end <= named[-1].end for t in p.terms)
    for citation in grounds(store, given):
        found = [p for p in labelled(citation.quote) if counts(p.unit, question.wants)]
        part = choose(found, question, must, question.unit, around(store, citation))
        unit = _unit_asked(question, found)
        part = part or in_its_item(citation.quote, question, unit, around(store, citation))
        alone = [p for p in found if p.unit == unit] if unit and len(given.citations) == 1 else []
        if part or len(alone) == 1:
            return citation, part or alone[0]
    return None


def _unit_asked(question: Question, found: Sequence[Part]) -> str | None:
    """The unit that a question asks for (何人), where figures in it are among those found."""
    asked = question.unit or "".join(m["unit"] for m in _HOW_MANY.finditer(question.folded))
    return next((p.unit for p in found if p.unit and (p.unit == asked or asked.startswith(p.unit))), None)


def counts(unit: str | None, wants: str | None) -> bool:
    """Whether a figure's unit is one of the kind of figure asked for; one without a unit may be."""
    kinds = {"money": lambda u: u in SCALES, "people": lambda u: u in ("人", "名")}
    return unit is None or wants not in kinds or kinds[wants](unit)


def _tied(question: Question, one: Phrase, last: Phrase) -> bool:
    """Whether two phrases are said side by side: 来場・視聴者数."""
    return one.end <= last.start and bool(_TIE.fullmatch(question.folded[one.end : last.start]))


def grounds(store: Store, given: Answer | Draft) -> tuple[Citation, ...]:
    """An answer's citations; behind them the other cells of the rows they stand in."""
    found = dict.fromkeys(given.citations)
    for citation in given.citations[:_LOOKED_AT]:
        for other in beside(store, citation):
            found.setdefault(other)
    return tuple(found)


def beside(store: Store, citation: Citation) -> list[Citation]:
    """The other cells of a cited row, as citations."""
    document = store.documents[citation.document]
    found = _row_of(document, citation)
    if found is None:
        return []
    table, row = found
    return [
        replace(
            citation, line_start=at.line_start, line_end=at.line_end, quote=document.quote(span),
            column=table.columns[cell.column].path,
        )
        for cell in row.cells for span in cell.spans if (at := document.place(span)) and document.quote(span)
    ]  # fmt: skip


def _row_of(document: Document, citation: Citation) -> tuple[Table, Row] | None:
    where = (citation.line_start, citation.page, citation.sheet)
    there = cells_by_place(document).get(where, ())
    # a filled cell stands in another row
    return next(((table, row) for table, row, _, span in there if row.span.start <= span.start < row.span.end), None)


def groups_of(store: Store, citation: Citation) -> tuple[str, ...]:
    """What stands on the left of a cited row's name, where other rows of its table have the same name; else nothing."""
    found = _row_of(store.documents[citation.document], citation)
    if found is None:
        return ()
    table, row = found
    name = row.cells[table.key].text
    if sum(other.cells[table.key].text == name for other in table.rows if other.understood) < 2:
        return ()
    return groups_of_row(table, row)


def row_names(store: Store, citation: Citation) -> tuple[str, ...]:
    """The names of all rows of the table that a citation stands in; none where it stands in none."""
    found = _row_of(store.documents[citation.document], citation)
    return tuple(row.cells[found[0].key].text or "" for row in found[0].rows if row.understood) if found else ()


def around(store: Store, citation: Citation) -> str:
    """A citation's quote with its title, headings, header and the other cells of its row."""
    others = " ".join(one.quote for one in beside(store, citation))
    return " ".join((citation.quote, citation.title, *citation.heading, citation.row or "", *citation.column, others))


def _inside(given: Answer, citation: Citation, kind: str, match: re.Match[str]) -> Draft | None:
    if kind == "when":
        return _dated(given, citation)
    if kind == "beside":
        return _in_unit(given, citation, match["unit"])
    if kind == "part":
        return _part(given, citation, match["part"], match["unit"])
    if kind in ("sum", "average"):
        return _together(given, citation, side_by_side(citation.quote), kind)
    cut = _cut(given, citation)
    if cut is None:
        beside = side_by_side(citation.quote) if kind != "breakdown" and citation in given.citations else ()
        return _most(given, citation, kind, beside, None) if beside and kind != "part_ranked" else None
    if kind == "breakdown":
        shown = "、".join(f"{p.label} {_shown(p)}" for p in cut.parts)
        text = f"{_shown(cut.whole)}の内訳は、{shown}です。"
        return _draft(given, citation, text, "list", cut.parts, _added(cut))
    return (
        _ranked(given, citation, match, cut)
        if kind == "part_ranked"
        else _most(given, citation, kind, cut.parts, _added(cut))
    )


def _dated(given: Answer, citation: Citation) -> Draft | None:
    """The one date that the name of the row answered from says: 収穫祭 (令和6年10月5日~10月6日)."""
    if not given.citations[0].row or tidy(citation.quote) != leaf((tidy(given.citations[0].row),)):
        return None
    found = dates(citation.quote)
    if len(found) != 1:
        return None
    text = f"「{tidy(citation.quote)}」とあります。"
    value = Value(None, None, found[0].text)
    return Draft(text, text, "value", (value,), None, (citation,), given.confidence)


def _in_unit(given: Answer, citation: Citation, unit: str | None) -> Draft | None:
    """The one figure that a quote prints in a unit, of money where none is named; one that others make up comes first."""
    kinds = SCALES if unit is None else ("人", "名") if unit in ("人", "名") else (unit,)
    found = [p for p in parts(citation.quote) if p.unit in kinds and not p.among and p.inside is None]
    if len(found) != 1:
        return None
    return _draft(given, citation, f"{_shown(found[0])}です。", "value", (found[0],), None)


def detailed(given: Answer) -> Draft | None:
    """The words that an answer rests on, in full; None where it rests on figures alone."""
    told = [c for c in given.citations if len(_NO_WORDS.sub("", c.quote)) >= _WORDS]
    if not told:
        return None
    text = f"{'、'.join(f'「{tidy(c.quote)}」' for c in told[:_LOOKED_AT])}とあります。"
    return Draft(text, text, "passage", given.values, None, tuple(told[:_LOOKED_AT]), given.confidence)


def _together(given: Answer, citation: Citation, parts: Sequence[Part], kind: str) -> Draft | None:
    """The total or the mean of figures that stand side by side in one quote."""
    if not parts:
        return None
    found, unit, sign = sum((p.value for p in parts), Decimal(0)), parts[0].unit, "="
    written = " + ".join(number(p.value) for p in parts)
    if kind == "average":
        found, sign = rounded(found / len(parts))
        written = f"({written}) ÷ {len(parts)}"
    written = f"{written} {sign} {number(found, sign)}{in_unit(unit)}"
    shown = "、".join(f"{p.label} {_shown(p)}" for p in parts)
    told = f"{'約' if sign == '≒' else ''}{number(found, sign)}{unit or ''}"
    text = f"{'平均' if kind == 'average' else '合計'}は{told}です(内訳: {shown})。"
    value = Value(exact(found), unit, f"{number(found)}{unit or ''}")
    return Draft(text, text, kind, (value,), written, (citation,), given.confidence)


def _most(given: Answer, citation: Citation, kind: str, parts: Sequence[Part], written: str | None) -> Draft | None:
    """The largest or smallest of the figures of one quote."""
    most = kind == "part_maximum"
    best = (max if most else min)(p.value for p in parts)
    winners = tuple(p for p in parts if p.value == best)
    names = "と".join(f"「{p.label}」" for p in winners)
    text = f"内訳のうち最も{'多い' if most else '少ない'}のは{names}で、{_shown(winners[0])}です。"
    return _draft(given, citation, text, "maximum" if most else "minimum", winners, written)


def _ranked(given: Answer, citation: Citation, match: re.Match[str], cut: Breakdown) -> Draft | None:
    """The nth largest or smallest of the parts of a figure; None where there are not so many, or a tie leaves it open."""
    order = sorted(cut.parts, key=lambda p: p.value, reverse=bool(match["big"]))
    place = int(match["n"])
    if not 1 < place <= len(order) or sum(p.value == order[place - 1].value for p in order) > 1:
        return None
    one, size = order[place - 1], "多い" if match["big"] else "少ない"
    text = f"内訳のうち{place}番目に{size}のは「{one.label}」で、{_shown(one)}です。"
    written = "; ".join(part for part in (_added(cut), f"{place} (番)") if part)
    return _draft(given, citation, text, "maximum" if match["big"] else "minimum", (one,), written)


def _added(cut: Breakdown) -> str | None:
    """That the parts make up the whole, in its unit, which the parts often do not print."""
    if not cut.adds_up:
        return None
    return f"{' + '.join(number(p.value) for p in cut.parts)} = {number(cut.whole.value)}{in_unit(cut.whole.unit)}"


def _part(given: Answer, citation: Citation, named: str, unit: str | None) -> Draft | None:
    excepted = without(named)
    question = _asked(excepted or named)
    if question is None:
        return None
    cut = _cut(given, citation)
    inner = {p.start for p in cut.parts} if cut else set()
    found = (*(cut.parts if cut else ()), *(p for p in parts(citation.quote) if p.start not in inner))
    part = choose(found, question, (), unit, f"{citation.quote} {' '.join(citation.heading)}")
    if part is None and excepted is None:
        part = in_its_item(citation.quote, question, unit, citation.quote)
        part = part or among_told(citation.quote, question, unit)
    if part is None:
        return None
    if excepted is None:
        added = _added(cut) if cut and part in cut.parts else None
        return _draft(given, citation, f"{part.label}は{_shown(part)}です。", "value", (part,), added)
    if cut is None or not cut.adds_up or part not in cut.parts:
        return None
    rest = tuple(p for p in cut.parts if p != part)
    if len(rest) == 1:
        return _draft(given, citation, f"{rest[0].label}は{_shown(rest[0])}です。", "value", rest, _added(cut))
    left = cut.whole.value - part.value
    written = f"{number(cut.whole.value)} − {number(part.value)} = {number(left)}{in_unit(cut.whole.unit)}"
    text = f"{part.label}を除くと{number(left)}{cut.whole.unit or ''}です。"
    one = Part(f"{part.label}以外", left, cut.whole.unit, f"{number(left)}", 0, 0)
    return _draft(given, citation, text, "difference", (one,), written)


def _asked(named: str) -> Question | None:
    try:
        return understand(named)
    except UnaskableQuestion:
        return None


def _shown(part: Part) -> str:
    return part.text if not part.unit or searchable(part.text).endswith(part.unit) else f"{part.text}{part.unit}"


def _draft(
    given: Answer, citation: Citation, text: str, kind: str, parts: tuple[Part, ...], written: str | None
) -> Draft:
    values = tuple(Value(exact(p.value), p.unit, f"{p.label} {_shown(p)}") for p in parts)
    return Draft(text, text, kind, values, written, (citation,), given.confidence)
