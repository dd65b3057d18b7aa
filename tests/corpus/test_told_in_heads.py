"""Numbered lines that hold themselves what they name, beside headings that have something under them."""

from __future__ import annotations

from pathlib import Path

from corpus import read_document

REPORT = """\
健康福祉課 事業報告

(1) 特定健康診査
ア 実施期間 令和4年6月20日から11月30日まで
イ 対象者 40歳から74歳までの加入者 2,415人
ウ 受診者 1,087人(受診率45.0%、前年度41.3%)
エ 受診率を上げるため、はがきを2回送付した。
(2) 配食サービス
ア 内容
夕食を届け、安否を確認した。
イ 今後の課題
担い手が足りない。
"""


def test_lines_with_their_values_are_items_under_their_heading(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    document = read_document(path)
    items = {document.quote(p.span): p.section[-1] for p in document.passages}
    assert items["イ 対象者 40歳から74歳までの加入者 2,415人"] == "(1) 特定健康診査"
    assert items["ウ 受診者 1,087人(受診率45.0%、前年度41.3%)"] == "(1) 特定健康診査"
    assert items["担い手が足りない。"] == "イ 今後の課題"


def test_a_marked_paragraph_heads_what_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><h1>予算</h1><p>●年度末の市債残高</p><p>2,197億円（市民1人あたり143万円）</p>"
        "<p>●企業の誘致</p><p>●商店街の活性化</p><p>●道路の整備</p></body></html>",
        encoding="utf-8",
    )
    document = read_document(path)
    told = {document.quote(p.span): p.section for p in document.passages}
    assert told["2,197億円（市民1人あたり143万円）"] == ("予算", "●年度末の市債残高")
    assert "商店街の活性化" in told
    assert [section.path[-1] for section in document.sections] == ["予算", "●年度末の市債残高"]
