"""Text cells as prose: what a table tells in words is found and judged like any other sentence.

A cell's heading path is all that says what it is about: the headings above its table, its row's name and its header.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Document
from corpus.folding import tidy
from index import Hit, Store
from qa.frames import Frame
from qa.framing import table_frame
from qa.lookup import letters
from qa.prose_candidates import Candidate
from qa.prose_rank import ProseAnswer, rank
from qa.prose_reading import read
from qa.types import Operation, Question, Value

_ROWS = 10  # how many of the found rows are read cell by cell
_NO_FIGURES = ("person", "place", "venue", "name")
_TIMES = ("date", "month", "day", "clock")
_SHORTEST = 6  # letters; a shorter cell is a label, not a statement


def answers_from_cells(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[ProseAnswer, ...]:
    """The likeliest text cells of the rows found, best first, each with its probability; none when there are none."""
    found: list[Candidate] = []
    places: dict[int, tuple[Frame, int, int]] = {}
    said = letters(question.folded)
    rows = [hit for hit in hits if hit.entry.kind == "row" and hit.entry.table is not None][:_ROWS]
    for order, hit in enumerate(rows, 1):
        document = store.documents[hit.entry.document]
        assert hit.entry.table is not None
        frame = table_frame(document, hit.entry.table)
        row = row_of(frame, hit)
        if row is None:
            continue
        for column in frame.columns:
            text = frame.cells[row][column.index] or ""
            if column.kind == "number" or len(text) < _SHORTEST:
                continue
            if column.role != "data" and not _dates_its_row(question, text):
                continue
            if question.operation is not Operation.YESNO and letters(text) in said:
                continue  # what the question says itself answers nothing
            if question.wants in _NO_FIGURES and _only_figures(text):
                continue  # 平成26年度 is nobody
            one = cell_candidate(document, frame, row, column.index, hit, order)
            places[id(one)] = (frame, row, column.index)
            found.append(one)
    ranking = rank(store, question, tuple(found)) if found else None
    if ranking is None:
        return ()
    answers = []
    for best, probability in zip(ranking.compared, ranking.probabilities, strict=False):
        frame, row, column_index = places[id(best.candidate)]
        evidence = frame.evidence(row, column_index)
        text = tidy(evidence.value)
        answers.append(
            ProseAnswer((evidence,), best.accounts, probability, best.features, None, (Value(None, None, text),))
        )
    return tuple(answers)


def _only_figures(text: str) -> bool:
    """Whether a cell holds a date or a number and no other word."""
    reading = read(text)
    spots = [*((p.start, p.end) for p in reading.periods), *((q.start, q.end) for q in reading.figures)]
    left = "".join(c for i, c in enumerate(reading.folded) if not any(a <= i < b for a, b in spots))
    return bool(spots) and not any(c.isalpha() for c in left)


def _dates_its_row(question: Question, name: str) -> bool:
    """Whether a time is asked for and a row's name tells one: 夏祭り(8月3日~5日)."""
    return question.wants in _TIMES and bool(read(name).periods)


def row_of(frame: Frame, hit: Hit) -> int | None:
    """The row of a frame that a hit stands for."""
    return frame.row_at.get((hit.entry.table, hit.entry.position))


def cell_candidate(document: Document, frame: Frame, row: int, column: int, hit: Hit, order: int) -> Candidate:
    """A cell as a sentence: its headings, row and header above it, the other cells of its row behind it."""
    key = ("around", row, column)
    if key not in frame.kept:
        frame.kept[key] = _around(frame, row, column)
    heading, rest = frame.kept[key]
    own = frame.columns[column].years
    years = own or ((frame.told,) if frame.told else document.years)
    return Candidate(
        document.id, -1, frame.cells[row][column] or "", "cell", heading, "", "", rest, document.title, years, order,
        hit.score, hit.parts, governed=" ".join(frame.columns[column].path) if own else "",
    )  # fmt: skip


def _around(frame: Frame, row: int, column: int) -> tuple[tuple[str, ...], str]:
    """What stands above a cell and what behind it."""
    groups = tuple(tidy(text) for text in frame.cells[row][: frame.key] if text)
    heading = (*frame.context, *groups, frame.name(row), *frame.columns[column].path)
    rest = " ".join(tidy(text) for i, text in enumerate(frame.cells[row]) if text and i > frame.key and i != column)
    return heading, rest
