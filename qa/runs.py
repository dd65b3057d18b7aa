"""The runs of words of a question that belong together: what stands between its particles, cues and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.words import Word, words
from qa.grammar import grammar
from qa.types import Question, Term

_ALL = ("全", "各")
_REMARK = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[「『\"“]([^「」『』\"“”]+)[」』\"”]")
_JOINED = re.compile(r"\s*(?:と|や|及び|および|並びに|ならびに|・|、|,|/|\+|&|と、)\s*(?:その)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words without a particle between them; `joined` is True when と, や or a mark ties it to the one before,
    `aside` when it stands in brackets.
    """

    words: tuple[Word, ...]
    start: int
    end: int
    joined: bool
    terms: tuple[Term, ...]
    aside: bool = False

    @property
    def weight(self) -> float:
        """What explaining it whole is worth."""
        return sum(term.weight for term in self.terms)


@lru_cache(maxsize=64)
def phrases(question: Question, names: tuple[tuple[int, int], ...] = ()) -> tuple[Phrase, ...]:
    """The question's phrases in order, outside its cues and periods.

    What stands in quotation marks, and the stretches given as `names`, are one phrase each, particles and all.
    """
    runs: list[list[Word]] = []
    quoted = [*(m.span(1) for m in _QUOTED.finditer(question.folded)), *names]
    for word in words(question.folded):
        inside = next((span for span in quoted if span[0] <= word.start and word.end <= span[1]), None)
        if inside is None and not _carries(question, word):
            continue
        before = runs[-1][-1] if runs else None
        same = before is not None and (inside is None or inside[0] <= before.start)
        outside = before is None or any(a <= before.start < b for a, b in quoted)
        if before is not None and (
            (same and inside is not None) or (inside is None and not outside and before.end == word.start)
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    remarks = [m.span() for m in _REMARK.finditer(question.folded)]

    def inside_brackets(at: int) -> bool:
        return any(a <= at < b for a, b in remarks)

    found: list[Phrase] = []
    for run in runs:
        start, end = run[0].start, run[-1].end
        terms = tuple(t for t in question.terms if t.start < end and start < t.end)
        # 人口(1月1日現在)と世帯数: a remark in brackets parts nothing.
        before_it = next(
            (one for one in reversed(found) if not inside_brackets(one.start) or inside_brackets(start)), None
        )
        between = question.folded[before_it.end : start] if before_it else ""
        joined = before_it is not None and bool(_JOINED.fullmatch(_REMARK.sub("", between)))
        if terms:
            found.append(Phrase(tuple(run), start, end, joined, terms, inside_brackets(start)))
    return tuple(found)


def _carries(question: Question, word: Word) -> bool:
    """Whether a word may be part of a phrase: it means something, is no cue or period, and is not 全 before a noun."""
    if word.pos == "接頭辞" and word.surface in _ALL:
        return False  # 全事業: all of them, no part of the name
    if word.pos == "形容詞" and word.normal in grammar().filler:
        return False  # 額が多い講座
    if not word.is_content and not any(t.start <= word.start < t.end for t in question.terms):
        return False
    return not any(word.start < b and a < word.end for a, b in question.taken)
