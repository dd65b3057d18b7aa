"""Row and cell measures of citations, counted by hand over a made-up village table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from corpus import Document, read_document
from eval.cells import Exact, Pieces, PiecesOf, exact
from eval.gold import EvidenceLine, GoldQuestion
from qa import Citation

TABLE = """沼田沢村 事業一覧

担当課	事業名	R4 予算 (千円)	R5 予算 (千円)	参加者
農林課	棚田保全	4,518	4,200	138人
	わさび試作	2,075	2,075	11人
観光課	灯籠まつり	1,310	1,640	290人

村は棚田オーナーを募集した。会費は 3,000 円である。
"""
HEADS = {"R4": ("R4 予算 (千円)",), "R5": ("R5 予算 (千円)",)}


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Pieces]:
    path = tmp_path_factory.mktemp("cells") / "numata.txt"
    path.write_text(TABLE, "utf-8")
    document = read_document(path)
    assert [len(row.cells) for row in document.tables[0].rows] == [5, 5, 5]
    return PiecesOf({document.id: document})


def gold(wanted: str | tuple[str, ...], *lines: int, rule: str = "any", also: tuple[int, ...] = ()) -> GoldQuestion:
    groups = ((wanted,),) if isinstance(wanted, str) else tuple((one,) for one in wanted)
    return GoldQuestion(
        question="問", must_include=groups, citation_rule=rule,
        citations=tuple(EvidenceLine("numata", n) for n in lines),
        citations_also_ok=tuple(EvidenceLine("numata", n) for n in also),
    )  # fmt: skip


def cited(line: int, quote: str, column: tuple[str, ...] = (), document: str = "numata") -> Citation:
    return Citation(document, "題", line, line, None, None, (), None, column, quote)


@pytest.mark.parametrize(
    ("question", "citations", "measured"),
    [
        # the cell itself; another cell of its row; a cell of another row; the whole row, which has four more cells
        (gold("4,518千円", 4), [cited(4, "4,518")], Exact(1, 1, 1, 1)),
        (gold("4,518千円", 4), [cited(4, "4,200")], Exact(1, 1, 0, 0)),
        (gold("4,518千円", 4), [cited(6, "1,310")], Exact(0, 0, 0, 0)),
        (gold("4,518千円", 4), [cited(4, "農林課\t棚田保全\t4,518\t4,200\t138人")], Exact(1, 1, 1, 1 / 5)),
        (gold("4,518千円", 4), [cited(4, "4,518"), cited(5, "11人")], Exact(1, 0.5, 1, 0.5)),
        # nothing cited; a document or a quote that is not there
        (gold("4,518千円", 4), [], Exact(0, None, 0, None)),
        (gold("4,518千円", 4), [cited(4, "4,518", document="other")], Exact(0, 0, 0, 0)),
        (gold("4,518千円", 4), [cited(4, "9,999")], Exact(0, 0, 0, 0)),
        # a sum rests on a cell of each line, a difference on two of one line
        (gold("5,828千円", 4, 6, rule="all"), [cited(4, "4,518"), cited(6, "1,310")], Exact(1, 1, 1, 1)),
        (gold("5,828千円", 4, 6, rule="all"), [cited(4, "4,518")], Exact(0.5, 1, 0.5, 1)),
        (gold("330千円", 6), [cited(6, "1,310"), cited(6, "1,640")], Exact(1, 1, 1, 1)),
        # two things wanted, one cited; evidence that is also right
        (gold(("4,518千円", "138人"), 4), [cited(4, "138人")], Exact(1, 1, 0.5, 1)),
        (gold("4,518千円", 4, also=(6,)), [cited(4, "4,518"), cited(6, "1,310")], Exact(1, 1, 1, 0.5)),
        # the department of line 5 is printed on line 4, which is evidence too
        (gold("11人", 5), [cited(5, "11人"), cited(4, "農林課")], Exact(1, 1, 1, 0.5)),
        # a sentence is a cell of its own; on a line of two sentences the one that holds the figure is the row
        (gold("3,000円", 8), [cited(8, "会費は 3,000 円である。")], Exact(1, 1, 1, 1)),
        (gold("3,000円", 8), [cited(8, "村は棚田オーナーを募集した。")], Exact(0, 0, 0, 0)),
    ],
)
def test_counted_by_hand(
    question: GoldQuestion, citations: list[Citation], measured: Exact, pieces: Mapping[str, Pieces]
) -> None:
    assert exact(question, citations, pieces) == measured


@pytest.mark.parametrize(
    "question",
    [
        gold("2,075千円", 5),  # stands in two cells of the line
        gold("2", 4, 5, rule="all"),  # a count of lines is in none of their cells
        gold("灯籠まつり", 6),  # a row's name: which row it is, the row measures say
        gold("はい", 4),
        gold("138", 4),  # a short number without its unit
        gold((), 4),
    ],
)
def test_where_gold_does_not_settle_the_cell_only_rows_are_measured(
    question: GoldQuestion, pieces: Mapping[str, Pieces]
) -> None:
    assert exact(question, [cited(question.citations[0].line, "1")], pieces).cell_recall is None
    assert exact(question, [cited(question.citations[0].line, "1")], pieces).row_recall is not None


def test_equal_quotes_on_a_line_are_told_apart_by_their_column(pieces: Mapping[str, Pieces]) -> None:
    two = gold("4,517千円", 4, 5)  # nowhere: only to reach the line
    assert exact(two, [], pieces).cell_recall is None
    by_column = [exact(gold("11人", 5), [cited(5, "2,075", HEADS[year])], pieces) for year in HEADS]
    assert [one.cell_precision for one in by_column] == [0.0, 0.0]
    assert exact(gold("11人", 5), [cited(5, "2,075"), cited(5, "11人")], pieces).cell_precision == pytest.approx(1 / 3)
    of_one = [cited(5, "2,075", HEADS["R4"]), cited(5, "11人")]
    assert exact(gold("11人", 5), of_one, pieces).cell_precision == 0.5


def test_what_is_refused_or_has_no_evidence_is_not_measured(pieces: Mapping[str, Pieces]) -> None:
    assert exact(gold("4,518千円"), [cited(4, "4,518")], pieces) == Exact()
    assert exact(GoldQuestion(question="問", answerable=False), [], pieces) == Exact()


def test_documents_are_read_into_pieces_when_asked_for(pieces: Mapping[str, Pieces]) -> None:
    assert list(pieces) == ["numata"]
    assert len(pieces) == 1
    assert pieces["numata"] is pieces["numata"]
    never: Mapping[str, Document] = {}
    assert "numata" not in PiecesOf(never)
