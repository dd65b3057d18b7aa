"""Questions with known answers over random tables: what is answered is right, exact and proven. No mock, no example.

`python -m benchmarks.generated` asks ten thousand; this asks a few hundred, the same on every machine. The checker shares
no code with what it checks.
"""

from __future__ import annotations

import json

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from benchmarks.generated import Table, questions, tables
from benchmarks.generated.runs import Outcome, ask_all, failed, told
from benchmarks.generated.tables import Layout, make_table

QUESTIONS = 20
# Making a failing table smaller takes an index for each try; `python -m benchmarks.generated --failures` shows small ones.
ONCE = settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
# 直営の講座 once listed all of them. What hypothesis draws depends on the modules that are loaded.
KNOWN = Layout(
    seed=422, rows=6, theme=2, grouping=2, status=1, remark=True, measures=((5, (2023,)),), title_year=None, era="west",
    two_lines=False, note=False, wide=False, merged=False, subtotals=True, total="合計", change=True, negative="△", format="xlsx",
)  # fmt: skip


def shown(outcomes: list[Outcome]) -> str:
    return json.dumps([told(outcome) for outcome in outcomes[:3]], ensure_ascii=False, indent=1)


@ONCE
@given(tables(25), st.integers(0, 10**6))
def test_figures_are_quoted_or_reckoned_and_quotes_stand_in_the_file(table: Table, dice: int) -> None:
    outcomes = ask_all(table, questions(table, dice, QUESTIONS))
    loose = [o for o in outcomes if any(problem.startswith(("quote:", "figure:")) for problem in o.verdict.gate)]
    assert loose == [], shown(loose)
    assert any(outcome.verdict.answered for outcome in outcomes)


@ONCE
@example(make_table(KNOWN), 260450)
@given(tables(25), st.integers(0, 10**6))
def test_whatever_is_answered_is_right_and_proven(table: Table, dice: int) -> None:
    wrong = [outcome for outcome in ask_all(table, questions(table, dice, QUESTIONS)) if failed(outcome)]
    assert wrong == [], shown(wrong)
