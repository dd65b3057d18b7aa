"""What a table itself calls the change from the year before, or its rate."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.english import named_by
from qa.frames import Frame, FrameColumn
from qa.labels import core
from qa.lookup import letters
from qa.synonyms import synonyms_of

_CHANGE = ("比較", "前年度比")  # a member of each group of synonyms: the change, and its rate
# What a table may call either besides: with the year it is reckoned from, and with what is counted.
_CALLED = tuple(
    re.compile(rf"(?:(?:(?:対?前年度?(?:同期|同月)?)?(?:比較|比|から|より)?の?)?{change}|{alone})")
    for change, alone in (
        (r"(?:増減|増加|減少|差引)(?:額|数|量|幅|(?:人|件|世帯)数|人口)?", "対前年度?|前年度?差|前年度?比較"),
        (r"(?:増減|増加|減少|伸び?|変化)率", "対?前年度?比率?"),
    )
)
_ENGLISH = 0.9
_LEFT = re.compile(r"差引")  # of two years the change; of 歳入 and 歳出 what is left


@lru_cache(maxsize=128)
def change_columns(frame: Frame, rate: bool) -> tuple[int, ...]:
    """The columns in which a table itself prints the change from the year before, or its rate."""
    dated = any(column.years for column in frame.columns)
    return tuple(
        c.index for c in frame.columns
        if c.kind == "number" and _is_called(c, rate) and (dated or not _LEFT.match(letters(c.core)))
    )  # fmt: skip


def _is_called(column: FrameColumn, rate: bool) -> bool:
    own = {letters(column.core), letters(core(column.path[-1])) if column.path else "", letters(column.label)}
    english = (named_by(column.label, name) >= _ENGLISH for name in synonyms_of(_CHANGE[rate]))
    return any(says_change(name, rate) for name in own) or any(english)


def says_change(name: str, rate: bool) -> bool:
    """Whether letters are what a table calls the change from the year before, or its rate."""
    return name in synonyms_of(_CHANGE[rate]) or _CALLED[rate].fullmatch(name) is not None
