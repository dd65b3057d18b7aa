"""Sections that are filled in alike: their labels with values are facts; sentences and labels of one section stay text."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from index import build, open_store
from qa.pipeline import answer

PROJECTS = """# 朝霧町 令和7年度 主要事業

## 子ども医療費助成事業
- 予算額: 12,345千円（前年度 11,000千円）
- 担当課: 福祉課
- 対象: 18歳までの子ども
- 内容: 医療費の自己負担を無料にする。

## 地域公共交通事業
- 予算額: 8,900千円（前年度 9,500千円）
- 担当課: 企画課
- 案内: https://example.jp/bus
- 内容: デマンドタクシーを運行する。
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "jigyo.md"
    path.write_text(PROJECTS, encoding="utf-8")
    return read_document(path)


def test_labels_that_sections_share_are_facts(document: Document) -> None:
    assert [(fact.subject[-1], fact.attribute, fact.text) for fact in document.facts] == [
        ("子ども医療費助成事業", "予算額", "12,345千円（前年度 11,000千円）"),
        ("子ども医療費助成事業", "担当課", "福祉課"),
        ("地域公共交通事業", "予算額", "8,900千円（前年度 9,500千円）"),
        ("地域公共交通事業", "担当課", "企画課"),
    ]


def test_sentences_and_labels_of_one_section_stay_text(document: Document) -> None:
    said = [document.quote(passage.span) for passage in document.passages]
    assert "内容: 医療費の自己負担を無料にする。" in said
    assert "対象: 18歳までの子ども" in said
    assert len(document.facts) == 4


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("地域公共交通事業の担当課は", "企画課"),
        ("子ども医療費助成事業の予算額はいくらですか", "12,345千円（前年度 11,000千円）"),
        ("予算額の合計は", "21,245千円"),
        ("予算額が10,000千円以上の事業は", "子ども医療費助成事業"),
    ],
)
def test_they_can_be_asked_like_a_table(tmp_path: Path, question: str, said: str) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "jigyo.md").write_text(PROJECTS, encoding="utf-8")
    build(tmp_path / "corpus", tmp_path / "index", workers=1)
    assert said in answer(question, open_store(tmp_path / "index")).answer
