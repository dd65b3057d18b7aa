"""Which rows and cells an answer cites, and which it should: ALCE's citation measures made exact by cell ids.

A *cell* is one as its document prints it, a labelled figure, or a sentence; a *row* is a row of a table, or again the
labelled figure or the sentence. Both are known by the document and the offset at which they begin, so that a cell filled
down from above is the printed one. Gold names lines; a question is measured where rows and cells follow from its lines
beyond doubt, and left out where they do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from corpus import Document, Span
from eval.gold import EvidenceLine, GoldQuestion
from eval.measures import holds_text, plain
from eval.reckoning import figures
from qa import Citation

Id = tuple[str, int]  # a document and the offset at which a row or cell begins
_BARE = re.compile(r"\d{1,3}(\.\d+)?")  # a short number without its unit stands in too many cells by accident


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell as it is printed: its own id and its row's, the verbatim `quote` and the lines it stands on (pages for a
    PDF), its text as read with the unit that governs it, and its column's header path.
    """

    row: Id
    cell: Id
    quote: str
    lines: range
    text: str
    unit: str
    column: tuple[str, ...] = ()
    names: bool = False  # whether it stands in the column that names rows

    @property
    def kind(self) -> str:
        """What its figure counts: the unit that governs it, else what is printed around the figure."""
        return self.unit or re.sub(r"[\d.,]", "", plain(self.text))


@dataclass(frozen=True, slots=True)
class Exact:
    """Citation measures of one answer in [0, 1]; None where gold does not settle it, or nothing was cited."""

    row_recall: float | None = None
    row_precision: float | None = None
    cell_recall: float | None = None
    cell_precision: float | None = None


class Pieces:
    """The pieces of one document by line."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _by_line(self) -> dict[int, list[Piece]]:
        found: dict[int, list[Piece]] = {}
        for piece in _pieces(self._document):
            for number in piece.lines:
                found.setdefault(number, []).append(piece)
        return found

    @cached_property
    def sources(self) -> dict[Id, frozenset[Id]]:
        """The rows that a row's filled cells are printed in."""
        return dict(_sources(self._document))

    def on(self, numbers: range | Sequence[int]) -> tuple[Piece, ...]:
        """What stands on lines, each piece once."""
        return tuple(dict.fromkeys(piece for number in numbers for piece in self._by_line.get(number, ())))


class PiecesOf(Mapping[str, Pieces]):
    """The pieces of each of some documents, made when first asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._made: dict[str, Pieces] = {}

    def __getitem__(self, name: str) -> Pieces:
        if name not in self._made:
            self._made[name] = Pieces(self._documents[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def exact(gold: GoldQuestion, given: Sequence[Citation], documents: Mapping[str, Pieces]) -> Exact:
    """The citation measures of one answer at row and cell level."""
    if gold.expected != "answer" or not gold.citations:
        return Exact()
    wanted_cells = _gold_cells(gold, gold.citations, documents)
    wanted_rows = _gold_rows(gold, wanted_cells, documents)
    cited = [piece for one in given for piece in _cited(one, documents)]
    also = _gold_cells(gold, gold.citations_also_ok, documents) or ()
    fair_rows = {row for group in wanted_rows or () for row in group} | _also_rows(gold, documents)
    fair_rows |= {s for row in fair_rows if row[0] in documents for s in documents[row[0]].sources.get(row, ())}
    fair_cells = {cell for group in (*(wanted_cells or ()), *also) for cell in group}
    rows, cells = {one.row for one in cited}, {one.cell for one in cited}
    lost = sum(1 for one in given if not _cited(one, documents))  # what points at nothing is no evidence
    return Exact(
        _recall(rows, wanted_rows, gold.citation_rule),
        _precision(rows, fair_rows, lost) if wanted_rows else None,
        _recall(cells, wanted_cells, "all"),
        _precision(cells, fair_cells, lost) if wanted_cells else None,
    )


def _recall(cited: set[Id], wanted: Sequence[frozenset[Id]] | None, rule: str) -> float | None:
    """Share of what is wanted of which one alternative is cited; under rule "any" one is all of it."""
    if not wanted:
        return None
    hits = sum(not cited.isdisjoint(group) for group in wanted)
    return hits / len(wanted) if rule == "all" else float(hits > 0)


def _precision(cited: set[Id], fair: set[Id], lost: int) -> float | None:
    count = len(cited) + lost
    return len(cited & fair) / count if count else None


def _pieces(document: Document) -> Iterator[Piece]:
    def at(
        row: Span, cell: Span, span: Span, text: str, unit: str | None, column: tuple[str, ...], names: bool = False
    ) -> Piece:
        place = document.place(span)
        lines = range(place.line_start, place.line_end + 1) if place.page is None else range(place.page, place.page + 1)
        start = (document.id, row.start), (document.id, cell.start)
        return Piece(*start, document.quote(span), lines, text, unit or "", column, names)

    for table in document.tables:
        for row in table.rows:
            if not row.understood:
                yield at(row.span, row.span, row.span, document.quote(row.span), None, ())
            for cell in row.cells:
                path = table.columns[cell.column].path
                for span in cell.spans:
                    if _inside(span, row.span):
                        yield at(
                            row.span, cell.spans[0], span, cell.text or "", cell.unit, path, cell.column == table.key
                        )
    for fact in document.facts:
        yield at(fact.span, fact.span, fact.span, fact.text, None, (fact.attribute,))
    for span in (*(one.span for one in document.passages), *(one.span for one in document.sections)):
        yield at(span, span, span, document.quote(span), None, ())


def _sources(document: Document) -> Iterator[tuple[Id, frozenset[Id]]]:
    for table in document.tables:
        for row in table.rows:
            elsewhere = [s for cell in row.cells for s in cell.spans if not _inside(s, row.span)]
            rows = {(document.id, o.span.start) for s in elsewhere for o in table.rows if _inside(s, o.span)}
            yield (document.id, row.span.start), frozenset(rows)


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start < other.end


def _cited(citation: Citation, documents: Mapping[str, Pieces]) -> tuple[Piece, ...]:
    """The pieces a citation quotes: those of exactly its words, of its column where several are; else those its words
    hold, as a whole row does; else the one that holds its words.
    """
    pieces = documents.get(citation.document)
    if pieces is None:
        return ()
    lines = range(citation.line_start, citation.line_end + 1)
    near = pieces.on([citation.page] if citation.page else lines)
    same = [one for one in near if one.quote == citation.quote]
    if same:
        own = [one for one in same if one.column == citation.column]
        return tuple(own or same)
    inside = tuple(one for one in near if one.quote in citation.quote)
    return inside or tuple(one for one in near if citation.quote in one.quote)


def _also_rows(gold: GoldQuestion, documents: Mapping[str, Pieces]) -> set[Id]:
    lines = gold.citations_also_ok
    return {one.row for line in lines if line.document in documents for one in documents[line.document].on([line.line])}


def _gold_rows(
    gold: GoldQuestion, cells: Sequence[frozenset[Id]] | None, documents: Mapping[str, Pieces]
) -> tuple[frozenset[Id], ...] | None:
    """The row of each evidence line; on a line of several rows (a page, a paragraph) those of the gold cells."""
    found: list[frozenset[Id]] = []
    for line in gold.citations:
        pieces = documents[line.document].on([line.line]) if line.document in documents else ()
        rows = frozenset(one.row for one in pieces)
        if len(rows) > 1:
            rows = frozenset(one.row for one in pieces if any(one.cell in group for group in cells or ()))
        if not rows:
            return None
        found.append(rows)
    return tuple(found)


def _gold_cells(
    gold: GoldQuestion, lines: Sequence[EvidenceLine], documents: Mapping[str, Pieces]
) -> tuple[frozenset[Id], ...] | None:
    """For everything an answer must hold the cells it stands in, one a line; or the cells it is calculated from. None
    where a line holds it in several cells, or no line in any, and where it is a row's name: what rests on a name (a list,
    an extreme) rests on the row.
    """
    on_lines = [documents[one.document].on([one.line]) for one in lines if one.document in documents]
    if not on_lines or not gold.must_include:
        return None
    found: list[frozenset[Id]] = []
    for group in gold.must_include:
        holders = [[one for one in pieces if _holds(one, group)] for pieces in on_lines]
        each = [{one.cell for one in own} for own in holders]
        if any(len(cells) > 1 for cells in each) or any(one.names for own in holders for one in own):
            return None
        if any(each):
            found.append(frozenset(cell for cells in each for cell in cells))
            continue
        operands = _operands(group, on_lines)
        if operands is None:
            return None
        found += [frozenset({one}) for one in operands]
    return tuple(found)


def _holds(piece: Piece, group: Sequence[str]) -> bool:
    text = plain(piece.text)
    return any(
        holds_text(text, one) or holds_text(text + piece.unit, one) for one in group if not _BARE.fullmatch(plain(one))
    )


def _operands(group: Sequence[str], on_lines: Sequence[Sequence[Piece]]) -> tuple[Id, ...] | None:
    """The only cells that make a figure: one of each line added up, all of one column; or two of one unit subtracted."""
    wanted = {numbers[0] for one in group if len(numbers := figures(one)) == 1}
    if Decimal(len(on_lines)) in wanted:  # the lines themselves are counted
        return None
    read = [[(piece, numbers[0]) for piece in line if len(numbers := figures(piece.text)) == 1] for line in on_lines]
    ways: list[tuple[Id, ...]] = []
    if len(read) > 1:
        for column in {piece.column for line in read for piece, _ in line}:
            chosen = [[one for one in line if one[0].column == column] for line in read]
            if all(len(one) == 1 for one in chosen) and sum((c[0][1] for c in chosen), Decimal(0)) in wanted:
                ways.append(tuple(c[0][0].cell for c in chosen))
    if not ways:
        pairs: Callable[..., Iterator[tuple[tuple[Piece, Decimal], ...]]] = combinations
        together = [one for line in read for one in line]
        ways = [(a.cell, b.cell) for (a, x), (b, y) in pairs(together, 2) if abs(x - y) in wanted and a.kind == b.kind]
    return ways[0] if len(set(ways)) == 1 else None
