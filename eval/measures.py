"""How one answer is judged, and what a set of judgements amounts to.

Comparison is on letters after NFKC without blanks and thousands separators; a number never matches inside a longer
number. Citation recall and precision follow ALCE (Gao et al. 2023) with gold evidence lines in place of an entailment
model: recall asks whether the evidence is cited, precision which citations hold evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from eval.gold import EvidenceLine, GoldQuestion
from qa import Answer, Citation

# A citation that spans more lines than this points nowhere in particular and counts as missing its evidence.
WIDEST_CITATION = 13
RIGHT, REFUSED, WRONG = OUTCOMES = ("正答", "回答せず", "誤答")  # the best first: a wrong answer is worse than none


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged answer. Citation measures are None where the gold names no evidence or nothing was cited."""

    right: bool
    answered: bool
    wrong_though_answered: bool
    citation_recall: float | None
    citation_precision: float | None

    @property
    def outcome(self) -> str:
        """One of OUTCOMES; a refusal that was called for is right."""
        return RIGHT if self.right else WRONG if self.answered else REFUSED


def judge(gold: GoldQuestion, given: Answer) -> Judgement:
    """Judge one answer against its gold question."""
    text = plain(given.answer)
    holds = holds_all(text, gold.must_include)
    forbidden = any(holds_text(text, figure) for figure in gold.must_not_include)
    if gold.expected == "abstain":
        rescued = (bool(gold.must_include) and holds) or (
            bool(gold.or_answer_must_include) and holds_all(text, gold.or_answer_must_include)
        )
        right = not forbidden and (not given.answered or rescued)
    elif gold.expected == "no_crash":
        right = not forbidden
    else:
        right = given.answered and holds and not forbidden
        right = right or (gold.accept_abstain and not given.answered)
    return Judgement(
        right,
        given.answered,
        given.answered and not right,
        citation_recall(gold, given.citations),
        citation_precision(gold, given.citations),
    )


def plain(text: str) -> str:
    """A text as it is compared: NFKC, no blanks, no thousands separators or reading commas."""
    return re.sub(r"[\s,、，]", "", unicodedata.normalize("NFKC", text))


def holds_text(text: str, wanted: str) -> bool:
    """Whether a plain text holds a wanted stretch; digits at its ends must not run on into a longer number."""
    wanted = plain(wanted)
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def holds_all(text: str, groups: Iterable[Iterable[str]]) -> bool:
    """Whether a plain text holds at least one spelling of every group."""
    return all(any(holds_text(text, one) for one in group) for group in groups)


def citation_recall(gold: GoldQuestion, given: Iterable[Citation]) -> float | None:
    """Share of the evidence that is cited, in [0, 1]; under rule "any" one cited line is all of it."""
    if not gold.citations:
        return None
    cited = list(given)
    hits = sum(any(_covers(citation, line) for citation in cited) for line in gold.citations)
    return hits / len(gold.citations) if gold.citation_rule == "all" else float(hits > 0)


def citation_precision(gold: GoldQuestion, given: Iterable[Citation]) -> float | None:
    """Share of the citations that hold evidence, in [0, 1]."""
    cited = list(given)
    if not gold.citations or not cited:
        return None
    allowed = (*gold.citations, *gold.citations_also_ok)
    good = sum(
        one.line_end - one.line_start < WIDEST_CITATION and any(_covers(one, line) for line in allowed) for one in cited
    )
    return good / len(cited)


def _covers(citation: Citation, line: EvidenceLine) -> bool:
    first, last = (citation.page, citation.page) if citation.page else (citation.line_start, citation.line_end)
    return citation.document == line.document and first <= line.line <= last


@dataclass(frozen=True, slots=True)
class Summary:
    """Measures over a set; shares in [0, 1], None where nothing can be said."""

    name: str
    count: int
    right: float
    wrong_though_answered: float
    refused: float
    citation_recall: float | None
    citation_precision: float | None


def summarise(name: str, judgements: list[Judgement]) -> Summary:
    """Means over judgements; an answer that is missing was judged as a refusal and counts."""
    return Summary(
        name,
        len(judgements),
        _mean([float(j.right) for j in judgements]) or 0.0,
        _mean([float(j.wrong_though_answered) for j in judgements]) or 0.0,
        _mean([float(not j.answered) for j in judgements]) or 0.0,
        _mean([j.citation_recall for j in judgements if j.citation_recall is not None]),
        _mean([j.citation_precision for j in judgements if j.citation_precision is not None]),
    )


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
