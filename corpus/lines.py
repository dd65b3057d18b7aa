"""How lines of plain text are set: how wide they are, where they begin, and which of them only draw a rule.

Widths are counted as in print: a full-width letter is as wide as two others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from corpus.folding import fold, searchable, tidy
from corpus.types import Line
from corpus.values import COUNTERS

_RULE = re.compile(r"^(?P<sign>[-－―─━=＝*＊~〜_＿・…‥□■◇◆○●☆★])(?P=sign){3,}[^\w]*(?P<page>[^\W_].{0,9}?)?[^\w]*$")
MARKS = "■□◆◇●○◎▼▽▲△☆★"  # signs that are set before headings
QUESTION = r"(?:問|質問|質疑|Q|Ｑ)[0-9０-９]{0,3}[\s.．:：)）（(]"  # how a question is opened
_NOTE = re.compile(r"^(?:[(\[〈<]?(?:注|備考|資料|出典|出所)[)\]〉>0-9 :.意]|\*|※)")
SENTENCE_END = re.compile(r"[。．!?！？]\s*$")
_PAGE = re.compile(r"^(?:p\.?\s?)?[0-9]{1,3}\s?(?:面|ページ|頁|p)?$", re.I)
_BROKEN_OFF = re.compile(r"[をがはにでとへや、,，]$|(?<!も)の$|(?<!ど)も$|(?:から|まで|より|など|ため)$")
_TOLD = re.compile(r"[:：/／…]|[0-9]\s*(?:[兆億万千百]*円|人|件|%)|[0-9]{2,4}-[0-9]{3,4}")
_UNINDENTED = re.compile(rf"^[^\s（(※*＊・{MARKS}【〈《＜<〔]")
_OPENS = re.compile(rf"^[{MARKS}・【〈《＜<〔]|^{QUESTION}")
# A label and its figure, of which brackets may tell more.
ITEM = re.compile(
    r"^[-*・●○◆◇■□※]?\s*(?P<label>[^\s0-9。、:「」()][^\s。、:「」()]{1,19}(?:\([^()]{1,30}\))?)\s+"
    rf"(?P<value>[▲△-]?[0-9][0-9,.]*(?:[兆億万千][0-9,]*)*\s?(?:{COUNTERS})?)\s*(?:\([^()]*\))?$"
)
BILL = re.compile(r"(?:議案|報告|承認|認定|諮問|同意|請願|陳情|発議)第\s?([0-9]{1,3})\s?号\s+\S")
_HEADING_LIMIT = 40
_PARAGRAPH = 50  # letters of a line that is no less than one
_NEARLY = 0.8  # of a full line
_FEWEST_FULL = 3


def is_wide(letter: str) -> bool:
    """Whether a letter is full-width."""
    return unicodedata.east_asian_width(letter) in "WFA"


def width(text: str) -> int:
    """How many half-widths a text takes."""
    return sum(2 if is_wide(letter) else 1 for letter in text)


def edges(text: str) -> list[int]:
    """Where each letter of a line begins, in half-widths from the margin, and where the last one ends."""
    return list(accumulate((2 if is_wide(letter) else 1 for letter in text), initial=0))


def margin(text: str, lines: Sequence[Line]) -> int:
    """The width of a full line in half-widths: where prose is broken, most lines that break are about as wide."""
    broken = sorted(
        width(raw) for line in lines if (raw := text[line.start : line.end].rstrip()) and _BROKEN_OFF.search(raw)
    )
    return broken[len(broken) // 2] if len(broken) >= _FEWEST_FULL else 0


def is_rule(raw: str) -> bool:
    """Whether a line only parts what stands above from what stands below: ―――――, ━━━ 2面 ━━━."""
    match = _RULE.match(raw.strip())
    return match is not None and (match["page"] is None or _PAGE.match(fold(match["page"].strip())) is not None)


def begins_item(raw: str, above: str) -> bool:
    """Whether a line is a label with its figure, which goes on with no sentence of the line above."""
    return ITEM.match(searchable(raw)) is not None and not _BROKEN_OFF.search(fold(tidy(above)))


def is_short(raw: str, full: int) -> bool:
    """Whether a line ends by itself well before the margin: neither a sentence nor the beginning of one."""
    shown = fold(tidy(raw))
    if not 1 < len(shown) <= _HEADING_LIMIT or SENTENCE_END.search(shown) or _BROKEN_OFF.search(shown):
        return False
    return not full or width(raw.strip()) < _NEARLY * full


def stands_above(raw: str, below: Sequence[str], full: int) -> bool:
    """Whether a line without any mark is the heading of what stands below it, by how both are set.

    It is short, is set flush left, tells no figure, and what stands right below is indented or begins with a mark; where
    a blank line parts them only a mark tells. Where no line is broken, a whole paragraph or a bill below tells it as well.
    """
    if (
        not _UNINDENTED.match(raw)
        or not any(c.isalpha() for c in raw)  # －２－: the number of a page
        or not is_short(raw, full)
        or _TOLD.search(fold(raw))
        or "\u3000\u3000" in raw.strip()
    ):
        return False
    following = next((line for line in below if line.strip()), "")
    opened = bool(_OPENS.match(following.lstrip()))
    beyond = [line for line in below if line.strip()][1:]
    headed = names_a_bill(following, beyond) and _ends_alone(raw)
    if not full and not BILL.match(fold(tidy(raw))) and (headed or _is_paragraph(following, raw)):
        return True
    if not below or not below[0].strip():
        return opened and not is_rule(following)
    remark = following.startswith(("（", "(")) and following.rstrip().endswith(("）", ")"))
    return opened or remark or is_indented(following)


def names_a_bill(raw: str, below: Sequence[str]) -> bool:
    """Whether a line is the name of a bill that what stands below it explains: 議案第44号 …補正予算(第4号)."""
    following = next((line for line in below if line.strip()), "")
    return BILL.match(fold(tidy(raw))) is not None and _is_paragraph(following, raw)


def _is_paragraph(following: str, raw: str) -> bool:
    """Whether a line is prose, a whole paragraph in one line, beside which the line above is short."""
    return bool(SENTENCE_END.search(fold(following))) and len(following) >= max(_PARAGRAPH, 2 * len(raw.strip()))


def _ends_alone(raw: str) -> bool:
    """Whether a line ends with a noun, as names do."""
    return re.search(r"[一-龥ァ-ヶー)）]$", raw.strip()) is not None


def is_indented(raw: str) -> bool:
    """Whether a line begins as a paragraph does: one full-width blank before its first letter."""
    return raw.startswith("\u3000") and raw[1:2].strip() != ""


def is_note(text: str) -> bool:
    """Whether a text is a note under a table (注)…, ※…, 資料:…), not one of its cells."""
    return bool(_NOTE.match(fold(text)))
