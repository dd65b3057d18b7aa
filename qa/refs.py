"""Where the cells of a frame stand in their document, and each as evidence that can be cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Document, Row, Table
from corpus.folding import tidy
from corpus.values import Quantity
from qa.types import Evidence


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a cell of a frame is in its document: a row and column of a table (column None: a heading), or a fact
    (`table` None). `position` is -1 where it is nowhere but in a header.
    """

    table: int | None
    position: int
    column: int | None


@dataclass(frozen=True, slots=True)
class SaidRef(Ref):
    """Where a sentence says a cell: `position` is that of its passage, `named` that of the passage which names the account
    where it is another one, else None. `figure` is signed; None for a name.
    """

    subject: tuple[str, ...]
    name: str
    measure: str
    text: str
    figure: Quantity | None
    named: int | None = None


def unit_at(document: Document, ref: Ref) -> str | None:
    """The unit that governs a bare number there; None where none does."""
    if isinstance(ref, SaidRef):
        return None
    if ref.position < 0 or (ref.table is not None and ref.column is None):
        return None
    if ref.table is None:
        return document.facts[ref.position].unit
    assert ref.column is not None
    return document.tables[ref.table].rows[ref.position].cells[ref.column].unit


def groups_of_row(table: Table, row: Row) -> tuple[str, ...]:
    """What stands on the left of a row's name, outermost first."""
    return tuple(tidy(cell.text) for cell in row.cells[: table.key] if cell.text)


def evidence_at(document: Document, refs: Sequence[Ref], column: int) -> Evidence:
    """The cell of a row in a column, or where that is only in a header the first of its row that is somewhere."""
    ref = next(ref for ref in (refs[column], *refs) if ref.position >= 0)
    if isinstance(ref, SaidRef):
        attribute = (ref.measure,) if ref.measure else ()
        also = (ref.named,) if ref.named is not None else ()
        return Evidence(
            document.id, "passage", None, ref.position, None, ref.subject, ref.name, attribute, ref.text, None, "", 1, (), also
        )  # fmt: skip
    if ref.table is None:
        fact = document.facts[ref.position]
        return Evidence(
            document.id, "fact", None, ref.position, None, fact.subject, fact.subject[-1], (fact.attribute,),
            fact.text, fact.unit, "", 1,
        )  # fmt: skip
    table = document.tables[ref.table]  # for a header standing as a name: of the first cell that it governs
    own = table.rows[ref.position]
    groups = groups_of_row(table, own)
    caption = (tidy(table.caption),) if table.caption else ()
    place = table.key if ref.column is None else ref.column
    cell = own.cells[place]
    name = tidy(own.cells[table.key].text or "") or None
    return Evidence(
        document.id, "cell", ref.table, ref.position, place, (*own.section, *caption, *groups), name,
        table.columns[place].path, cell.text or "", cell.unit, "", 1,
    )  # fmt: skip
