"""Whether a quoted text tells who it is: 誰 is answered by a proper name, 誰を対象に by a group of people."""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import find_periods
from index.words import Word, words
from qa.lookup import letters
from qa.types import Draft, Operation, Question

_PLACE_BEHIND = tuple("都道府県市区町村")
_A_TEXT = 25  # letters of what is more than a name
_FOR_WHOM = re.compile(r"(?:誰|だれ|どなた)(?:を対象|が対象|に対し|のため|向け)")
_GROUP = re.compile(r"[者生員民童児人方]|世帯|企業|会社|団体|学生|家庭")  # all that something may be for


def of_nobody(question: Question, draft: Draft) -> bool:
    """Whether it is asked who it is (…したのは誰), and all that is quoted is a text without any proper name."""
    if question.wants != "person" or question.operation is not Operation.VALUE or draft.calculation:
        return False
    told = [c.quote for c in draft.citations if letters(c.quote) in letters(draft.text)]
    if _FOR_WHOM.search(question.folded) and any(_GROUP.search(quote) for quote in told):
        return False
    return bool(told) and all(
        len(quote) > _A_TEXT and not any(_is_somebody(w, text) for text in (_undated(quote),) for w in words(text))
        for quote in told
    )


def _is_somebody(word: Word, text: str) -> bool:
    """Whether a word may name a person or a body: a proper name, but of no 県 or 市."""
    return word.subpos == "固有名詞" and text[word.end : word.end + 1] not in _PLACE_BEHIND


def _undated(text: str) -> str:
    """A text without its dates: the dictionary takes 令和 for a proper name."""
    folded = searchable(text)
    for period in reversed(find_periods(folded)):
        folded = f"{folded[: period.start]} {folded[period.end :]}"
    return folded
