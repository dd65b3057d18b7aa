"""What a speech is speaking of: the sentence that opened a matter (次に、議第8号は、…補正予算であります) governs those that follow.

A mayor takes one matter after another and names each only once; an amount comes paragraphs later. What opens a matter says
so: a word of order, and what it is about.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus import Document
from corpus.folding import searchable

_ORDER = r"(?:それでは|では|さて)?[、,]?(?:まず(?:初め)?|最初に|初めに|はじめに|次に|次いで|続いて|続きまして|引き続き|最後に|終わりに|(?:(?:続きまして|次に)[、,]?)?[1-9一二三四五六七八九](?:点|項目|問|件)目|第[1-9一二三四五]に)(?:は|の)?[、,]?"
_NUMBERED = r"(?:議|認|報|諮|陳|議案|報告|認定)第[0-9]{1,3}号(?:議案)?(?:は|につきまして|について)"
_OPENS = re.compile(
    rf"(?:{_ORDER}(?P<what>[^。]{{2,80}}?)(?:につきまして|について|に関し(?:て|まして)?|であります|でございます|です(?=[。]|$))|(?:{_ORDER})?{_NUMBERED})"
)
_WHOLLY = re.compile(r"(?:説明|申し上げ|述べ|報告|お答え|答弁)[^。]{0,14}[。]?$|(?:であります|でございます|です)[。]?$")
_WHOLE, _FARTHEST = 110, 120  # letters, sentences


def matter(document: Document, position: int) -> str:
    """What opened the matter that a sentence belongs to, and the part of it that was opened since; "" where nothing did."""
    path, sub = document.passages[position].section, ""
    own, _ = opened(searchable(document.quote(document.passages[position].span)))
    if own == "matter":
        return ""
    for above in range(position - 1, max(-1, position - 1 - _FARTHEST), -1):
        if document.passages[above].section != path:
            break
        text = document.quote(document.passages[above].span)
        kind, what = opened(searchable(text))
        if kind == "matter":
            return f"{text} {sub}".strip()
        if kind == "part" and not sub and own != "part":
            sub = what
    return sub


@lru_cache(maxsize=20_000)
def opened(folded: str) -> tuple[str, str]:
    """What a folded sentence opens (`matter`, `part` or nothing), and what that is about."""
    match = _OPENS.match(folded)
    if match is None:
        return "", ""
    if len(folded) <= _WHOLE and _WHOLLY.search(folded):
        return "matter", folded
    return ("part", match["what"] or "") if match["what"] else ("", "")
