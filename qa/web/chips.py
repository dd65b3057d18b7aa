"""How a question was understood, cut into parts that can be changed one by one, and the question with one part changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Document, Table
from corpus.folding import tidy
from corpus.values import era_name
from index import Store
from qa.followup_slots import Slots, slots, with_attribute, with_period, with_subject
from qa.types import Citation, Evidence
from qa.web.escape import escaped
from qa.web.session import Session
from qa.web.words import Words
from qa.wording import attribute_phrase

MOST_CHOICES = 60
LONGEST = 100  # letters of a part
_LONGEST_CHOICE = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """One part: `slot` is subject, attribute or period; `number` tells several years apart; `text` is "" where the
    question names none; `choices` are what the cited table offers instead.
    """

    slot: str
    number: int
    text: str
    choices: tuple[str, ...]


def chips(store: Store, session: Session) -> tuple[Chip, ...]:
    """The parts of the question answered last; none of small talk, or where it names neither thing nor item."""
    cut = _cut(session)
    if cut is None or session.last is None or (cut.subject is None and cut.attribute is None):
        return ()
    names, items, years = _choices(store, session.last.citations)
    told = [Chip("subject", 0, cut.subject_text, names), Chip("attribute", 0, cut.attribute_text, items)]
    told += [Chip("period", n, cut.said(one), years) for n, one in enumerate(cut.periods)]
    return (*told, *([] if cut.periods else [Chip("period", 0, "", years)]))


def changed(session: Session, slot: str, number: int, text: str) -> str:
    """The complete question with one part changed; "" where there is nothing to change."""
    cut, wanted = _cut(session), tidy(text)[:LONGEST]
    if cut is None or not wanted:
        return ""
    stretch = {"subject": cut.subject, "attribute": cut.attribute}.get(slot)
    if slot == "period" and 0 <= number < len(cut.periods):
        stretch = cut.periods[number]
    if stretch is not None:
        said = cut.text[: stretch[0]] + wanted + cut.text[stretch[1] :]
    else:
        ways = {"subject": with_subject, "attribute": with_attribute, "period": with_period}
        said = ways[slot](cut, wanted) if slot in ways else ""
    return said.replace("?", "？")


def chips_html(made: tuple[Chip, ...], turn: int, words: Words) -> str:
    """The parts as buttons, each of which opens a field with what could stand there instead."""
    if not made:
        return ""
    shown = "".join(_chip(one, turn, words) for one in made)
    return f"<div class='parts'><h2>{words('parts')}</h2><ul class='chips' data-turn='{turn}'>{shown}</ul></div>"


def _chip(one: Chip, turn: int, words: Words) -> str:
    name, said = words(f"chip_{one.slot}"), escaped(one.text) or f"<i>{words('chip_none')}</i>"
    choices = "".join(f"<option value='{escaped(text)}'></option>" for text in one.choices if text != one.text)
    listed = f"choices-{turn}-{one.slot}-{one.number}"
    return (
        f"<li data-slot='{one.slot}-{one.number}'><button type='button' data-edit aria-expanded='false' title='{words('chip_edit')}'>"
        f"<span>{name}</span> <b lang='ja'>{said}</b> <span aria-hidden='true'>✎</span></button>"
        f"<form data-chip='{one.slot}' data-number='{one.number}' hidden><label>{name} <input name='text' lang='ja' autocomplete='off' "
        f"maxlength='{LONGEST}' required value='{escaped(one.text)}' list='{listed}'></label><datalist id='{listed}'>{choices}</datalist>"
        f"<button type='submit'>{words('chip_ask')}</button><button type='button' data-cancel>{words('cancel')}</button></form></li>"
    )


def _cut(session: Session) -> Slots | None:
    last, turn = session.last, session.turn
    if last is None or turn is None or last.kind == "chat" or not last.standalone:
        return None
    cut = slots(last.standalone, turn.understood.subject)
    if cut is None or cut.subject is not None or cut.attribute is not None:
        return cut
    # Words without grammar (事業名 予算 R3) have no parts of their own; the cell that answered them has.
    one = last.citations[0] if last.kind == "value" and last.citations else None
    return (
        slots(f"{one.row}の{_item(one.document, one.column)}は？", one.row) if one and one.row and one.column else cut
    )


def _item(document: str, column: tuple[str, ...]) -> str:
    return attribute_phrase(Evidence(document, "cell", None, 0, 0, (), None, column, "", None, "", 1))


def _choices(store: Store, citations: tuple[Citation, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names of rows, names of columns and years of the table (or only the document) that was cited first."""
    document = (
        store.documents[citations[0].document] if citations and citations[0].document in store.documents else None
    )
    if document is None:
        years = dict.fromkeys(year for one in store.documents.values() for year in one.years)
        return (), (), tuple(era_name(year) for year in sorted(years))[:MOST_CHOICES]
    years_of = tuple(era_name(year) for year in document.years)[:MOST_CHOICES]
    table = _cited(document, citations[0])
    if table is None:
        return (), (), years_of
    names = (tidy(row.cells[table.key].text or "") for row in table.rows if row.understood and not row.total)
    items = (_item(document.id, c.path) for c in table.columns if c.index != table.key)
    return _some(names), _some(items), years_of


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(text for text in texts if 1 < len(text) <= _LONGEST_CHOICE)
    return tuple(kept)[:MOST_CHOICES]


def _cited(document: Document, citation: Citation) -> Table | None:
    """The table that a citation stands in."""
    for table in document.tables:
        for row in table.rows:
            at = document.place(row.span)
            same = (at.page, at.sheet) == (citation.page, citation.sheet)
            if same and row.understood and at.line_start <= citation.line_start <= at.line_end:
                return table
    return None
