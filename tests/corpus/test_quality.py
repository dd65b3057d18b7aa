"""The data-quality report names what was done, where, how surely, and which published rule it touches."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from corpus import find_document, read_document
from corpus.quality import RULES, Finding, findings


def by_kind(found: list[Finding]) -> dict[str, list[Finding]]:
    kinds: dict[str, list[Finding]] = {}
    for finding in found:
        kinds.setdefault(finding.kind, []).append(finding)
    return kinds


def test_a_ragged_text_table(tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(
        "課\t事業\t開始年度\t額(千円)\t状況\n"
        "総務課\t広 報\tH3\t1,000\t継続\n\t①防災\tH9\t-\t継続\n福祉課\t見守り\tR1\t\t新規\n"
        "\t食事\tR2\t400\t継続\n観光課\t祭り\tS60\t500\t継続\n\t宣伝\tH2\t\t600\t継続\n",
        "utf-8",
    )
    kinds = by_kind(list(findings(read_document(path))))
    assert {
        "format",
        "dependent_letters",
        "spelled",
        "signs",
        "blank_figures",
        "era_years",
        "filled",
        "realigned",
    } <= set(kinds)
    assert kinds["filled"][0].rule == "L2-02"
    assert kinds["filled"][0].line_start == 3
    assert kinds["realigned"][0].line_start == 7
    assert kinds["realigned"][0].confidence is not None
    assert kinds["blank_figures"][0].rule == "L1-09"
    assert "unit_elsewhere" not in kinds


def test_a_workbook_says_merged_and_hidden(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (("課", "事業", "額"), ("総務課", "広報", 100), (None, "防災", 200), ("合計", None, 310)):
        sheet.append(line)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "town.xlsx"
    book.save(path)
    kinds = by_kind(list(findings(read_document(path))))
    assert kinds["merged"][0].rule == "L1-12"
    assert kinds["hidden"][0].rule == "L1-13"
    assert "310" in kinds["total_differs"][0].message
    assert "300" in kinds["total_differs"][0].message
    assert kinds["total_differs"][0].sheet == "Sheet"


def test_every_finding_of_the_shipped_documents_has_a_place_and_a_known_kind() -> None:
    for name in ("gunma-kokusaika-r2r3", "gunma-chijisenryaku-r3"):
        document = find_document(name)
        found = list(findings(document))
        assert found
        for finding in found:
            assert finding.kind in RULES
            assert finding.rule == RULES[finding.kind][0]
            assert 1 <= finding.line_start <= finding.line_end <= len(document.lines)


def test_the_police_divisions_are_reported_as_inferred() -> None:
    inferred = [f for f in findings(find_document("gunma-kokusaika-r2r3")) if f.kind == "inferred"]
    assert [f.line_start for f in inferred] == [55, 56, 57, 58, 59, 60]
    assert all("教育委員会" in f.message and "警察本部" in f.message for f in inferred)
