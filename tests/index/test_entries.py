"""What is searched: each row, fact and sentence once, with the words around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document, read_document
from index.entries import Entry, document_entries, entry_span, join

HEADER = "担当課\t事業名\t開始年度\t予算額 (千円)"
ROWS = ["港湾課\t桟橋修繕\tH20\t1,250", "\t海岸清掃\tH28\t480", "観光課\t観光船誘致\tR2\t2,300"]
TEXT = "\n".join(["1 港湾費", "", "決算額 7,897 千円", "", "桟橋を直した。杭も打った。", "", HEADER, *ROWS, ""])

Make = Callable[[str], tuple[Document, tuple[Entry, ...]]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def read(text: str) -> tuple[Document, tuple[Entry, ...]]:
        path = tmp_path / "minato.txt"
        path.write_text(text, "utf-8")
        document = read_document(path)
        return document, document_entries(document)

    return read


def by_kind(entries: tuple[Entry, ...], kind: str) -> list[str]:
    return [entry.text for entry in entries if entry.kind == kind]


def test_each_row_fact_and_passage_is_an_entry(make: Make) -> None:
    _, entries = make(TEXT)
    assert by_kind(entries, "fact") == ["1 港湾費 決算額 7,897 千円"]
    assert by_kind(entries, "passage") == ["1 港湾費 桟橋を直した。", "1 港湾費 杭も打った。"]
    assert by_kind(entries, "row") == [
        "1 港湾費 担当課 港湾課 事業名 桟橋修繕 開始年度 H20 予算額 (千円) 1,250千円",
        "1 港湾費 担当課 港湾課 事業名 海岸清掃 開始年度 H28 予算額 (千円) 480千円",
        "1 港湾費 担当課 観光課 事業名 観光船誘致 開始年度 R2 予算額 (千円) 2,300千円",
    ]


def test_a_row_not_understood_is_found_by_its_printed_words(make: Make) -> None:
    _, entries = make(TEXT + "福祉課\t配食\tR3\t88\t未定の備考\t99\n")
    assert by_kind(entries, "row")[-1] == "1 港湾費 福祉課 配食 R3 88 未定の備考 99"


def test_an_entry_leads_to_its_place(make: Make) -> None:
    document, entries = make(TEXT)
    places = {entry.text.split()[-1]: document.place(entry_span(document, entry)).line_start for entry in entries}
    assert places == {"1,250千円": 8, "480千円": 9, "2,300千円": 10, "千円": 3, "桟橋を直した。": 5, "杭も打った。": 5}


def test_ids_survive_a_move_inside_the_document(make: Make) -> None:
    _, before = make(TEXT)
    _, after = make("1 港湾費\n\nまえがきを足した。\n\n" + TEXT.removeprefix("1 港湾費\n\n"))
    assert {entry.id for entry in before} < {entry.id for entry in after}
    assert len(after) == len(before) + 1


def test_only_changed_words_change_an_id(make: Make) -> None:
    _, before = make(TEXT)
    _, after = make(TEXT.replace("480", "490"))
    old, new = {entry.id for entry in before}, {entry.id for entry in after}
    assert (len(old - new), len(new - old)) == (1, 1)


def test_equal_words_in_one_document_are_two_entries(make: Make) -> None:
    _, entries = make("1 港湾費\n\n桟橋を直した。\n\n海を見た。\n\n桟橋を直した。\n")
    assert by_kind(entries, "passage").count("1 港湾費 桟橋を直した。") == 2
    assert len({entry.id for entry in entries}) == 3


def test_shipped_documents_are_entered_whole(documents: dict[str, Document]) -> None:
    ids = set()
    for document in documents.values():
        entries = document_entries(document)
        assert len(entries) == sum(len(t.rows) for t in document.tables) + len(document.facts) + len(document.passages)
        assert all(entry.document == document.id and entry.text.strip() for entry in entries)
        spans = [entry_span(document, entry) for entry in entries if entry.kind == "row"]
        assert len(set(spans)) == len(spans)
        ids |= {entry.id for entry in entries}
    assert len(ids) == sum(len(document_entries(document)) for document in documents.values())


def test_join_repeats_and_leaves_nothing() -> None:
    assert join("区分", "", "港", "区分") == "区分 港"
    assert join() == ""


def test_what_is_embedded_leaves_out_what_all_rows_share(make: Make) -> None:
    _, entries = make(TEXT)
    gists = {entry.kind: entry.gist for entry in entries}
    assert [e.gist for e in entries if e.kind == "row"] == [
        "1 港湾費 港湾課 桟橋修繕 H20 1,250",
        "1 港湾費 港湾課 海岸清掃 H28 480",
        "1 港湾費 観光課 観光船誘致 R2 2,300",
    ]
    assert gists["fact"] == "1 港湾費 決算額"
    assert gists["passage"] == "1 港湾費 杭も打った。"
