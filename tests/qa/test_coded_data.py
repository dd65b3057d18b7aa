"""Open data of a budget with a code beside each name, decimals behind whole figures, and a file's name in Latin letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer

BUDGET = """年度,会計名称,款,款名称,目,目名称,事業,事業名称,節,節名称,予算額（千円）
2031,一般会計,4,衛生費,7,環境衛生費,17,水質保全に要する経費,7,報償費,600.0
2031,一般会計,4,衛生費,7,環境衛生費,17,水質保全に要する経費,10,需用費,2020.0
2031,一般会計,4,衛生費,7,環境衛生費,17,水質保全に要する経費,12,委託料,1190.0
2031,一般会計,4,衛生費,7,環境衛生費,21,環境美化に要する経費,7,報償費,90.0
2031,一般会計,4,衛生費,7,環境衛生費,21,環境美化に要する経費,10,需用費,8130.0
2031,一般会計,4,衛生費,7,環境衛生費,25,水道事業に要する経費,24,出資金,460328.0
"""
POWER = "年度,部名,室名,管理部署のコード番号,管理部署名,4月,8月,12月\n" + "".join(
    f"2031,{part},{office},{40 + n},{name},{spring},{summer},{winter}\n"
    for n, (part, office, name, spring, summer, winter) in enumerate(
        (
            ("教育部", "学習室", "中央図書館", 19250, 33830, 21766),
            ("教育部", "学習室", "西公民館", 4410, 55292, 5120),
            ("教育部", "学習室", "東公民館", 3980, 4870, 4230),
            ("市民部", "生活室", "市民会館", 8810, 9730, 9190),
            ("市民部", "生活室", "火葬場", 21040, 24991, 22380),
        )
    )
)


@pytest.fixture(scope="module")
def budget(indexed: Callable[..., Store]) -> Store:
    return indexed({"minatono_2031_yosan.csv": BUDGET})


@pytest.fixture(scope="module")
def power(indexed: Callable[..., Store]) -> Store:
    return indexed({"minatono_2031_denryoku_shiyouryou.csv": POWER})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2031年度一般会計予算で、「水道事業に要する経費」の出資金の予算額はいくらですか。", ["460,328千円"]),
        ("2031年度予算で、需用費が最も多い事業はどれで、いくらですか。", ["環境美化に要する経費", "8,130千円"]),
        ("2031年度予算には、目「環境衛生費」の事業がいくつありますか。", ["3件", "水質保全に要する経費"]),
    ],
)
def test_things_are_named_and_figures_said_as_a_reader_would(budget: Store, question: str, said: list[str]) -> None:
    given = answer(question, budget)
    assert given.answered
    assert all(one in searchable(given.answer) for one in said), given.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2031年度の電力使用量データで、西公民館の8月の値はいくつですか。", ["西公民館", "55,292"]),
        ("2031年度の8月の電力使用量が最も大きい管理部署はどこで、その値はいくつですか。", ["西公民館", "55,292"]),
        ("2031年度の電力使用量の一覧で、室名が「生活室」の管理部署をすべて挙げてください。", ["市民会館", "火葬場"]),
    ],
)
def test_what_a_file_is_called_explains_the_words_of_a_question(power: Store, question: str, said: list[str]) -> None:
    given = answer(question, power)
    assert given.answered
    assert all(one in searchable(given.answer) for one in said), given.answer


def test_what_the_file_is_not_about_is_not_answered(power: Store) -> None:
    assert not answer("2031年度のガス使用量データで、西公民館の8月の値はいくつですか。", power).answered
