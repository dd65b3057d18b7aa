"""Words printed letter by letter over the width of their column (地　方　譲　与　税) → words.

Budgets and statistics set the names of a column to one width, so that a short name is drawn out: 市 … 税, 本 年 度. Letters that
stand alone, side by side and evenly apart, are one word, unless each of them is a label of its own (男 女 計).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Printed = dict[str, Any]
"""A printed word: its `text`, its edges `x0` and `x1` in points (or half-widths of a line of text), and where it is drawn out how wide a `letter` of it is."""

# Letters that tables print by themselves: as a header, or for what is so.
_ALONE = frozenset(
    "男女計款項目節年月日時分秒県市町村区府都道国款他大中小上下左右前後有無可否良新継廃済未東西南北春夏秋冬金土木水火曜公私正副甲乙丙丁優秀円人件"
)
# What heads the columns of accounts, drawn out so that one such word touches the next.
HEADERS = (
    "本年度予算額", "前年度予算額", "本年度", "前年度", "当年度", "予算額", "決算額", "予算現額", "増減額", "増減率", "構成比", "比較", "増減", "金額", "区分",
    "款", "説明", "摘要", "備考", "科目", "財源内訳", "特定財源", "一般財源", "合計", "歳入", "歳出",
)  # fmt: skip
_EVEN = 1.35  # the widest gap over the narrowest between letters of one word
_SLACK = 2.0  # points by which gaps may differ however narrow they are
_WIDEST = 22  # letters; further apart, two letters are not one word


def joined(line: Sequence[Printed]) -> list[Printed]:
    """The words of a printed line from left to right, those drawn out put together."""
    found: list[Printed] = []
    run: list[Printed] = []
    for word in line:
        if len(word["text"]) == 1 and _is_letter(word["text"]):
            run.append(word)
            continue
        found += [*_words(run), word]
        run = []
    return [*found, *_words(run)]


def _is_letter(text: str) -> bool:
    return "一" <= text <= "龥" or "ぁ" <= text <= "ヺ" or text in "々ー"


def _words(run: list[Printed]) -> list[Printed]:
    """A run of single letters as the words it is made of."""
    if len(run) < 2:
        return run
    whole = "".join(word["text"] for word in run)
    parts = as_headers(whole)
    if len(parts) > 1:
        found, at = [], 0
        for part in parts:
            found += _words(run[at : at + len(part)])
            at += len(part)
        return found
    gaps = [after["x0"] - before["x1"] for before, after in pairwise(run)]
    narrow, wide = min(gaps), max(gaps)
    if len(run) > 2 and wide > narrow * _EVEN + _SLACK:
        cut = gaps.index(wide) + 1
        return [*_words(run[:cut]), *_words(run[cut:])]
    width = min(word["x1"] - word["x0"] for word in run)
    apart = whole not in HEADERS and all(letter in _ALONE for letter in whole)
    if wide > _WIDEST * width or apart:
        return run
    return [{**run[0], "text": whole, "x1": run[-1]["x1"], "letter": width}]


def as_headers(text: str) -> list[str]:
    """Letters as the headers that they are made of, where they are nothing else; else as they are."""
    found, at = [], 0
    while at < len(text):
        header = next((one for one in HEADERS if text.startswith(one, at)), None)
        if header is None:
            return [text]
        found.append(header)
        at += len(header)
    return found
