"""The same things asked in other ways: each must be understood, or not be answered with something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.pipeline import answer

CLINIC = """\
みさき町 健康福祉課 事業報告

(1) 特定健康診査
ア 対象者 40歳から74歳までの加入者 2,415人
イ 受診者 1,087人(受診率45.0%、前年度41.3%)
ウ 受診率を上げるため、未受診者1,328人にはがきを2回送付した。
(2) 日本語教室
日本語教室を町内3か所(中央公民館、東公民館、みなと会館)で週1回開き、24か国の134人が受講した。
(3) 待機児童
待機児童は、令和5年4月の31人から令和6年4月には8人まで減った。
"""
PROJECTS = """\
区分,事業内容,担当課,実証成果,開始年度,期間,R5予算額(千円),R6予算額(千円),備考,状況
遠隔接客,体の不自由な人が自宅から小型ロボットを操作して接客する実証事業を役場の食堂で行った。,福祉課,操作した延べ人数は40人で、利用者の9割が続けたいと答えた。,R3,R5.4.1~R6.3.31,500,500,R5年度末に旧サイトを廃止,継続
電子契約,契約の締結から保存までを電子署名で行い、手続きを効率化する取組を一部の課で試した。,総務課,手続きにかかる時間が平均3日短くなり、郵送費も減った。,R4,R5.10.12(説明会),800,950,,継続
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("asked")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "misaki-houkoku.txt").write_text(CLINIC, encoding="utf-8")
    (folder / "corpus" / "misaki-jissho.csv").write_text(PROJECTS, encoding="utf-8")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("特定健診の受診者は何人？", "1,087人"),
        ("特定健診の未受診者は何人？", "1,328人"),
        ("特定健康診査の対象者は", "40歳から74歳まで"),
        ("日本語教室の受講者は何人", "134人"),
        ("待機児童は1年で何人減った？", "23人"),
        ("遠隔接客は令和6年度に廃止？", "いいえ"),
        ("遠隔接客のR6の予算はR5と同じ金額？", "はい"),
        ("電子契約の説明会が開かれた日はいつですか", "R5.10.12"),
        ("遠隔接客の開始年度と、電子契約のR6予算額は？", "950千円"),
        ("実証事業の一覧", "遠隔接客"),
    ],
)
def test_it_is_said(store: Store, question: str, said: str) -> None:
    given = answer(question, store)
    assert given.answered, given.answer
    assert said in given.answer


def test_a_figure_of_the_year_before_is_no_remark(store: Store) -> None:
    assert "1,087人(41.3" not in answer("特定健診の受診者は何人？", store).answer


def test_things_are_listed_by_name(store: Store) -> None:
    assert "小型ロボット" not in answer("実証事業の一覧", store).answer


def test_two_questions_are_both_answered(store: Store) -> None:
    given = answer("遠隔接客について、R5とR6の予算額はいくらですか。また、状況が継続のものは何件ありますか？", store)
    assert not given.answered or ("500" in given.answer and "2件" in given.answer)
