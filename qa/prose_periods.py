"""How well the time that a sentence speaks of is the time asked for."""

from __future__ import annotations

import re

from corpus.values import Period
from qa.labels import mentions_period
from qa.prose_candidates import Candidate
from qa.prose_reading import read
from qa.spoken_years import agrees, spoken
from qa.types import Operation, Question

_BEFORE = re.compile(
    r"前[回期年月]|昨|以前|これまで|過去|比べ|比較|増え|増加|増減|減っ|減り|減少|変わ|変化|推移|差(?:は|が)"
)
_OPENS_BEFORE = re.compile(
    r"(?:なお|また|ちなみに)?[、,]?(?:前[回期](?!年)|前年度?|昨年度?)(?:\([^()]*\))?(?:は|では|には)"
)
_BASE = re.compile(r"(?:末|当初予算|予算|決算)?(?:の[^、。]{1,8})?(?:[とに](?:比べ|比較)|比(?![率較]))")
_COMPARES = re.compile(r"[とに](?:比べ|比較)|に対し|より.*(?:増|減|上回|下回)|比[で、]?[0-9]")


def period_fit(question: Question, one: Candidate) -> float:
    """1: speaks of a period asked for; -1: of others only; 0: none asked, or nothing said.

    Between: the heading, what stands beside it, or the document as a whole speaks of it.
    """
    same = agrees(question.folded, read(one.text).folded)
    if same is False:
        return -1.0  # 昨年度は… where this year is asked for
    if not question.periods:
        return -1.0 if _only_of_before(question.folded, read(one.text).folded) else 0.0
    own = tuple(p for p in read(one.text).periods if not _only_compared_with(p, question, one.text))
    if same and not own:
        return 0.8  # 今年度(令和5年度)の… is asked for where 今年度は… is told
    if own and all(mentions_period(p, own) for p in question.periods):
        return 1.0
    if any(mentions_period(p, own) for p in question.periods):
        others = any(not mentions_period(p, question.periods) for p in read(one.text).periods)
        if question.operation is Operation.DIFFERENCE and not others and _COMPARES.search(read(one.text).folded):
            return 0.8  # what is said of the one year is said beside the other: これを平成30年度と比べると
        return -0.3  # of two years asked for, it has only one
    around = read(" ".join((*one.heading, one.lead, one.matter))).periods
    governed = read(one.governed).periods[:1] if one.governed else ()
    if governed:
        return 0.8 if any(mentions_period(p, governed) for p in question.periods) else -1.0
    if any(mentions_period(p, around) for p in question.periods):
        return 0.8 if not own else 0.3
    if len({p.year for p in around}) == 1 and not own:
        return -1.0  # under 平成29年度の補正予算, whatever year the document is of
    near = (*read(one.before).periods, *read(one.after).periods) if one.before or one.after else ()
    if any(mentions_period(p, near) for p in question.periods):
        return 0.3 if not own else -0.3
    if any(p.year in one.years for p in question.periods):
        return (0.8 if len(one.years) == 1 else 0.3) if not own else -0.3
    return -1.0


def _only_compared_with(period: Period, question: Question, sentence: str) -> bool:
    """Whether a sentence names a year, not asked for, only to compare with it: これを平成30年度と比較しますと."""
    return _BASE.match(read(sentence).folded, period.end) is not None and not mentions_period(period, question.periods)


def _only_of_before(question: str, sentence: str) -> bool:
    """Whether a sentence is only about the time before (前回は, 前年度の…は), of which the question says nothing."""
    if _BEFORE.search(question) or spoken(question):
        return False
    return _OPENS_BEFORE.match(sentence) is not None
