"""Questions worth asking next. Each was asked before it is shown, and found its answer where it was made from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from corpus import Document, Row, Table
from corpus.cells import cell_quantities
from corpus.folding import searchable, tidy
from corpus.values import is_nothing
from index import Store, search
from qa.ask_back import offered
from qa.conversation import Conversation, ask, chosen
from qa.pipeline import answer
from qa.types import Answer, Citation, Evidence, UnaskableQuestion
from qa.wording import attribute_phrase, leaf

SHOWN = 3
SURE = 0.75  # what a suggested question's answer has to reach
PATIENCE = 1.5  # seconds that looking for suggestions may take
_MOST_TRIED = 10
_LONGEST_NAME = 40
_LONGEST_LABEL = 20
_LISTS = ("list", "sum", "average", "count", "each")
_OF_A_LIST = ("そのうち一番大きいのは？", "それぞれの内訳は？")


@dataclass(frozen=True, slots=True)
class _Try:
    """A question, and the place its answer has to cite to be the one meant; None where any will do."""

    text: str
    document: str | None = None
    lines: range | None = None
    column: tuple[str, ...] | None = None

    def meant(self, given: Answer) -> bool:
        """Whether an answer is likely, cites something, and rests on the place the question was made from."""
        if not (given.answered and given.citations and given.confidence >= SURE and given.kind != "chat"):
            return False
        return self.document is None or any(self._cites(citation) for citation in given.citations)

    def _cites(self, citation: Citation) -> bool:
        at = self.lines is None or citation.line_start in self.lines
        return citation.document == self.document and at and (self.column is None or citation.column == self.column)


def next_questions(store: Store, conversation: Conversation, given: Answer) -> tuple[str, ...]:
    """Up to three questions that follow on an answer, or that are near to a question that was refused.

    Where it was asked back, each of the choices as a question that stands alone.
    """
    if given.kind == "clarify":
        return tuple(chosen(name, given.standalone, store).standalone for name in offered(given))
    if not given.answered:
        return _that_work(_near(store, given.standalone), lambda text: answer(text, store), given)
    of_list = (_Try(text) for text in _OF_A_LIST if given.kind in _LISTS and len(given.citations) > 1)
    rewritten = _that_work(of_list, lambda text: ask(conversation, text, store)[1], given)
    made = _beside(store, given.citations) if given.citations else iter(())
    others = _that_work(made, lambda text: answer(text, store), given)
    return (*rewritten, *others)[:SHOWN]


def first_questions(store: Store) -> tuple[str, ...]:
    """Up to three questions to begin with, of different documents and kinds."""
    by_document = [chain(_figures(d), _greatest(d), _facts(d)) for d in store.documents.values()]
    mixed = (one for group in zip_longest(*(_spread(made) for made in by_document[:SHOWN])) for one in group if one)
    return _that_work(mixed, lambda text: answer(text, store), None)


def _spread(made: Iterable[_Try]) -> Iterator[_Try]:
    """Questions with the ways of asking in turn, rather than one way after another."""
    kinds: dict[str, list[_Try]] = {}
    for one in made:
        kinds.setdefault("most" if "最も" in one.text else "fact" if one.column is None else "cell", []).append(one)
    return (one for group in zip_longest(*kinds.values()) for one in group if one)


def _that_work(made: Iterable[_Try], asked: Callable[[str], Answer], before: Answer | None) -> tuple[str, ...]:
    """The first questions that get the answer meant, another one than was given before."""
    until = time.monotonic() + PATIENCE
    found: list[str] = []
    for tried, one in enumerate(made):
        if len(found) >= SHOWN or tried >= _MOST_TRIED or time.monotonic() > until:
            break
        if one.text in found or (before and searchable(one.text) == searchable(before.standalone)):
            continue
        try:
            given = asked(one.text)
        except UnaskableQuestion:
            continue
        if one.meant(given) and (before is None or given.answer != before.answer):
            found.append(one.text)
    return tuple(found)


def _beside(store: Store, citations: Sequence[Citation]) -> Iterator[_Try]:
    """What else the row cited first says, or what else stands under the heading cited first."""
    citation, said = citations[0], {one.column for one in citations}
    if citation.document not in store.documents:
        return
    document = store.documents[citation.document]
    for table in document.tables:
        for row in table.rows:
            place = document.place(row.span)
            same = (place.page, place.sheet) == (citation.page, citation.sheet)
            if same and row.understood and place.line_start <= citation.line_start <= place.line_end:
                yield from (one for one in _cells(document, table, row) if one.column not in said)
                return
    yield from (one for one in _facts(document, citation.heading) if one.lines and citation.line_start not in one.lines)


def _cells(document: Document, table: Table, row: Row) -> Iterator[_Try]:
    """What a row holds, figures first."""
    name = tidy(row.cells[table.key].text or "")
    if not 1 < len(name) <= _LONGEST_NAME or row.total:
        return
    place = document.place(row.span)
    filled = [
        cell for cell in row.cells
        if cell.column != table.key and cell.text and not is_nothing(searchable(cell.text)) and len(cell.text) <= 60
    ]  # fmt: skip
    for cell in sorted(filled, key=lambda c: not (c.unit and cell_quantities(c))):
        path = table.columns[cell.column].path
        label = attribute_phrase(
            Evidence(document.id, "cell", None, 0, cell.column, (), name, path, cell.text or "", cell.unit, "", 1)
        )
        if 1 < len(label) <= _LONGEST_LABEL:
            yield _Try(f"{name}の{label}は？", document.id, range(place.line_start, place.line_end + 1), path)


def _figures(document: Document) -> Iterator[_Try]:
    """One figure of a row of each of the document's longer tables."""
    for table in sorted(document.tables, key=lambda t: -len(t.rows))[:5]:
        for row in table.rows[len(table.rows) // 3 :]:
            one = next(_cells(document, table, row), None) if row.understood else None
            if one:
                yield one
                break


def _greatest(document: Document) -> Iterator[_Try]:
    """The greatest of a column of the document's longest tables."""
    for table in sorted(document.tables, key=lambda t: -len(t.rows))[:3]:
        rows = [row for row in table.rows if row.understood]
        for column in table.columns if len(rows) > 2 else ():
            held = sum(bool(row.cells[column.index].unit and cell_quantities(row.cells[column.index])) for row in rows)
            named = tidy(table.columns[table.key].label)
            if held * 2 > len(rows) and 1 < len(named) <= _LONGEST_LABEL:
                one = Evidence(document.id, "cell", None, 0, column.index, (), None, column.path, "", None, "", 1)
                yield _Try(f"{attribute_phrase(one)}が最も大きい{named}は？", document.id, None, column.path)
                break


def _facts(document: Document, heading: tuple[str, ...] | None = None) -> Iterator[_Try]:
    """Figures printed under headings; under one heading where it is given."""
    for fact in document.facts:
        subject = leaf(fact.subject)
        if heading is not None and tuple(tidy(h) for h in fact.subject[: len(heading)]) != tuple(heading):
            continue
        if 1 < len(subject) <= _LONGEST_NAME and len(fact.attribute) <= _LONGEST_LABEL:
            place = document.place(fact.span)
            text = f"{subject}の{tidy(fact.attribute)}は？"
            yield _Try(text, document.id, range(place.line_start, place.line_end + 1))


def _near(store: Store, text: str) -> Iterator[_Try]:
    """What the rows and headings say that are nearest to a question."""
    for hit in search(store, text, 6) if text.strip() else ():
        document = store.documents[hit.entry.document]
        if hit.entry.kind == "row" and hit.entry.table is not None:
            table = document.tables[hit.entry.table]
            row = table.rows[hit.entry.position]
            one = next(_cells(document, table, row), None) if row.understood else None
            if one:
                yield one
        elif hit.entry.kind == "fact":
            yield from (
                one for one in _facts(document, tuple(tidy(h) for h in document.facts[hit.entry.position].subject))
            )
