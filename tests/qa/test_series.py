"""Tables whose rows are years, statements whose rows are parts of the row above, tables under two headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.pipeline import answer

YEARS = """\
年,来館者数（人）,貸出冊数（冊）
2019,12300,45000
2020,8100,39000
2021,9400,41500
2022,10950,46200
2023,10800,47000
"""
TRAFFIC = """<html><body><h1>商店街通行量</h1><table>
<tr><th rowspan="2">地点</th><th colspan="3">平日平均（人）</th><th colspan="3">休日平均（人）</th><th rowspan="2">割合（％）</th></tr>
<tr><th>男性</th><th>女性</th><th>計</th><th>男性</th><th>女性</th><th>計</th></tr>
<tr><td>本町</td><td>300</td><td>500</td><td>800</td><td>700</td><td>600</td><td>1,300</td><td>40.0</td></tr>
<tr><td>港町</td><td>400</td><td>350</td><td>750</td><td>200</td><td>900</td><td>1,100</td><td>37.5</td></tr>
</table></body></html>
"""
STATEMENT = """<html><body><h1>予算書</h1><h2>6款 農林水産業費</h2><h3>1項 農業費</h3>
<table><tr><th>目</th><th>本年度予算額（千円）</th></tr><tr><td>農業総務費</td><td>700</td></tr><tr><td>計</td><td>700</td></tr></table>
<h3>2項 林業費</h3>
<table><tr><th>目</th><th>本年度予算額（千円）</th></tr><tr><td>林業総務費</td><td>250</td></tr><tr><td>計</td><td>250</td></tr></table>
</body></html>
"""


def _store(folder: Path, name: str, text: str) -> Store:
    (folder / "corpus").mkdir()
    (folder / "corpus" / name).write_text(text, encoding="utf-8")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store(tmp_path_factory.mktemp("years"), "toshokan-suii.csv", YEARS)


@pytest.fixture(scope="module")
def traffic(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return _store(tmp_path_factory.mktemp("traffic"), "tsukoryo.html", TRAFFIC)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("来館者数が前年から最も増えたのは何年ですか", "1,550人"),
        ("来館者数が前年度より減った年をすべて挙げて", "2020年、2023年"),
        ("来館者数が前年度より増えた年度はいくつある？", "2か年"),
        ("貸出冊数が前年度より最も減った年とその冊数は", "6,000冊減りました"),
        ("来館者数は2020年から2022年にかけていくつ増えた？", "2,850人増えました"),
        ("2023年の来館者数はいくらですか", "10,800"),
    ],
)
def test_changes_from_row_to_row(years: Store, question: str, said: str) -> None:
    given = answer(question, years)
    assert given.answered, given.answer
    assert said in given.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("本町の平日平均の計は何人ですか", "800"),
        ("平日平均で女性の通行量が最も多い地点はどこですか", "本町"),
        ("休日平均で女性が最も多いのはどこ", "港町"),
    ],
)
def test_an_average_in_a_header_is_a_name(traffic: Store, question: str, said: str) -> None:
    given = answer(question, traffic)
    assert given.answered, given.answer
    assert said in given.answer


def test_the_total_of_a_part_is_not_that_of_the_whole(tmp_path: Path) -> None:
    store = _store(tmp_path, "yosansho.html", STATEMENT)
    given = answer("6款農林水産業費の予算額は全体でいくらですか", store)
    assert not given.answered or "950" in given.answer
    assert "700" in answer("1項農業費の計はいくらですか", store).answer
