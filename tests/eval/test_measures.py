"""How an answer is judged, on answers made by hand; and that the shared scorer judges the same."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import EvidenceLine, GoldQuestion
from eval.measures import (
    WIDEST_CITATION,
    Judgement,
    citation_precision,
    citation_recall,
    holds_text,
    judge,
    plain,
    summarise,
)
from qa import Answer, Citation

Said = Callable[..., Answer]
Cited = Callable[..., Citation]


@pytest.mark.parametrize(
    ("text", "wanted", "holds"),
    [
        ("決算額は4,518千円です。", "4518千円", True),
        ("決算額は4518千円です。", "4,518千円", True),
        ("決算額は４，５１８ 千円です。", "4,518千円", True),
        ("決算額は14,518千円です。", "4,518千円", False),
        ("決算額は4,518千円です。", "518千円", False),
        ("会員は138人です。", "38", False),
        ("会員は138人です。", "13", False),
        ("会員は138人です。", "138", True),
        ("割合は13.8%です。", "13", False),
        ("割合は13.8%です。", "8%", False),
        ("割合は13.8%です。", "13.8%", True),
        ("令和4年度は138人", "138人", True),
        ("文化課、図書館", "文化課", True),
        ("会員は138人。次年度は139人。", "139", True),
        ("第3.", "3", True),
        ("何もない", "", False),
        ("", "5", False),
        ("A+B (C)", "a+b", False),
        ("A+B (C)", "A+B(C)", True),
    ],
)
def test_a_number_never_matches_inside_a_longer_one(text: str, wanted: str, holds: bool) -> None:
    assert holds_text(plain(text), wanted) is holds


def test_plain_folds_widths_blanks_and_commas() -> None:
    assert plain("Ａ　Ｂ １,２３４、ﾊﾟﾝ，\n㈱") == "AB1234パン(株)"


def right(gold: GoldQuestion, given_: Answer) -> tuple[bool, bool]:
    found = judge(gold, given_)
    assert found.answered == given_.answered
    return found.right, found.wrong_though_answered


ANSWER = GoldQuestion(question="問", must_include=(("5千円", "5000円"), ("令和3年度",)), must_not_include=("6千円",))


@pytest.mark.parametrize(
    ("text", "answered", "expected"),
    [
        ("令和3年度は5千円です。", True, (True, False)),
        ("令和3年度は5,000円です。", True, (True, False)),
        ("5千円です。", True, (False, True)),
        ("令和3年度は15千円です。", True, (False, True)),
        ("令和3年度は5千円、令和2年度は6千円です。", True, (False, True)),
        ("令和3年度は5千円です。", False, (False, False)),
        ("記載がありません。", False, (False, False)),
    ],
)
def test_an_answer_holds_one_of_each_group_and_nothing_forbidden(
    text: str, answered: bool, expected: tuple[bool, bool], said: Said
) -> None:
    assert right(ANSWER, said(text, answered=answered)) == expected


def test_a_refusal_may_be_accepted_but_a_wrong_answer_is_not(said: Said) -> None:
    gold = GoldQuestion(question="問", must_include=(("5千円",),), accept_abstain=True)
    assert right(gold, said("記載がありません。", answered=False)) == (True, False)
    assert right(gold, said("5千円です。")) == (True, False)
    assert right(gold, said("6千円です。")) == (False, True)


@pytest.mark.parametrize(
    ("text", "answered", "expected"),
    [
        ("記載がありません。", False, (True, False)),
        ("6千円です。", True, (False, True)),
        ("お誕生日会のことなら5回です。", True, (True, False)),
        ("お誕生日会は7千円です。", True, (False, True)),
        ("7千円とは書かれていません。", False, (False, False)),
    ],
)
def test_what_should_be_refused(text: str, answered: bool, expected: tuple[bool, bool], said: Said) -> None:
    gold = GoldQuestion(
        question="問", expect="abstain", must_not_include=("7千円",), or_answer_must_include=(("お誕生日会",),)
    )
    assert right(gold, said(text, answered=answered)) == expected


def test_a_refusal_without_a_way_out_is_the_only_right_thing(said: Said) -> None:
    gold = GoldQuestion(question="問", answerable=False)
    assert right(gold, said("", answered=False)) == (True, False)
    assert right(gold, said("何でも", answered=True)) == (False, True)


def test_hostile_input_only_must_not_break_anything(said: Said) -> None:
    gold = GoldQuestion(question="問", expect="no_crash", must_not_include=("秘密",))
    for answered in (True, False):
        assert right(gold, said("なにか", answered=answered)) == (True, False)
    assert right(gold, said("秘密です", answered=True)) == (False, True)


def evidence(rule: str, *lines: int) -> GoldQuestion:
    return GoldQuestion(
        question="問",
        citations=tuple(EvidenceLine("d", line) for line in lines),
        citations_also_ok=(EvidenceLine("d", 50),),
        citation_rule=rule,
    )


def test_recall_by_rule(cited: Cited) -> None:
    assert citation_recall(evidence("any", 3, 9), [cited(9)]) == 1.0
    assert citation_recall(evidence("all", 3, 9), [cited(9)]) == 0.5
    assert citation_recall(evidence("all", 3, 9), [cited(9), cited(2, 4)]) == 1.0
    assert citation_recall(evidence("all", 3, 9), [cited(1, 10)]) == 1.0
    for rule in ("any", "all"):
        assert citation_recall(evidence(rule, 3, 9), []) == 0.0
        assert citation_recall(evidence(rule, 3, 9), [cited(4), cited(9, document="e"), cited(50)]) == 0.0
        assert citation_recall(evidence(rule), [cited(9)]) is None


def test_precision_counts_citations_that_hold_evidence(cited: Cited) -> None:
    gold = evidence("any", 3, 9)
    assert citation_precision(gold, [cited(3), cited(9)]) == 1.0
    assert citation_precision(gold, [cited(3), cited(4)]) == 0.5
    assert citation_precision(gold, [cited(50)]) == 1.0
    assert citation_precision(gold, [cited(3, document="e")]) == 0.0
    assert citation_precision(gold, []) is None
    assert citation_precision(evidence("any"), [cited(3)]) is None


def test_a_citation_of_more_than_13_lines_points_nowhere(cited: Cited) -> None:
    assert WIDEST_CITATION == 13
    gold = evidence("any", 3)
    assert citation_precision(gold, [cited(3, 15)]) == 1.0
    assert citation_precision(gold, [cited(3, 16)]) == 0.0


def test_evidence_of_a_pdf_is_its_page(cited: Cited) -> None:
    gold = evidence("any", 3)
    assert citation_recall(gold, [cited(40, page=3)]) == 1.0
    assert citation_recall(gold, [cited(3, page=2)]) == 0.0


def test_a_summary_is_means_and_leaves_out_what_says_nothing() -> None:
    found = summarise(
        "全体",
        [
            Judgement(True, True, False, 1.0, 0.5),
            Judgement(False, True, True, 0.0, None),
            Judgement(True, False, False, None, None),
            Judgement(False, False, False, 0.5, None),
        ],
    )
    assert (found.name, found.count, found.right) == ("全体", 4, 0.5)
    assert (found.wrong_though_answered, found.refused) == (0.25, 0.5)
    assert (found.citation_recall, found.citation_precision) == (0.5, 0.5)
    empty = summarise("なし", [])
    assert (empty.count, empty.right, empty.citation_recall) == (0, 0.0, None)


# --- the shared scorer judges the same -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    path = shared / "score.py"
    if not path.exists():
        pytest.skip(f"needs {path}, which is not there")
    parsed = ast.parse(path.read_text("utf-8"))
    parsed.body = [node for node in parsed.body if not isinstance(node, ast.Expr)]  # its definitions, not its run
    module = ModuleType("score")
    module.__file__ = str(path)
    exec(compile(parsed, str(path), "exec"), module.__dict__)
    return module


texts = st.text("0123456789.,千円人 令和年度５，、はい", max_size=14)
wanted = st.text("0123456789.,千円人５", min_size=1, max_size=5)
groups = st.lists(st.lists(wanted, min_size=1, max_size=2), max_size=2)
places = st.lists(st.fixed_dictionaries({"document": st.sampled_from("de"), "line": st.integers(1, 20)}), max_size=3)
golds = st.fixed_dictionaries(
    {"question": st.just("問"), "must_include": groups, "must_not_include": st.lists(wanted, max_size=2)},
    optional={
        "expect": st.sampled_from(["answer", "abstain", "no_crash"]),
        "answerable": st.booleans(),
        "accept_abstain": st.booleans(),
        "or_answer_must_include": groups,
        "citations": places,
        "citations_also_ok": places,
        "citation_rule": st.sampled_from(["any", "all"]),
    },
)
spans = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 16), st.sampled_from("de")), max_size=3)


@given(item=golds, text=texts, answered=st.booleans(), citations=spans)
def test_the_shared_scorer_judges_the_same(
    item: dict[str, Any],
    text: str,
    answered: bool,
    citations: list[tuple[int, int, str]],
    score: ModuleType,
    said: Said,
    cited: Cited,
) -> None:
    given_ = said(text, *(cited(start, start + more, name) for start, more, name in citations), answered=answered)
    found = judge(msgspec.convert(item, GoldQuestion), given_)
    theirs = score.judge(item, msgspec.to_builtins(given_))
    assert (found.right, found.wrong_though_answered, found.citation_recall, found.citation_precision) == theirs
