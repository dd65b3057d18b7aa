"""Which evidence fits a question, and how well: row × column, year and kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.link import WEIGHTS, link, period_fit
from qa.retrieve import evidence, retrieve
from qa.types import Evidence, Link
from qa.understand import understand

Linked = Callable[[str], tuple[Link, ...]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("市民合唱祭の令和4年度予算額", "1,240"),
        ("市民合唱祭の令和5年度予算額", "1,385"),
        ("市民合唱祭の参加者", "312名"),
        ("市民合唱祭の開始年度", "H20"),
        ("市民合唱祭の担当課", "文化課"),
        ("移動図書館ひまわり号の参加者", "2,215名"),
        ("改修補助の件数", "17件"),
        ("改修補助の金額", "5,950千円"),
        ("姉妹都市交流の決算額", "3,219 千円"),
    ],
)
def test_row_and_column_meet(text: str, value: str, links_of: Linked) -> None:
    assert links_of(text)[0].evidence.value == value


@pytest.mark.parametrize("text", ["市民合唱祭の予算額は？", "参加者", "訪問団は何人でしたか？"])
def test_links_come_best_first_with_readable_features(text: str, links_of: Linked) -> None:
    links = links_of(text)
    assert [one.score for one in links] == sorted((one.score for one in links), reverse=True)
    for one in links:
        assert one.features.keys() == WEIGHTS.keys()
        assert one.score == pytest.approx(sum(WEIGHTS[k] * v for k, v in one.features.items()))
        assert 0.0 <= one.coverage <= 1.0 + 1e-9
        assert one.features["coverage"] == pytest.approx(one.coverage)
        assert all(0.0 <= a.strength <= 1.0 for a in one.accounts)


def test_every_term_is_accounted_for_in_every_link(links_of: Linked) -> None:
    text = "黒部市の市民合唱祭の令和5年度の予算額はいくらですか？"
    for one in links_of(text):
        assert [a.term for a in one.accounts] == list(understand(text).terms)
        for a in one.accounts:
            assert (a.strength > 0.0) == (a.by != "")


def cell(town: Store, name: str, column: str, links_of: Linked) -> Evidence:
    return next(
        one.evidence
        for one in links_of(f"{name} {column}")
        if (one.evidence.name, *one.evidence.attribute) == (name, column)
    )


def test_the_year_of_the_header_decides(town: Store, links_of: Linked) -> None:
    budget = town.documents["shirane-bunka-r4r5"]
    four, five = (cell(town, "市民合唱祭", f"R{n} 当初予算額 (千円)", links_of) for n in (4, 5))
    asked = understand("市民合唱祭の令和5年度当初予算額")
    assert (period_fit(asked, five, budget), period_fit(asked, four, budget)) == (1.0, -1.0)
    assert period_fit(understand("市民合唱祭の当初予算額"), four, budget) == 0.0


def test_a_year_the_document_does_not_speak_of_never_fits(town: Store, links_of: Linked) -> None:
    for year in ("令和元年度", "S40", "2030年度"):
        for one in links_of(f"市民合唱祭の{year}の参加者"):
            assert one.features["period"] <= 0


def test_a_document_of_one_year_speaks_of_that_year(links_of: Linked) -> None:
    assert links_of("令和5年度の観光案内所運営の決算額")[0].features["period"] > 0
    assert links_of("令和4年度の観光案内所運営の決算額")[0].features["period"] < 0


def test_the_kind_asked_for_decides(links_of: Linked) -> None:
    people = links_of("市民合唱祭は何人ですか")[0]
    assert (people.evidence.value, people.features["kind"]) == ("312名", 1.0)
    assert links_of("市民合唱祭は何冊ですか")[0].features["kind"] < 0


def test_nothing_links_to_nothing(town: Store) -> None:
    assert link(town, understand("市民合唱祭"), ()) == ()


def test_a_sentence_with_only_a_year_holds_no_count(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = "1 旅券発給\n\n令和3年は、旅券の申請件数が大幅に減少した。\n\n- 旅券申請件数 令和3年：4,647件\n"
    (tmp_path / "docs" / "houkoku.txt").write_text(text, "utf-8")
    build(tmp_path / "docs", tmp_path / "index")
    store = open_store(tmp_path / "index")
    question = understand("令和3年の旅券の申請件数は？")
    best = link(store, question, evidence(store, retrieve(store, question)))[0]
    assert "4,647件" in best.evidence.value
