"""A question as the ranking of cells reads it: what is asked for, of what, when.

A phrase in 「」 names the thing itself; inside it `、` and `－` part the item from what it belongs to
(「受取利息、営業外収益」, 「株主数－金融機関」). Without 「」 every noun phrase, alone
or with its neighbours, may be the item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import searchable
from corpus.values import find_periods, fold_kanji_numbers
from index.words import words
from qa.intersect_periods import Years

_QUOTED = re.compile(r"[「『](.+)[」』]")
_PARTS = re.compile(r"[、,]|(?<=[^\d\s(])[-―─](?=[^\d\s)])")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
_NAME = re.compile(r"[A-Za-z0-9]*[a-z][A-Z][A-Za-z0-9]*")  # several words written together: an identifier
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ASKING = re.compile(r"(?:は|を|の値は|はいくら|はいくつ|は何\S*|とは)?(?:ですか|でしょうか|教えて\S*)?[??。]*$")
_BETWEEN = {"助詞", "助動詞", "補助記号", "空白", "代名詞", "動詞", "感動詞", "接続詞"}  # what parts noun phrases
_MOST_SPANS = 24
_NOT_WORDS = {"member", "axis", "ifrs", "gaap"}


@dataclass(frozen=True)
class Asked:
    """`items` are ways to read the thing asked for, the shortest first and the whole last, `contexts` what it belongs to, `words` Latin words split at capitals
    and in small letters, `around` the rest of the question, `years` western; `instant` is True for a point in time.
    """

    items: tuple[str, ...]
    contexts: tuple[str, ...]
    words: tuple[str, ...]
    around: str
    years: Years
    instant: bool


@lru_cache(maxsize=1024)
def asked(question: str) -> Asked:
    """Read a question; any text gives a reading."""
    text = searchable(question)
    quoted = _QUOTED.search(text)
    outside = text[: quoted.start()] + text[quoted.end() :] if quoted else text
    latin = _LATIN.findall(outside)
    latin_words = tuple(w for run in latin for w in (p.lower() for p in _CAMEL.findall(run)) if w not in _NOT_WORDS)
    periods = find_periods(fold_kanji_numbers(text))
    years = Years(
        tuple(dict.fromkeys(p.year for p in periods if p.fiscal is False)),
        tuple(dict.fromkeys(p.year for p in periods if p.fiscal is not False)),
    )
    rest = outside
    for period in periods:
        rest = rest.replace(period.text, " ")
    if quoted:
        whole = quoted[1]
        parts = _stretches(whole)
        items = tuple(whole[parts[0][0] : end].strip() for _, end in parts) or (whole,)
        single = [whole[start:end].strip() for start, end in parts[1:]]
        contexts = tuple(dict.fromkeys([*single, *(whole[start:].strip() for start, _ in parts[1:])]))
    else:
        bare = _ASKING.sub("", _NAME.sub(" ", rest)).strip()
        items, contexts = _spans(bare)
    return Asked(
        items, contexts, latin_words, rest, years, "時点" in text or "現在" in text or "残高" in text or "末" in outside
    )


def _spans(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The noun phrases of a text, last first, with what two or three neighbours make together and the whole; and alone."""
    phrases: list[tuple[int, int]] = []
    open_phrase = False
    for word in words(text):
        if word.pos in _BETWEEN or not word.surface.strip():
            open_phrase = False
        elif open_phrase and phrases[-1][1] == word.start:
            phrases[-1] = (phrases[-1][0], word.end)
        else:
            phrases.append((word.start, word.end))
            open_phrase = True
    single = [text[start:end] for start, end in phrases]
    joined = [text[a[0] : b[1]] for n in (1, 2) for a, b in zip(phrases, phrases[n:], strict=False)]
    items = tuple(dict.fromkeys([*reversed(single), *joined][:_MOST_SPANS])) or (text,)
    return (*(i for i in items if i != text), text), tuple(dict.fromkeys(single))


def _stretches(whole: str) -> list[tuple[int, int]]:
    """Where the parts of a phrase stand in it, blanks aside."""
    found = []
    start = 0
    for cut in [*_PARTS.finditer(whole), None]:
        end = cut.start() if cut else len(whole)
        if whole[start:end].strip():
            found.append((start, end))
        start = cut.end() if cut else end
    return found


def unquoted(question: str) -> str:
    """The same question without 「」: what belongs to something is said before it (「A、B」 → BのA).

    Training asks some questions in this way too; a question without 「」 is given back as it is.
    """
    quoted = _QUOTED.search(question)
    if quoted is None:
        return question
    whole = quoted[1]
    parts = [whole[start:end].strip() for start, end in _stretches(whole)]
    said = question[: quoted.start()].removesuffix("における")
    return (said if said.endswith("の") else said + "の") + "の".join(reversed(parts)) + question[quoted.end() :]
