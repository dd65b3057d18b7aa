"""Places, names, persons and numbers that a row or a text gives in other words than it is asked for, and what is no answer though near it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

ROWS = """担当課,事業名,R5年度実績 事業内容,R5年度実績 対象国(派遣・受入がある場合に記入),R5年度実績 参加者,備考
人事課,港湾協会派遣,港湾の調査,カナダ,1名,
人事課,若葉商事(株)派遣,新しい事業の検討,—,1名,
文化課,文化交流「こども書道展」,海の絵と書の展示,-,320,みなと市民会館
市民課,窓口相談,"3言語(英語、ポルトガル語、ベトナム語)による暮らしの相談の実施",-,88件（市:51、県:37）,
文化課,みなと国際賞,地域の国際化に功績のあった方を顕彰し今後の活動を奨励し広く紹介する。,-,2件,
"""
REPORT = """令和6年度 広報の実績

① 特別番組

市政の番組をライブ配信した。

区分	事業量	事業費
市長に聞くライブ	配信回数 2回	1,200千円
	再生回数 3,050	-

② みなと市ホームページ運営

暮らしの情報を届けた。

区分	事業量	事業費
電子媒体	市 ホームページ 全体アクセス件数 約120万件	7,150千円
	市 ツイッター フォロワー数 8,300人	-
	市 LINE(みなと窓口) 友だち数 41,230	900

③ かもめ隊

着ぐるみの「かもめ隊」が各地を訪れた。

・出動回数：98 回（内訳：公園等 31 回、幼稚園等：48 回、動画撮影等：19 回）

④ 意匠の許可

・許可件数：令和6年度 91件（令和5年度 120件／令和4年度 143件）

⑤ 在宅勤務

在宅勤務要領を定め、毎月第2週を推進週間として在宅勤務を推進した。
"""


@pytest.fixture(scope="module")
def port(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_jigyo.csv": ROWS, "minato_r6_houkoku.txt": REPORT})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("こども書道展の会場ってどこだったの？", ("みなと市民会館",)),
        ("人事課が職員を派遣している先をすべて教えて", ("港湾協会派遣", "若葉商事")),
        ("「市長に聞くライブ」は何回再生された？", ("3,050",)),
        ("みなと市ホームページ運営の事業費は幾らですか", ("7,150千円",)),
        ("LINEの友だちは何人いるの", ("41,230",)),
        ("かもめ隊の出動先でいちばん多いのはどこ？", ("幼稚園等", "48")),
        ("許可件数が一番少なかったのはいつ？", ("令和6年度", "91")),
        ("3年間で許可件数が一番多かったのはいつ？", ("令和4年度", "143")),
        ("窓口相談の暮らしの相談はベトナム語でも受けられますか", ("はい、", "ベトナム語")),
        ("窓口相談の暮らしの相談はタイ語でも受けられますか", ("いいえ、", "3言語")),  # all three are named
        ("市役所の在宅勤務の推進週間は毎月いつですか", ("第2週",)),
    ],
)
def test_answers(question: str, says: tuple[str, ...], port: Store) -> None:
    given = answer(question, port)
    assert given.answered
    assert all(part in given.answer for part in says), given.answer


@pytest.mark.parametrize(
    "question",
    [
        "R5年度にみなと国際賞をもらったのは誰ですか",  # a text that names nobody
        "みなと国際賞はなぜ終了したのですか",  # nothing tells of an end
        "港湾協会派遣とこども書道展では、どちらが楽しいですか",  # a matter of taste
        "かもめ隊の製作費は？",  # no figure
        "こども書道展に来た320人の氏名を教えてください",  # only how many
    ],
)
def test_what_is_near_is_no_answer(question: str, port: Store) -> None:
    assert not answer(question, port).answered


def test_the_figure_of_another_doing_is_none(port: Store) -> None:
    assert "3,050" not in answer("「市長に聞くライブ」は何回配信された？", port).answer


def test_what_one_cell_tells_is_not_pieced_together(port: Store) -> None:
    given = answer("窓口相談のR5年度の参加者、市と県それぞれ何件", port)
    assert all(figure in given.answer for figure in ("51", "37"))
