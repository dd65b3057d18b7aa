"""Labels with their values, one a line: lists of terms in HTML, header cells in front of rows, forms without a header."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus import Document, read_document


def _html(folder: Path, body: str) -> Document:
    path = folder / "annai.html"
    path.write_text(f"<!DOCTYPE html><html><body><h1>空き家改修補助金</h1>{body}</body></html>", encoding="utf-8")
    return read_document(path)


def _cells(document: Document) -> list[list[str | None]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


TERMS = "<dl><dt>補助率</dt><dd>対象経費の2分の1</dd><dt>対象</dt><dd>町内の方</dd><dd>空き家を持つ方</dd></dl>"


def test_a_list_of_terms_is_a_table_of_labels_and_values(tmp_path: Path) -> None:
    document = _html(tmp_path, TERMS)
    assert _cells(document) == [["補助率", "対象経費の2分の1"], ["対象", "町内の方"], ["対象", "空き家を持つ方"]]
    assert all(not column.path for table in document.tables for column in table.columns)


def test_questions_as_terms_stay_text(tmp_path: Path) -> None:
    document = _html(tmp_path, "<dl><dt>いつまでに申請すればよいですか</dt><dd>9月30日までです。</dd></dl>")
    assert document.tables == ()
    assert "9月30日までです。" in [document.quote(p.span) for p in document.passages]


def test_header_cells_in_front_of_rows_head_no_column(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in (("補助率", "2分の1"), ("担当", "建設課"), ("上限", "50万円"))
    )
    document = _html(tmp_path, f"<table>{rows}</table>")
    assert _cells(document) == [["補助率", "2分の1"], ["担当", "建設課"], ["上限", "50万円"]]


FORM = (
    ("事業名", "子ども医療費助成事業"),
    ("担当課", "福祉課"),
    ("令和6年度予算額", "12,345千円"),
    ("対象者数", "1,200人"),
)


@pytest.mark.parametrize(("first", "rows"), [((), 4), (("項目", "内容"), 4), (("担当課", "職員数"), None)])
def test_a_form_has_no_header_unless_it_says_so(tmp_path: Path, first: tuple[str, ...], rows: int | None) -> None:
    document = docx.Document()
    pairs = (
        FORM if rows else tuple((name, f"{n}人") for n, name in enumerate(("福祉課", "企画課", "建設課", "総務課"), 3))
    )
    table = document.add_table(rows=0, cols=2)
    for pair in (*((first,) if first else ()), *pairs):
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    document.save(str(tmp_path / "hyouka.docx"))
    read = read_document(tmp_path / "hyouka.docx")
    assert [tuple(row) for row in _cells(read)] == list(pairs)
    assert [column.path for column in read.tables[0].columns] == ([(one,) for one in first] if first else [(), ()])


def test_figures_of_which_only_the_first_has_its_unit_have_a_header(tmp_path: Path) -> None:
    path = tmp_path / "seika.tsv"
    path.write_text("国籍\t受講者数\nベトナム\t41人\nブラジル\t28\nその他\t9\n", encoding="utf-8")
    (table,) = read_document(path).tables
    assert [column.path for column in table.columns] == [("国籍",), ("受講者数",)]
