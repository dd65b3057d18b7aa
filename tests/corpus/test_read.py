"""A file becomes a document, its text exactly as read; what cannot be read is refused in one sentence."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import DOCUMENTS, Document, Place, Span, UnreadableDocument, read_document
from corpus import read as read_module

Read = Callable[..., Document]

TEXT = "第1 みなと戦略\r\n\r\n1 港湾費\r\n\r\n令和3年度は桟橋を直した。\r\n\r\n区分\t金額\r\n修繕費\t2,396千円\r\n運営費\t501\r\n"


def refused(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert "Error" not in message
    return message


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_encodings_read_alike(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    document = read_document(path)
    assert document.text == TEXT
    assert document.title == "第1 みなと戦略"
    assert [row.cells[0].text for row in document.tables[0].rows] == ["修繕費", "運営費"]
    assert document.sha256 == hashlib.sha256(TEXT.encode(encoding)).hexdigest()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"], ids=["little end", "big end"])
def test_utf_16_is_read_by_its_mark(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(mark + TEXT.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"))
    assert read_document(path).text == TEXT


def test_machine_dependent_letters_of_cp932_are_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("1 総務費\n\n① 髙橋㈱ 50㎡\n".encode("cp932"))
    assert "① 髙橋㈱ 50㎡" in read_document(path).text


def test_euc_jp_is_recognised_by_its_letters(tmp_path: Path) -> None:
    text = "1 港湾費\n\n" + "令和三年度は東の桟橋と西の桟橋を直し、海岸の清掃を四回行った。\n" * 8
    path = tmp_path / "plan.txt"
    path.write_bytes(text.encode("euc_jp"))
    assert read_document(path).text == text


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_numbers_are_those_of_the_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(ending.join(TEXT.split("\r\n")).encode())
    document = read_document(path)
    lines = TEXT.split("\r\n")
    for section in document.sections:
        assert lines[document.place(section.span).line_start - 1] == section.path[-1]
    row = document.tables[0].rows[1]
    assert document.place(row.span) == Place(9, 9)
    assert document.quote(row.span) == "運営費\t501"


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\n\n",
        "　\n".encode(),
        b"\x00" * 400,
        b"PK\x03\x04\x00\x00",
        b"\xff\xfe\x41",
    ],
    ids=["empty", "blanks", "mark alone", "mark and blanks", "wide blank", "zeros", "binary", "half a letter"],
)
def test_files_without_text_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    refused(path)


@pytest.mark.parametrize("name", ["plan.exe", "plan.mp4", "plan", "plan.txt.bak"])
def test_unknown_formats_are_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")
    assert ".txt" in refused(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").mkdir()
    refused(tmp_path / "plan.txt")


def test_a_file_that_is_too_large_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(read_module.MAX_BYTES + 1)
    assert "MiB" in refused(path)


def test_a_file_the_system_cannot_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.symlink_to("/proc/self/mem")  # a file that is there and gives an input/output error, also to root
    refused(path)


@given(st.binary(max_size=60) | st.text("第1 (①ア\t\n。、年度千円0-—～＜<b>「」", max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    try:
        document = read_document(path)
    except UnreadableDocument:
        return
    spans = [s.span for s in (*document.sections, *document.facts, *document.passages)]
    spans += [row.span for table in document.tables for row in table.rows]
    for span in spans:
        place = document.place(span)
        assert 1 <= place.line_start <= place.line_end <= len(document.lines)
        assert document.quote(span).strip()


# --- what is known of a document -------------------------------------------------------------------------------------


def test_title_and_years_come_from_the_text_where_nothing_else_is_known(read: Read) -> None:
    document = read(
        "みなと市の国際事業(令和2年度実績及び令和3年度予定)\n\n1 総務費\n\n広報紙を出した。\n", "minato.txt"
    )
    assert document.id == "minato"
    assert document.title == "みなと市の国際事業(令和2年度実績及び令和3年度予定)"
    assert document.years == (2020, 2021)


def test_a_date_in_the_title_is_no_fiscal_year(read: Read) -> None:
    assert read("みなと市の人口(令和3年10月1日現在)\n\n1 人口\n\n増えた。\n").years == ()


def test_given_title_and_years_win(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, "utf-8")
    document = read_document(path, "みなと計画", [2022, 2021])
    assert (document.title, document.years) == ("みなと計画", (2021, 2022))


# --- passages --------------------------------------------------------------------------------------------------------


def test_passages_are_sentences_and_items_under_their_heading(read: Read) -> None:
    document = read("1 港湾費\n\n桟橋を直した。杭も打\nった。\n\n- ・東桟橋\n- ・西桟橋\n※夜間は休止\n")
    assert [(p.kind, document.quote(p.span).lstrip("-・ ")) for p in document.passages] == [
        ("sentence", "桟橋を直した。"),
        ("sentence", "杭も打\nった。"),
        ("item", "東桟橋"),
        ("item", "西桟橋"),
        ("item", "※夜間は休止"),
    ]
    assert {p.section for p in document.passages} == {("1 港湾費",)}


def test_the_title_above_the_first_heading_is_no_passage(read: Read) -> None:
    document = read("みなと市の予算\n\n1 港湾費\n\n桟橋を直した。\n")
    assert [document.quote(p.span) for p in document.passages] == ["桟橋を直した。"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("申請は4月からです。\n", ["申請は4月からです。"]),
        ("申請は4月からです。窓口は市役所です。\n", ["申請は4月からです。", "窓口は市役所です。"]),
        ("ご案内\n\n申請は4月からです。\n\n窓口は市役所です。\n", ["申請は4月からです。", "窓口は市役所です。"]),
    ],
)
def test_sentences_of_a_document_without_headings_are_passages(read: Read, text: str, sentences: list[str]) -> None:
    document = read(text)
    assert [document.quote(p.span) for p in document.passages] == sentences


# --- the shipped documents -------------------------------------------------------------------------------------------


def test_shipped_documents_are_byte_for_byte_what_their_sources_say(documents: dict[str, Document]) -> None:
    sources = tomllib.loads((DOCUMENTS / "sources.toml").read_text("utf-8"))["document"]
    assert (
        {Path(source["file"]).stem for source in sources}
        == set(documents)
        == {"gunma-kokusaika-r2r3", "gunma-chijisenryaku-r3"}
    )
    for source in sources:
        data = (DOCUMENTS / source["file"]).read_bytes()
        document = documents[Path(source["file"]).stem]
        assert hashlib.sha256(data).hexdigest() == source["sha256"] == document.sha256
        assert document.text.encode() == data
        assert (document.title, list(document.years)) == (source["title"], source["years"])


def test_every_line_of_the_shipped_documents_is_numbered_as_in_the_file(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        lines = (DOCUMENTS / f"{name}.txt").read_bytes().decode().split("\n")
        assert [(line.number, document.text[line.start : line.end]) for line in document.lines] == [
            (number, line.rstrip("\r")) for number, line in enumerate(lines, 1)
        ]


def test_every_written_line_of_the_shipped_documents_can_be_cited(documents: dict[str, Document]) -> None:
    """Each line is part of a section, fact, passage, row or header; only the title and running heads are not."""
    for document in documents.values():
        spans: list[Span] = [s.span for s in (*document.sections, *document.facts, *document.passages)]
        spans += [row.span for table in document.tables for row in table.rows]
        spans += [span for table in document.tables for span in table.header]
        covered = {n for s in spans for n in range(document.place(s).line_start, document.place(s).line_end + 1)}
        left = [
            line
            for line in document.lines
            if document.text[line.start : line.end].strip() and line.number not in covered
        ]
        heads = {document.title.replace(" ", "")}
        repeated = {document.quote(span).replace(" ", "") for table in document.tables for span in table.header}
        assert [
            line.number
            for line in left
            if document.text[line.start : line.end].replace(" ", "") not in heads | repeated
        ] == []


def test_a_web_page_is_called_what_its_title_says(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>令和６年度予算 &amp; 概要 - みどり市</title></head><body><ul><li>みどり市</li></ul>"
        "<h1>予算</h1><p>本文です。</p></body></html>",
        "utf-8",
    )
    document = read_document(path)
    assert document.title == "令和６年度予算 & 概要 - みどり市"
    assert document.years == (2024,)


def test_years_of_a_file_name_count_when_the_title_has_none_and_its_own_number_is_no_era(tmp_path: Path) -> None:
    path = tmp_path / "h05_midori_r3_yosan.csv"
    path.write_text("課,予算額\n総務課,100\n", "utf-8")
    assert read_document(path).years == (2021,)


def test_a_rule_of_signs_and_a_line_of_units_are_no_passages(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("みどり市の概要\n━━━━━━━━\n（単位：千円）\n人口は増えた。\n", "utf-8")
    document = read_document(path)
    assert [document.quote(p.span) for p in document.passages] == ["人口は増えた。"]
    assert {left.kind for left in document.leftovers} == {"furniture", "unit"}


def test_a_sentence_that_introduces_a_table_is_its_caption(tmp_path: Path) -> None:
    path = tmp_path / "jorei.html"
    path.write_text(
        "<p>第2条 施設の名称及び位置は、次のとおりとする。</p><table><tr><th>名称</th><th>位置</th></tr>"
        "<tr><td>総合体育館</td><td>東町1番地</td></tr></table><p>市は広い。</p>",
        "utf-8",
    )
    assert read_document(path).tables[0].caption == "第2条 施設の名称及び位置は、次のとおりとする。"


def test_a_western_year_in_a_file_name_counts_and_else_the_year_most_spoken_of(tmp_path: Path) -> None:
    speech = (
        "○町長　御説明いたします。\n" + "　令和7年度予算の歳入は増となりました。\n" * 5 + "　令和6年度は減でした。\n"
    )
    for name, years in (("hatsugen_2031.txt", (2031,)), ("hatsugen.txt", (2025,))):
        path = tmp_path / name
        path.write_text(speech, "utf-8")
        assert read_document(path).years == years


def test_no_year_is_that_of_a_text_that_speaks_of_several(tmp_path: Path) -> None:
    path = tmp_path / "hatsugen.txt"
    path.write_text("○町長　御説明いたします。\n" + "　令和7年度は増、令和6年度は減でした。\n" * 5, "utf-8")
    assert read_document(path).years == ()
