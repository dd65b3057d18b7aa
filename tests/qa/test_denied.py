"""What is asked for because it is not done is not answered by what is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

SPEECH = """# 施政方針

避難所となる小学校12校のうち、9校の体育館に空調設備を設置いたします。分館は1館に設置できておりません。

利用の少ない北循環線は、9月末をもって廃止し、予約制の乗合タクシーに切り替えます。
"""
PLACES = """施設名,所在地,利用者数（人）,備考
市民会館,本町2-1,84560,
市民プール,南町8-9,18940,大雨で5日間休業
郷土資料館,城山1-1,9870,
"""


@pytest.fixture(scope="module")
def speech(indexed: Callable[..., Store]) -> Store:
    return indexed({"speech.md": SPEECH})


@pytest.mark.parametrize("question", ["空調が設置されない小学校は何校ですか", "廃止されなかった循環線はどれですか"])
def test_what_is_done_is_no_answer_to_what_is_not(speech: Store, question: str) -> None:
    assert not answer(question, speech).answered


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("空調を設置する小学校は何校ですか", "9校"),
        ("北循環線はいつ廃止されますか", "9月末"),
        ("設置できていない分館は何館ですか", "1館"),
        ("北循環線は何に切り替わるか教えてくれませんか", "乗合タクシー"),
    ],
)
def test_what_is_told_is_answered(speech: Store, question: str, says: str) -> None:
    assert says in answer(question, speech).answer


def test_a_cell_that_tells_it_chooses_no_row(indexed: Callable[..., Store]) -> None:
    store = indexed({"places.csv": PLACES})
    assert "市民プール" not in answer("休業しなかった施設はどこですか", store).answer
    assert "南町8-9" in answer("市民プールの所在地は", store).answer
