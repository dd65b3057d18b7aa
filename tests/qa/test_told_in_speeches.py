"""What speeches tell, asked as people ask: which way something goes, another district, another year, a bill by its number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from qa.prose_kinds import by_how_much, resolved, things, which_way
from qa.prose_reading import read
from qa.restate import in_known_words
from qa.understand import understand

SPEECH = """梅ヶ浜市 平成31年第１回定例会（第２日） 市長 浜野はるみ

予算規模につきましては、一般会計866億4,000万円、特別会計341億5,000万円となっております。
一般会計の市債発行額につきましては、引き続き抑制に努めており、平成31年度末の市債残高は、平成30年度末と比較して、一般会計で15億7,000万円の縮減となる見込みです。
北区の認可保育所の休園につきましては、入所児童の減少などにより経営が悪化し、休園の判断をされたものであります。
民生委員につきましては、平成32年度より研修を拡充し、活動費を増額してまいります。
保育所の定員につきましては、平成30年４月から206人分増加する見込みであります。
障がい者就労施設への発注額につきましては、この５年でおよそ1.4倍になりました。
また、港の奥座敷として、石畳通りの整備と景観の誘導を進めてまいります。
空き店舗率につきましては、港通り商店街は平成 21年が 5.8％、31年が 17.2％、山手商店街は 11.6％と 16.7％であります。
次に、認第５号であります。
認第５号は、平成30年度一般会計補正予算（第９回）であります。
内容といたしましては、7,100万円を追加したもので、市議会議員選挙に係る経費を追加し、特定財源として県委託金を充てたものであります。
"""


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"umegahama_h31_shisei.txt": SPEECH})


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("梅ヶ浜市の平成31年度予算案で、一般会計の規模はいくらですか。", "866億4,000万円"),
        ("民生委員の活動費は増えるの？減るの？", "増額"),
        ("保育所の定員は平成30年4月からどれだけ増える見込みですか。", "206人分"),
        ("障がい者就労施設への発注額は、5年でおよそ何倍になりましたか。", "1.4倍"),
        ("一般会計補正予算（第9回）は何の経費を追加したもので、特定財源には何を充てましたか。", "選挙に係る経費"),
    ],
)
def test_what_is_told_is_found(town: Store, question: str, holds: str) -> None:
    given = answer(question, town)
    assert given.answered
    assert searchable(holds) in searchable(given.answer)


@pytest.mark.parametrize(
    "question",
    [
        "梅ヶ浜市の平成31年度予算案で、一般会計の市債発行額はいくらですか。",
        "南区の認可保育所が休園したのはなぜですか。",
        "一般会計の市債残高は、平成33年度末には平成32年度末と比べていくら減る見込みですか。",
    ],
)
def test_what_is_told_of_something_else_is_not_said(town: Store, question: str) -> None:
    assert not answer(question, town).answered


def test_a_word_of_the_title_is_known(town: Store) -> None:
    asked = "平成31年第1回定例会の説明では、市債残高はいくら減りますか。"
    assert in_known_words(town, asked) == asked


@pytest.mark.parametrize(
    ("question", "goes"),
    [
        ("市税は増える見込みですか。", True),
        ("活動費は増えるの？", True),
        ("法人市民税は増えると減るのどちらの見込みですか。", True),
        ("市税は何円増えましたか。", False),
        ("市税の増減額は。", False),
        ("定員はどれだけ増えるの？", False),
    ],
)
def test_which_way_is_no_figure(question: str, goes: bool) -> None:
    assert which_way(understand(question)) is goes


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("市債発行額はいくらですか。", "市債発行額は抑制に努め、残高は15億円の縮減となります。", []),
        ("市税はいくらですか。", "市税は3億円増の135億円です。", ["135億円"]),
        ("市税の増減額は。", "市税は3億円増の135億円です。", ["3億円"]),
        ("発注額は何倍になりましたか。", "発注額は1.4倍に増えました。", ["1.4倍"]),
        ("定員はどれだけ増えますか。", "定員は206人分増加します。", ["206人"]),
    ],
)
def test_the_figure_of_the_kind_asked_for(question: str, text: str, found: list[str]) -> None:
    asked, told = by_how_much(resolved(understand(question))), read(text)
    assert [told.folded[slice(*spot)] for spot in things(asked, told) or ()] == found


def test_a_label_that_counts_what_is_asked_for_is_told(indexed: Callable[..., Store]) -> None:
    rows = "| 監督 | 浜野次郎 |\n| 制作話数 | 全 24 話（令和5年度：10 話） |\n| 放送局 | 全 6 局 |\n"
    store = indexed(
        {"anime.md": f"# 海の町の広報\n\n## アニメ「はまっこ」の製作\n\n| 項目 | 内容 |\n|---|---|\n{rows}"}
    )
    assert "24話" in answer("アニメの製作は全部で何話？", store).answer.replace(" ", "")


def test_the_column_that_is_named_goes_before_one_that_is_guessed(indexed: Callable[..., Store]) -> None:
    head = "| 事業名 | 期間 | 事業内容 |\n|---|---|---|\n"
    rows = "| 職員語学研修 | H28.4～R3.3 | 5カ年計画で語学のできる消防職員を育成 ※令和2年度で終了 |\n| 広報紙発行 | R1.4～R6.3 | 毎月1回発行 |\n"
    store = indexed({"jigyo.md": f"# 事業一覧\n\n{head}{rows}"})
    assert "H28.4" in answer("消防職員を育成する5カ年計画の期間を教えてください。", store).answer
