"""Fold the many spellings of one text into one, and remember where each character came from.

Used wherever words are compared: the index, the question, the gate. Never used on what is quoted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from corpus.caching import remembered

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Radicals that some PDF writers print for the ideographs they look like; NFKC folds the Kangxi ones only.
# Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt.
# NFKC gives some of those in their Chinese form.
_RADICALS = dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻆⻑⻘⻝⻣⻤⻨⻩⻫⻭⻯⻲⼾⾭⿆⿈⿊⿑⿒⿔"),
        "母民虎西角長青食骨鬼麦黄斉歯竜亀戸青麦黄黒斉歯亀",
        strict=True,
    )
)
_RADICAL = re.compile(r"[\u2e80-\u2fdf]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-")
_WAVES = dict.fromkeys(map(ord, "〜∼˜"), "~")
_VOICED = "\uff9e\uff9f"
_UNFOLDED = re.compile(r"[ -%'-~ぁ-んァ-ヶー一-龥、。]{2,}")  # letters that folding leaves as they are
_PER_CENT = re.compile(r"(?<=[0-9〇一二三四五六七八九十]) ?パーセント")
_CONTROL = {"Cc", "Cf", "Cs"}
_CJK = r"[々-〇぀-ヿ㐀-鿿]"
BREAK = "\u2028"  # where a cell's text goes on in the next printed line, in formats whose rows take several
_BROKEN_LINE = re.compile(rf"(?<={_CJK})[^\S\n{BREAK}]*[\n{BREAK}]\s*(?={_CJK})")
# A figure that a printed line cuts: 令和１⏎１年度, １０⏎０万円 (no figure begins with 0), 12,3⏎45.
_CUT_FIGURE = re.compile(
    rf"(?:(?<=[和成][0-9０-９])(?=\s*[\n{BREAK}]\s*[0-9０-９]年)|(?<=[0-9０-９])(?=\s*[\n{BREAK}]\s*[0０][0-9０-９,，]*\s?[千万億兆円人件％%年])"
    rf"|(?<=[,，][0-9０-９])(?=\s*[\n{BREAK}]\s*[0-9０-９]{{2}}(?![0-9０-９]))|(?<=[,，][0-9０-９]{{2}})(?=\s*[\n{BREAK}]\s*[0-9０-９](?![0-9０-９])))"
    rf"\s*[\n{BREAK}]\s*"
)
# A figure that may go on in the next line, where a full line of prose is cut: 60歳以上の方が2⏎3名, 9億4⏎,672万円, 2,970⏎円が.
_GOES_ON = re.compile(
    rf"(?<![0-9０-９.．,，-])[0-9０-９]{{1,2}}[\n{BREAK}](?=[0-9０-９]{{1,2}}(?:[名人件回円％%年月日校台本戸]|か所|万|億))"
    rf"|[0-9０-９][\n{BREAK}](?=[,，][0-9０-９]{{3}})"
    rf"|[0-9０-９][\n{BREAK}](?=(?:[千百十]?[万億兆]?円|[千百十]?[万億兆]|[人名件回％%校台本戸冊点]|か所|団体|世帯)(?![一-龥]))"
)
_FULL_LINE, _KANA = 30, re.compile(r"[ぁ-ん]{2}")
_BROKEN_SPELLED = re.compile(rf"(?<=\s{_CJK})[\n{BREAK}](?={_CJK}\s)")  # 総 合 計 画⏎後 期 計 画
_LETTER = r"[A-Za-z々-〇぀-ヿ㐀-鿿]"
_ORDINAL = r"(?:(?<=第 )[0-9０-９]{1,2}(?= [期次号回])|(?<=[和成] )[0-9０-９]{1,2}(?= 年))"  # 第 ３ 期, 令 和 ７ 年
_SPELLED = re.compile(
    rf"(?<!{_LETTER})(?<![0-9０-９])((?:{_LETTER} )(?:(?:{_LETTER}|{_ORDINAL}) )*{_LETTER})(?!{_LETTER})(?![0-9０-９])"
)
_INSIDE_BRACKETS = re.compile(r"(?<=[（(「『]) +| +(?=[）)」』])")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` after folding; `origins[i]` is the offset in the raw text, `length` long, that `text[i]` came from."""

    text: str
    origins: tuple[int, ...]
    length: int

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets (half open) of `text[start:end]`, whole letters with their voicing marks."""
        last = self.origins[end - 1]
        after = next((origin for origin in self.origins[end:] if origin > last), self.length)
        return self.origins[start], after


def fold_with_origins(raw: str) -> Folded:
    """NFKC, dashes and waves unified, ， as 、 where it parts no figure, control characters turned into blanks, 3.7パーセント as 3.7%; offsets kept."""
    out: list[str] = []
    origins: list[int] = []
    i = 0
    while i < len(raw):
        plain = _UNFOLDED.match(raw, i)
        if plain is not None:  # up to the last letter, which a mark behind it may change
            out.append(raw[i : plain.end() - 1])
            origins.extend(range(i, plain.end() - 1))
            i = plain.end() - 1
        j = i + 1
        entity = _ENTITY.match(raw, i) if raw[i] == "&" else None
        if entity:  # &#9651; is one sign, and its digits are no figure
            j = entity.end()
        while j < len(raw) and (raw[j] in _VOICED or unicodedata.combining(raw[j])):
            j += 1
        piece = (unescape(raw[i:j]) if entity else raw[i:j]).translate(_DASHES).translate(_WAVES).translate(_RADICALS)
        if raw[i] == "，" and not (raw[i - 1 : i].isdecimal() and raw[j : j + 1].isdecimal()):
            piece = "、"  # as official texts print it: no sign inside a figure
        if not "①" <= raw[i] <= "⑳":  # a circled number is a list mark; as a bare digit it would join a figure
            piece = unicodedata.normalize("NFKC", piece)
        for char in piece.translate(_DASHES).translate(_WAVES):
            out.append(" " if unicodedata.category(char) in _CONTROL else char)
            origins.append(i)
        i = j
    text = "".join(out)
    for spelled in reversed(list(_PER_CENT.finditer(text))):
        start, end = spelled.span()
        text = f"{text[:start]}%{text[end:]}"
        origins[start:end] = origins[start : start + 1]
    return Folded(text, tuple(origins), len(raw))


def fold(raw: str) -> str:
    """The folded text alone."""
    if (
        raw.isprintable()
        and not _PER_CENT.search(raw)
        and unicodedata.is_normalized("NFKC", raw)
        and not _ENTITY.search(raw)
    ):
        return raw.translate(_DASHES).translate(_WAVES).translate(_RADICALS)
    return fold_with_origins(raw).text


def as_shown(raw: str) -> str:
    """A text from a font's own table as a reader sees it: the radicals that some writers give for ideographs (⾦, ⺠) as those."""
    if not _RADICAL.search(raw):
        return raw
    return _RADICAL.sub(lambda m: unicodedata.normalize("NFKC", m.group().translate(_RADICALS)), raw)


def join_spelled(text: str) -> str:
    """Join words spelled with blanks between their letters: `み な と 市` → `みなと市`.

    Only runs in which every letter stands alone are joined, so `港区 北区` stays two words.
    """
    joined = _SPELLED.sub(lambda m: m.group(1).replace(" ", ""), text)
    return joined if joined == text else _INSIDE_BRACKETS.sub("", joined)


def strip_tags(raw: str) -> str:
    """Leave out stray HTML tags that an extraction tool left in a cell."""
    return _TAG.sub(" ", raw)


def join_cut_figures(text: str) -> str:
    """Figures that a printed line cuts in two made whole."""
    if "\n" not in text and BREAK not in text:
        return text
    whole, at, pieces = _CUT_FIGURE.sub("", text), 0, []
    for match in _GOES_ON.finditer(whole):
        cut = match.end() - 1
        if runs_on(whole, cut):
            pieces.append(whole[at:cut])
            at = match.end()
    return "".join((*pieces, whole[at:]))


def runs_on(text: str, end: int) -> bool:
    """Whether the line that ends at `end` is a full one of prose, which the next line goes on with."""
    begins = max(text.rfind("\n", 0, end), text.rfind(BREAK, 0, end)) + 1
    return (
        end - begins >= _FULL_LINE and _KANA.search(text, begins, end) is not None and text[end - 1] not in "。」』)）"
    )


@remembered
def tidy(raw: str) -> str:
    """How a cell or heading is shown in a sentence: tags out, entities as their signs, line breaks and double blanks closed, words joined."""
    if raw.isalnum():
        return raw
    whole = _BROKEN_SPELLED.sub(" ", strip_tags(raw) if "<" in raw else raw)
    if "&" in whole:
        whole = _ENTITY.sub(lambda m: unescape(m.group()), whole)
    whole = _BROKEN_LINE.sub("", join_cut_figures(whole))
    return join_spelled(re.sub(r"\s+", " ", whole).strip())


@remembered
def searchable(raw: str) -> str:
    """How a text is searched: `tidy`, then folded."""
    return fold(tidy(raw))
