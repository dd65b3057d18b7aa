"""What a table tells in words: its text cells, found and judged like sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import tidy
from index import Store
from qa import answer
from qa.prose import ProseAnswer
from qa.prose_cells import answers_from_cells
from qa.retrieve import retrieve
from qa.understand import understand

AID = """番号,事業名,担当課,区分,令和6年度予算額(千円),対象者,補助率,開始年度
1,高齢者見守り事業,高齢福祉課,継続,4800,75歳以上の一人暮らしの方,,平成21年度
2,浄化槽設置補助,環境課,継続,17500,合併浄化槽を設置する方,1/3,平成10年度
3,不妊治療費助成,健康推進課,拡充,9400,治療を受けた夫婦,上限20万円,平成26年度
"""
Asked = Callable[[str], tuple[ProseAnswer, ...]]


@pytest.fixture(scope="module")
def asked(town: Store) -> Asked:
    def run(text: str) -> tuple[ProseAnswer, ...]:
        question = understand(text)
        return answers_from_cells(town, question, retrieve(town, question))

    return run


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("移動図書館ひまわり号はどのような集落を巡回しますか？", "山あいの集落"),
        ("湖畔野外劇では何を上演しますか？", "市民劇団が新作を上演"),
        ("伝統織物体験工房の指定管理者は？", "白嶺織保存会"),
    ],
)
def test_the_cell_that_tells_it_comes_first(question: str, part: str, asked: Asked) -> None:
    assert part in asked(question)[0].evidence[0].value


def test_cells_are_whole_and_of_words_and_their_chances_share_one(asked: Asked, town: Store) -> None:
    found = asked("郷土資料デジタル化では何を電子化しますか？")
    assert found
    chances = [one.probability for one in found]
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= 0.0
    assert sum(chances) <= 1.0 + 1e-6
    for one in found:
        (evidence,) = one.evidence
        (value,) = one.values
        assert evidence.table is not None
        assert evidence.column is not None
        cell = town.documents[evidence.document].tables[evidence.table].rows[evidence.position].cells[evidence.column]
        assert (evidence.value, value.text, value.value) == (cell.text, tidy(cell.text or ""), None)
        assert len(evidence.value) >= 6
        assert not evidence.value.replace(",", "").isdigit()


def test_without_rows_there_are_no_cells(town: Store) -> None:
    assert answers_from_cells(town, understand("市民合唱祭の内容は？"), ()) == ()


def test_a_date_alone_is_nobody(indexed: Callable[..., Store]) -> None:
    store = indexed({"aid.csv": AID})
    assert "治療を受けた夫婦" in answer("不妊治療費助成は誰が受けられますか", store).answer
    assert "平成26年度" in answer("不妊治療費助成はいつ始まりましたか", store).answer
