"""Questions on the accounts that a speech tells sentence by sentence: they are asked like a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from qa.told_frame import told_frames

SPEECH = """令和13年第1回鳴瀬台町議会定例会 町長提案説明

○町長（青木 実）　令和13年度の各会計予算について御説明いたします。
　議案第1号、令和13年度鳴瀬台町一般会計予算の総額は、歳入歳出それぞれ71億4,800万円で、前年度の当初予算と比較いたしますと、金額で1億5,200万円、率にして2.2％の増となっております。
　まず、歳入の主なものについて申し上げます。
　第1款町税は、12億8,460万円の計上で、給与所得の伸びにより、前年度に比べ、金額で2,230万円、率にして1.8％の増を見込んでおります。
　第10款地方交付税は、31億8,000万円の計上で、前年度に比べ、金額で8,500万円、率にして2.7％の増を見込んでおります。
　第18款繰入金は、3億8,950万円の計上で、前年度に比べ、金額で6,320万円、率にして14.0％の減といたしました。
　第21款町債は、6億1,230万円の計上で、道の駅の整備が完了したことから、前年度に比べ、金額で2億7,220万円、率にして30.8％の減といたしました。
　次に、歳出の主なものについて申し上げます。
　第2款総務費は、庁舎の改修が始まることから、前年度に比べ、金額で1億1,840万円、率にして13.1％増の10億2,210万円となっております。
　第3款民生費は、児童手当の増などにより、前年度に比べ、金額で9,630万円、率にして4.6％増の21億9,450万円となっております。
　第8款土木費は、橋りょうの補修の減などにより、前年度に比べ、金額で4,410万円、率にして5.9％減の7億330万円となっております。
　第10款教育費は、体育館の建設が終わったことにより、前年度に比べ、金額で2億6,480万円、率にして22.7％減の9億160万円となっております。
　次に、議案第2号、国民健康保険事業特別会計予算でございます。
　歳入歳出予算の総額は、それぞれ9億4,850万円でございます。
　歳出におきまして、被保険者数の減少に伴い、前年度に比べ、金額で3,030万円、率にして3.1％の減となっております。
　次に、議案第3号、介護保険事業特別会計予算でございます。
　歳入歳出予算の総額は、それぞれ11億7,100万円でございます。
　歳出におきまして、前年度に比べ、金額で2,660万円、率にして2.3％の増となっております。
　次に、議案第4号、水道事業会計予算は、収益的収支において、収入が4億2,330万円、支出が4億1,190万円で、資本的収支では、収入が8,090万円、支出が2億4,300万円となっております。
　利用料金は1回300円で、75歳以上の方は100円といたします。
"""


@pytest.fixture(scope="module")
def speech(indexed: Callable[..., Store]) -> Store:
    return indexed({"narusedai_r13_teian.txt": SPEECH})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "鳴瀬台町の令和13年度一般会計の歳出予算で、前年度に比べた増加額が最も大きい款はどれで、いくら増えていますか。",
            ["総務費", "1億1,840万円"],
        ),
        ("鳴瀬台町の令和13年度一般会計の歳出で、民生費は教育費よりいくら多いですか。", ["12億9,290万円"]),
        (
            "鳴瀬台町の令和13年度予算で町債はいくらで、前年度比でいくら減りましたか。",
            ["6億1,230万円", "2億7,220万円の減"],
        ),
        ("令和13年度一般会計の歳入の款のうち、前年度より減ったものをすべて挙げてください。", ["繰入金", "町債"]),
        (
            "令和13年度の国民健康保険事業と介護保険事業の特別会計の予算の総額を合計するといくらですか。",
            ["21億1,950万円"],
        ),
        ("令和13年度の国民健康保険事業特別会計予算は、前年度に比べていくら減っていますか。", ["3,030万円"]),
        ("水道事業会計予算の資本的収支の支出は収入を上回っていますか。差はいくらですか。", ["はい", "1億6,210万円"]),
        ("令和13年度一般会計予算の地方交付税の増減率は何％ですか。", ["2.7%"]),
    ],
)
def test_accounts_are_asked_like_a_table(speech: Store, question: str, said: list[str]) -> None:
    given = answer(question, speech)
    assert given.answered
    assert all(one in searchable(given.answer) for one in said), given.answer


def test_the_sentences_are_cited_and_that_which_names_the_account(speech: Store) -> None:
    given = answer("令和13年度の国民健康保険事業特別会計予算は、前年度に比べていくら減っていますか。", speech)
    quotes = [c.quote for c in given.citations]
    assert any("議案第2号" in quote for quote in quotes)
    assert any("3,030万円" in quote for quote in quotes)


@pytest.mark.parametrize(
    "question",
    [
        "鳴瀬台町の令和13年度一般会計の歳出予算を款ごとに合計するといくらですか。",  # a speech tells the larger ones only
        "鳴瀬台町の令和13年度の衛生費はいくらですか。",
        "鳴瀬台町の令和12年度の町税はいくらですか。",
        "鳴瀬台町の令和13年度の下水道事業会計予算はいくらですか。",
    ],
)
def test_what_is_not_told_is_not_reckoned(speech: Store, question: str) -> None:
    assert not answer(question, speech).answered


def test_what_costs_something_is_no_account(speech: Store) -> None:
    (document,) = speech.documents.values()
    names = {frame.name(row) for frame in told_frames(document) for row in range(len(frame))}
    assert "町税" in names
    assert not any(name.endswith(("の方", "料金")) for name in names)


def test_a_figure_told_twice_differently_is_left_out(indexed: Callable[..., Store]) -> None:
    twice = SPEECH + "　この結果、一般会計の予算総額は72億6,310万円となります。\n"
    (document,) = indexed({"narusedai_r13_teian.txt": twice}).documents.values()
    texts = {text for frame in told_frames(document) for row in frame.cells for text in row if text}
    assert not texts & {"71億4,800万円", "72億6,310万円"}


NUMBERED = """議案説明書

議案第10号 令和13年度一般会計補正予算（第8号）は、除雪に要する経費を追加するもので、補正後の財政規模は73億1,230万円となります。
議案第11号 令和13年度一般会計補正予算（第9号）は、給付金に要する経費を追加するものであります。
議案第12号 令和13年度国民健康保険特別会計補正予算（第3号）は、1,860万円の減であります。
議案第13号 令和13年度介護保険特別会計補正予算（第3号）は、950万円の増であります。
"""


def test_a_bill_is_not_another_of_another_number(indexed: Callable[..., Store]) -> None:
    said = answer("一般会計補正予算（第9号）の補正後の財政規模はいくらですか。", indexed({"r13_gian.txt": NUMBERED}))
    assert "73億1,230万円" not in said.answer
