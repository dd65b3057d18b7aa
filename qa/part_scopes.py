"""How far what one part of a question says holds for the others: whose it is, of which year, the change of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable
from corpus.values import find_periods
from qa.lookup import letters
from qa.several_parts import EACH, Parts
from qa.types import Evidence

_WHICH_OF = re.compile(r"(?P<one>[^、。はがのと\s]{2,})と[^、。はがと]{2,16}?(?:では|で|の)?(?:は)?[、,]?どちら")
# 前年度からの増加額は: the change of what was asked before.
_CHANGE_ALONE = re.compile(
    r"(?:[^、。?の]{0,6}年度?(?:から|比|との|より|に対する|と比べた|に比べた)の?)?(?:増加|減少|増減|伸び)(?:額|率|数|幅)(?![一-龥])"
)
_ASKS_ITSELF = re.compile(r"は?(?:いくら|何)?[?。]?$|は")
_BARE = re.compile(
    r"(?P<noun>[一-龥ァ-ヶー]{2,12}?)(?:の(?:合計|総)?(?:額|数)?)?(?:は|が)?(?:いくら|何[^、。?]{1,3})?(?:です)?[?。]?"
)
_HAS_ITS_OWN = re.compile(r"[一-龥ァ-ヶー]の[一-龥ァ-ヶー]")  # 旅券の発行件数
_OF_SOMETHING = re.compile(r"[がを][^、。?]{1,12}[るたうくす](?=[一-龥0-9])")
ENDS_INSIDE = re.compile(r"[。?].{4,}")


def out_of_scope(parts: Parts, text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether what answers the parts, each by its `evidence`, is of something else than the question as a whole asks of."""
    two = _WHICH_OF.search(searchable(text)) if parts.how == EACH else None
    if _changes_another(parts) or (two is not None and _torn(two["one"], parts)):
        return True
    return not parts.subject and any(_belongs(parts, i, one) for i, one in enumerate(evidence))


def of_the_year(parts: Parts, text: str) -> list[str]:
    """The later parts that say no year and not whose they are, asked of the one that the first part of the same sentence says:
    they are of it too.
    """
    periods = find_periods(searchable(parts.questions[0])) if not ENDS_INSIDE.search(searchable(text)) else ()
    later = parts.questions[1:] if len(periods) == 1 and parts.how == EACH else ()
    bare = (one for one in later if not find_periods(searchable(one)) and not _HAS_ITS_OWN.search(searchable(one)))
    return [f"{periods[0].text}の{one}" for one in bare]


def _torn(one: str, parts: Parts) -> bool:
    """Whether the part that asks which of two it is does not name the first of them."""
    return any("どちら" in part and one not in searchable(part) for part in parts.questions)


def _changes_another(parts: Parts) -> bool:
    """Whether a part asks only by how much something grew, and is not asked of just what the first part asks for: of 歳入総額と
    前年度からの増加額 the second is that of 歳入総額.
    """
    first, *others = (question.removeprefix(parts.subject).lstrip("の") for question in parts.questions)
    return not _ASKS_ITSELF.match(first) and any(_CHANGE_ALONE.match(searchable(other)) for other in others)


def _belongs(parts: Parts, i: int, evidence: Evidence) -> bool:
    """Whether a part is a bare noun behind one that is asked of something (Xが受け取る補助金と指定管理料), and what answers it
    is not called just that: it is asked of the same, which nothing says here.
    """
    bare = _BARE.fullmatch(searchable(parts.questions[i]))
    if i == 0 or bare is None or not _OF_SOMETHING.search(searchable(parts.questions[0])):
        return False
    called = {letters(one) for one in (evidence.name, *evidence.attribute, *evidence.subject) if one}
    return letters(bare["noun"]) not in called
