"""What a noun asks for beside the verbs, measures and counts of its sentence, asked of a small report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa.pipeline import answer
from qa.retrieve import retrieve
from qa.tabular import Proposal, frames_of, propose
from qa.tell import tell
from qa.understand import understand

REPORT = """白嶺市 主要施策の成果(令和5年度)

1 水辺の係

担当部局	担当課	事業名	予算額(千円)
建設部	河川課	川の清掃	120
建設部	河川課	堰の点検	340
環境部	緑地課	花壇づくり	80

2 港の案内所

区分	実績
相談対応	71件
企業訪問	18件
便りの読者数	5,204人

3 まちづくり審議会

開催回数	付議件数
14回	33件

4 貸出施設

区分	実績	状態
自習室	平日会員 54 社 休日会員 36 人	廃止
録音室	利用は年120回	終了
印刷室	利用は年300回	継続

5 支援金

区分	実績	原資
空き家支援金	23事業 632,455,471円	国費
河川支援金	2事業 58,534,744円	国費

区分	実績	原資
屋根の修理	15件	空き家支援金
井戸の修理	17件	空き家支援金

6 図書館の利用者

男女別		年齢別
男	女	大人	子ども
310人	290人	420人	180人
"""


@pytest.fixture(scope="module")
def ward(indexed: Callable[..., Store]) -> Store:
    return indexed({"seika-r5.txt": REPORT})


def best(store: Store, text: str) -> Proposal:
    asked = understand(text)
    return propose(asked, frames_of(store, retrieve(store, asked)))[0]


def told(store: Store, text: str) -> str:
    one = best(store, text)
    return tell(store, one.question, one.result, one.probability).text


@pytest.mark.parametrize("text", ["河川課が担当している事業を教えて", "河川課が担当する事業は？"])
def test_a_verb_before_the_noun_asked_for_asks_for_no_column(text: str, ward: Store) -> None:
    said = told(ward, text)
    assert "川の清掃" in said
    assert "堰の点検" in said
    assert "建設部" not in said


def test_the_noun_behind_the_verb_may_be_of_its_column(ward: Store) -> None:
    assert "建設部" in told(ward, "川の清掃を担当する部局は？")


@pytest.mark.parametrize(
    ("text", "most"),
    [("港の案内所で件数が最も多いのはどの業務ですか", "相談対応"), ("港の案内所で件数が最も少ないのは？", "企業訪問")],
)
def test_what_counts_something_else_is_not_compared(text: str, most: str, ward: Store) -> None:
    assert most in told(ward, text)


def test_a_row_whose_first_cell_is_a_figure_is_called_by_its_heading(ward: Store) -> None:
    assert told(ward, "まちづくり審議会の付議件数は？") == "まちづくり審議会の開催回数は14回、付議件数は33件です。"


def test_a_header_of_one_letter_under_another_is_said_otherwise(ward: Store) -> None:
    assert "290人" in told(ward, "図書館の利用者のうち女性は何人ですか")


def test_figures_of_one_cell_asked_for_each_are_not_counted_as_things(ward: Store) -> None:
    said = told(ward, "貸出施設の平日会員と休日会員はそれぞれいくつですか")
    assert "54 社" in said
    assert "36 人" in said


def test_a_text_that_speaks_of_a_thing_is_not_one_thing(ward: Store) -> None:
    assert "1件" not in told(ward, "貸出施設で平日会員は何社ですか")


def test_the_word_itself_goes_before_one_that_means_the_same(ward: Store) -> None:
    said = told(ward, "廃止された貸出施設をすべて教えて")
    assert "自習室" in said
    assert "録音室" not in said


def test_one_quote_that_tells_every_kind_asked_for_is_not_mixed_with_others(ward: Store) -> None:
    said = answer("空き家支援金は何事業で、いくらですか", ward).answer
    assert "23事業 632,455,471円" in said
    assert "屋根の修理" not in said
