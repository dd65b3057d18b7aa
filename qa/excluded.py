"""What a question says it does not ask for (予算ではなく決算, 電子書籍の予算額ではありません): left out, and never given."""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import find_periods
from qa.lookup import letters
from qa.types import Citation, Draft

# What is said not to be asked for: its own sentence, its own brackets, or in front of what is asked instead.
_NOT_ASKED = (
    re.compile(r"[(](?P<x>[^()]{1,40}?)(?:の(?:方|ほう))?(?:では|じゃ|で)(?:なく(?:て)?|ない(?:です)?|ありません)[)]"),
    re.compile(
        r"(?<=[。?])\s*(?:なお[、,])?(?P<x>[^。?]{1,40}?)(?:の(?:方|ほう))?"
        r"(?:(?:では|じゃ)(?:ありません|ないです|ない)|は(?:いらない(?:です)?|要らない(?:です)?|いりません|要りません|不要です|結構です|いいです|必要ありません))[。]?\s*$"
    ),
    re.compile(
        r"(?P<x>[^、。,?のはがを()]{1,25})(?:の(?:方|ほう))?(?:では|じゃ|で)な(?:く(?:て)?)[、,]?\s*(?=[^、。,?\s])"
    ),
)


def without_excluded(text: str) -> tuple[str, tuple[str, ...]]:
    """The question without what it says it does not ask for (予算ではなく決算), and those words."""
    folded, excluded = searchable(text), []
    for pattern in _NOT_ASKED:
        match = pattern.search(folded)
        if match:
            excluded.append(match["x"])
            folded = (folded[: match.start()] + folded[match.end() :]).strip()
    return (folded, tuple(excluded)) if excluded else (text, ())


def gives_excluded(draft: Draft, excluded: tuple[str, ...]) -> bool:
    """Whether what would be said is, by its header or its row's name, what was said not to be asked for."""
    return any(_is(citation, words) for citation in draft.citations for words in excluded)


def _is(citation: Citation, words: str) -> bool:
    named = searchable(" ".join((*citation.column, citation.row or "")))
    years = {period.year for period in find_periods(words)}
    if years and letters(words) == letters(find_periods(words)[0].text):
        return bool(years & {period.year for period in find_periods(named)})
    return letters(words) in letters(named)
