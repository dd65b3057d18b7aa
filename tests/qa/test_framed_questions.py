"""Questions as people lead up to them: what for, about what, what is not wanted; and names as they are read aloud."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from qa.several import cuts

PROJECTS = """# 港町の国際化事業

| 事業名 | 事業内容 | 対象国 | 参加者(人) | 令和5年度当初予算額(千円) |
|---|---|---|---|---|
| 港の奨学金 | 留学生の学費を支援 | 甲国 | 12 | 3,400 |
| 商標の登録 | MINATO Qualityの国際商標を出願 | 乙国、丙国 | 0 | 1,015 |
| SAKURAPOの運営 | 相談と交流の場を開く | 甲国 | 64 | 8,200 |
| 浜の祭り(令和5年11月2日) | 踊りと屋台 | 丁国 | 420 | 640 |
"""
REPORT = """# 港町の主要施策の成果

## 1 交流

- 港の展示会来場者数: 5,120人
- 旅券の発行件数: 4,627件
"""


@pytest.fixture(scope="module")
def harbour(indexed: Callable[..., Store]) -> Store:
    return indexed({"jigyo.md": PROJECTS, "seika.md": REPORT})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("留学の記事を書いています。港の奨学金の参加者は何人で、旅券の発行件数は何件でしたか。", ["12", "4,627"]),
        ("取材です。港の奨学金の参加者は何人ですか。あわせて旅券の発行件数も。", ["12", "4,627"]),
        ("海外向けの取り組みで、港の奨学金の参加者数と、港の展示会来場者数はそれぞれ何人ですか？", ["12", "5,120"]),
        ("港の奨学金 令和5年度当初予算額／旅券の発行件数", ["3,400", "4,627"]),
        ("港の奨学金の令和5年度当初予算だけ教えて。決算額はいらないです。", ["3,400"]),
        ("商標の件で2点。MINATO Qualityの国際商標はどの国が対象で、旅券の発行件数は何件ですか？", ["乙国", "4,627"]),
        ("サクラポの令和5年度当初予算額は？", ["8,200"]),
        ("サクラポの参加者は何人？", ["64"]),
    ],
)
def test_what_is_asked_behind_what_leads_up_to_it_is_told(harbour: Store, question: str, told: list[str]) -> None:
    given = answer(question, harbour)
    assert given.answered
    assert all(one in searchable(given.answer) for one in told), given.answer


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "参加の状況を調べています。祭りの日程と奨学金の額は？",
            ("祭りの日程は?", "奨学金の額は?"),
        ),
        (
            "甲の期間を、令和2年度と令和3年度それぞれ教えてください。",
            ("令和2年度の甲の期間は?", "令和3年度の甲の期間は?"),
        ),
        ("甲の期間と乙の制作個数って？", ("甲の期間は?", "乙の制作個数は?")),
    ],
)
def test_parts_are_whole_questions(question: str, parts: tuple[str, ...]) -> None:
    assert parts in [one.questions for one in cuts(question)]


def test_a_frame_that_names_something_is_not_left_out() -> None:
    assert not any(one.frame for one in cuts("群馬県では、予算額と決算額を教えてください。"))
    assert any(one.frame for one in cuts("若者向けの取り組みで、講座の予算額と展示の決算額を教えてください。"))


@pytest.mark.parametrize(
    "frame", ["群馬県の話です。", "令和4年度のことを調べています。", "高松市についてです。", "田中さんの件です。"]
)
def test_a_sentence_that_says_whose_or_of_when_is_not_left_out(frame: str, harbour: Store) -> None:
    question = f"{frame}港の奨学金の参加者は何人で、旅券の発行件数は何件でしたか。"
    assert not any(one.frame for one in cuts(question))
    given = answer(f"{frame}人口と面積は？", harbour)
    assert not given.answered


def test_what_is_compared_is_not_asked_for_by_itself() -> None:
    assert not list(cuts("教育費は、令和2年度は令和元年度と比べていくら増えましたか。"))


def test_a_month_is_not_explained_by_the_sign_for_months(harbour: Store) -> None:
    given = answer("浜の祭りの12月の参加者数は？", harbour)
    assert not given.answered or "420" not in given.answer


def test_how_many_things_are_not_told_by_people_or_shares(indexed: Callable[..., Store]) -> None:
    text = "# 遠隔接客の実証\n\n遠隔接客の実証では、操作した延べ人数は40人で、9割が続けたいと答えた。\n\n参加した商店は3店であった。\n"
    store = indexed({"jissho.md": text})
    given = answer("遠隔接客の実証で操作した事業は何件ですか", store)
    assert not given.answered or "40人" not in given.answer
    assert "3店" in answer("遠隔接客の実証に参加した商店は何店ですか", store).answer


def test_the_year_before_of_nothing_is_not_the_other_figure(indexed: Callable[..., Store]) -> None:
    text = "# 港町の施政方針\n\n一般会計の総額は288億6,000万円です。\n\n## 第2の柱 こども\n\n予算額は2億1,300万円であります。\n"
    given = answer("一般会計の予算規模は前の年より何億円増えた？率も知りたい", indexed({"hoshin.md": text}))
    assert "286億" not in given.answer


def test_an_empty_cell_of_money_is_not_answered_by_another_cells_words(indexed: Callable[..., Store]) -> None:
    rows = "| 申請の電子化 | 一部の課で5件試行した。 | |\n| 遠隔窓口 | 2か所で試行した。 | 682千円 |\n"
    store = indexed({"jissho.md": f"# 実証事業\n\n| 事業名 | 実証成果 | 事業費 |\n|---|---|---|\n{rows}"})
    assert "682" in answer("遠隔窓口 事業費", store).answer
    given = answer("申請の電子化の実証事業 事業費", store)
    assert not given.answered or "試行" not in given.answer


def test_a_budget_that_things_have_got_is_a_condition(harbour: Store) -> None:
    given = answer("令和5年度の当初予算が300万円以上ついてる事業って何個？", harbour)
    assert "2事業" in given.answer
    assert {"港の奨学金", "SAKURAPOの運営"} <= {one.row for one in given.citations}
