"""The page's own words in Japanese and English. What documents and answers say is never translated."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("ja", "en")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


class Words:
    """The page's words in one language: `words("ask")`; names in braces are filled in: `words("rows_shown", n=3)`."""

    def __init__(self, language: str = "ja") -> None:
        self.language = language
        self._of = {key: said[language] for key, said in _table().items()}

    @property
    def base(self) -> str:
        """Where the page in this language stands."""
        return "/en/" if self.language == "en" else "/"

    def __call__(self, key: str, **filled: object) -> str:
        """One text, with its names in braces filled in."""
        return self._of[key].format(**filled) if filled else self._of[key]
