"""What a question says it does not ask for is left out of it, and never given."""

from __future__ import annotations

import pytest

from index import Store
from qa.excluded import gives_excluded, without_excluded
from qa.pipeline import answer
from qa.types import Citation, Draft


@pytest.mark.parametrize(
    ("text", "kept", "excluded"),
    [
        ("図書館の参加者ではなく予算額は？", "図書館の予算額は?", ("参加者",)),
        ("図書館の決算額を教えて(当初予算じゃなくて)", "図書館の決算額を教えて", ("当初予算",)),
        ("図書館の決算額はいくらですか。公民館の予算額ではありません。", "図書館の決算額はいくらですか。", ("公民館の予算額",)),
        ("図書館の令和4年度の予算を教えて。令和5年度の方はいいです", "図書館の令和4年度の予算を教えて。", ("令和5年度",)),
    ],
)  # fmt: skip
def test_what_is_not_asked_for_is_left_out(text: str, kept: str, excluded: tuple[str, ...]) -> None:
    assert without_excluded(text) == (kept, excluded)


@pytest.mark.parametrize(
    "text", ["新規ではない事業はどれですか", "図書館の予算額は？", "公民館ではいくつ講座がありますか"]
)
def test_a_question_that_excludes_nothing_stays(text: str) -> None:
    assert without_excluded(text) == (text, ())


@pytest.mark.parametrize(("excluded", "given"), [("当初予算", True), ("R5", True), ("R4", False), ("決算額", False)])
def test_the_excluded_header_is_noticed(excluded: str, given: bool) -> None:
    citation = Citation("d", "d", 1, 1, None, None, (), "図書館", ("R5 当初予算額 (千円)",), "12")
    draft = Draft("", "", "value", (), None, (citation,), 1.0)
    assert gives_excluded(draft, (excluded,)) is given


def test_the_other_year_is_given(town: Store) -> None:
    given = answer("市民合唱祭の令和4年度の予算を教えて。令和5年度の方はいいです", town)
    assert "1,240千円" in given.answer
    assert "1,385" not in given.answer
