"""Languages that a text lists, and questions for them: 何語で, 対応言語は, 3言語(英語、ポルトガル語、ベトナム語)."""

from __future__ import annotations

import re

from corpus.folding import searchable

ASKS_LANGUAGES = re.compile(
    r"(?:どの|どんな|何の|対応|使用)(?:する)?言語|(?:どの|どんな|何の|なんの)(?:国の)?言葉|なに語|なん語|何(?:か国|カ国|ヶ国)?語|言語(?:は|を|数?$)"
)
_LANGUAGE = re.compile(r"(?:英|(?:中国|韓国|朝鮮|[ァ-ヶー]{2,}))語")
_FEWEST = 2


def lists_languages(text: str) -> bool:
    """Whether a text names several languages."""
    return len(set(_LANGUAGE.findall(searchable(text)))) >= _FEWEST


def names_all_languages(text: str) -> bool:
    """Whether a text names as many languages as it says there are: 3言語(英語、ポルトガル語、ベトナム語)."""
    folded = searchable(text)
    said = re.search(r"(?<![0-9])(?P<n>[0-9]{1,2})(?:か国語|カ国語|ヶ国語|言語)", folded)
    return said is not None and int(said["n"]) == len(set(_LANGUAGE.findall(folded)))
