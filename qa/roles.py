"""What each stretch of a question can mean in a frame: a column asked for, a condition on rows, or where it all belongs.

A stretch is first looked for whole (介護高齢課), then in its longest parts (新規 + 事業), then word by word. Every way
found is an `Option`; which ones go together is decided by `qa.plan`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, product

import msgspec
import numpy as np
from msgspec.structs import replace as changed
from numpy.typing import NDArray

from index.words import content_words
from qa.clauses import asked_columns, headers_saying, named_after
from qa.english import named_by
from qa.explain import SAID_OTHERWISE, SAME_READING, TYPO
from qa.file_names import says_whose, spelled
from qa.fits import IN_LONG_CELL, IN_SHORT_CELL, WHOLE_CELL, level_of
from qa.frames import Frame
from qa.grammar import grammar
from qa.kinds_of_place import rows_of_kind
from qa.labels import TOTAL, core
from qa.lookup import letters, sound_of
from qa.marks import MARKS, marked
from qa.nested_names import holding_parts, nested
from qa.own_headings import headed_otherwise
from qa.pieces import Piece, cuts
from qa.runs import Phrase
from qa.subtotals import made_of
from qa.summed import adding, as_named
from qa.synonyms import other_words
from qa.told_apart import told_apart_first
from qa.types import Question, Term

Mask = NDArray[np.bool_]

# How well a stretch is explained by where it was found.
IN_NAME = 0.97
NAMED_BY_TOTAL = 0.96
IN_HEADER = 1.0
IN_HEADER_PART = 0.9
IN_OUTER_HEADER = 0.9
IN_REMARK = 0.8  # in brackets
_SAME_FIT = 0.03
IN_OWN_HEADING = 0.98
IN_CONTEXT = 0.9
IN_PROSE_BESIDE = 0.75
IN_FILE_NAME = 0.9
NAMED_BY_THE_WAY = 0.8
SAID_SHORTER = 0.9  # 局名 by 局
_NAMING = "名数額"
_MOST_OPTIONS = 7
_MOST_COMBINED = 27
_FADED = 0.93
_LOOSE = 0.97
_COUNTED = re.compile(
    r"^(?:第[0-9]+|[0-9,.]+)(?:[かカヶヵ箇]所|つ|件|社|団体|施設|種類|校|店|会場|回|台|名|本|月|日|時|分|表)$"
)
_CLASSED = "別"
_ANOTHER_PLACE = "[湖川河山岳港湾島城駅滝峠沼浜岬]"  # 諏訪湖 is not what 諏訪市の asks about
_LONG_ENOUGH = 4
_SO_MANY = re.compile(r"[0-9]{1,2}つ")  # 5つの目: how many there are, not the one that bears the number 5
_TORN = 0.85
_MOST_KEPT = 2_000_000  # meanings kept of a frame, times its rows
_FEWEST_KEPT = 64


class Option(msgspec.Struct, frozen=True):
    """One meaning of a phrase. `rows` is the condition it sets (None: none), `columns` those whose header it names,
    `at` the columns its words were found in, `strengths` how well each of its terms is explained.
    """

    rows: Mask | None
    columns: tuple[int, ...]
    at: tuple[int, ...]
    strengths: tuple[float, ...]
    how: str

    @property
    def strength(self) -> float:
        """The sum over its terms, unweighted."""
        return sum(self.strengths)


_WHOSE = ("context", "file name")


def options(frame: Frame, phrase: Phrase, question: Question) -> tuple[Option, ...]:
    """The best ways to understand a phrase in a frame, best first; a way may leave some of its terms unexplained."""
    behind = question.folded[phrase.end :]
    so_many = _SO_MANY.fullmatch(question.folded[phrase.start : phrase.end]) is not None
    return tuple(
        one if (asked := asked_columns(frame, one.columns, behind)) == one.columns else changed(one, columns=asked)
        for one in _options(frame, phrase, question.folded)
        if not (so_many and one.rows is not None)
    )


def _mask(frame: Frame, rows: Iterable[int]) -> Mask:
    """Some rows of a frame."""
    mask = np.zeros(len(frame), dtype=np.bool_)
    mask[list(rows)] = True
    return mask


def consisting_of(frame: Frame, column: int, wanted: str, phrase: Phrase, how: str) -> Option | None:
    """A phrase as the rows whose cell of a column is just that; None where none is."""
    ids = (i for i in frame.texts.holding(wanted) if frame.texts.texts[i] == wanted)
    rows = [row for i in ids for row, at in frame.places[i] if at == column]
    if not rows:
        return None
    return Option(_mask(frame, rows), (), (column,), (WHOLE_CELL,) * len(phrase.terms), how)


@lru_cache(maxsize=256)
def _options(frame: Frame, phrase: Phrase, asked: str) -> tuple[Option, ...]:
    """Kept, because a question is read in several ways and asked again in parts."""
    found: list[Option] = []
    of_kind = rows_of_kind(frame, letters(asked[phrase.start : phrase.end]))
    if of_kind is not None:
        column, rows = of_kind
        every = (IN_NAME,) * len(phrase.terms)
        own = Option(None, (), (), every, "rows") if rows.all() else Option(rows, (), (column,), every, "rows")
        return (own,) if rows.any() else ()
    for cut in cuts(frame, phrase, asked):
        ways = [_piece_options(frame, piece, phrase) for piece in cut]
        if len(ways) > 1:
            ways = [[*way[:2], *way[-1:]] for way in ways]
        for chosen in islice(product(*ways), _MOST_COMBINED):  # never all of them: they grow with every piece
            combined = _combine(chosen, phrase, frame)
            if combined is not None:
                found.append(combined)
    distinct: dict[tuple[object, ...], Option] = {}
    for one in sorted(found, key=lambda o: -o.strength):
        key = (one.columns, None if one.rows is None else one.rows.tobytes())
        distinct.setdefault(key, one)
    return told_apart_first(frame, phrase, tuple(distinct.values())[:_MOST_OPTIONS])


def _piece_options(frame: Frame, piece: Piece, phrase: Phrase) -> list[Option]:
    """Every meaning of one piece; terms outside the piece have strength 0 here."""
    terms = phrase.terms
    start, end = piece.words[0].start, piece.words[-1].end
    inside = [i for i, term in enumerate(terms) if term.start < end and start < term.end]
    torn = piece.letters == _CLASSED and start > phrase.start  # the 別 of 目的別 stands in 性質別 as well
    whole = ("-" in terms[i].surface or ":" in terms[i].surface or _COUNTED.search(terms[i].surface) for i in inside)
    cut = (not start <= terms[i].start < terms[i].end <= end for i in inside)
    torn = torn or any(a and b for a, b in zip(whole, cut, strict=True))
    if torn or not inside:  # the 3 of 1-3 is no figure of its own, nor the 2 of 2か所
        return [Option(None, (), (), (0.0,) * len(terms), "unexplained")]
    term = terms[inside[0]] if len(inside) == 1 else None
    meanings = _meanings(frame, piece, term, is_only_soft(phrase))
    if len(terms) == 1:
        return meanings
    return [
        changed(one, strengths=tuple(one.strengths[0] if i in inside else 0.0 for i in range(len(terms))))
        for one in meanings
    ]


def _meanings(frame: Frame, piece: Piece, term: Term | None, soft: bool) -> list[Option]:
    """Every meaning of one piece, as of one term; kept, because the same words are asked about again and again.

    `term` is the one the piece holds, where it holds one; `soft` whether nothing hangs on its phrase.
    """
    about = None if term is None else (term.surface, term.normal, term.reading, term.pos, term.weight)
    key = ("meanings", piece.anywhere, about, soft)
    found: list[Option] | None = frame.kept.get(key)
    if found is None:
        if len(frame.kept) >= max(_FEWEST_KEPT, _MOST_KEPT // len(frame)):
            frame.kept.clear()
        found = frame.kept[key] = _looked_up(frame, piece, term, soft)
    return found


def _looked_up(frame: Frame, piece: Piece, term: Term | None, soft: bool) -> list[Option]:
    found = [*_header_options(frame, piece, term), *_condition_options(frame, piece, term)]
    if (rows := nested(frame).get(piece.letters)) is not None:
        found.append(Option(_mask(frame, rows), (), (frame.key,), (WHOLE_CELL,), "cell of its whole"))
    if (rows := holding_parts(frame).get(piece.letters)) is not None:
        found.append(Option(_mask(frame, rows), (), (frame.key,), (NAMED_BY_TOTAL,), "cell of its whole"))
    if (
        made := made_of(frame, piece.letters)
    ) is not None:  # 市税 by 市税 合計: its members, not whatever the table holds
        found.append(Option(_mask(frame, made[1]), (), (made[0],), (NAMED_BY_TOTAL,), "cell by its total"))
    else:
        found.extend(_context_options(frame, piece, term))
    if not found and len(piece.letters) >= 2 and piece.letters[-1] in _NAMING:
        shorter = Piece(piece.words, piece.letters[:-1])
        found = [
            changed(one, strengths=tuple(s * SAID_SHORTER for s in one.strengths))
            for one in _looked_up(frame, shorter, term, soft)
            if max(one.strengths) >= IN_SHORT_CELL
        ]
    if not found and len(piece.words) > 1:
        found = _misspelt(frame, piece)
    if not soft:
        own = {one.at for one in found if one.rows is not None and max(one.strengths) >= WHOLE_CELL}
        found.extend(one for one in _synonym_cells(frame, piece) if one.at not in own)
        found.extend(_marked_cells(frame, piece))
    like = _synonym_columns(frame, piece)
    if like:
        found.append(Option(None, like, (), (SAID_OTHERWISE,), "header said otherwise"))
    found.sort(key=lambda o: -o.strength)
    return [*found[:_MOST_OPTIONS], Option(None, (), (), (0.0,), "unexplained")]


def _other_words(piece: Piece) -> list[frozenset[str]]:
    lemmas = [word.normal for word in piece.words if len(piece.words) == 1]
    return other_words("".join(word.surface for word in piece.words), *lemmas)


def _synonym_cells(frame: Frame, piece: Piece) -> list[Option]:
    """Rows whose cell consists of another word for the same thing, 女 for 女性, or whose heading has one for a verb: 現在高 for 残る."""
    rows: dict[int, list[int]] = {}
    done = piece.words[0].pos == "動詞"
    for other in {word for group in _other_words(piece) for word in group} - {piece.letters}:
        for i in frame.texts.holding(other):
            for row, column in frame.places[i]:
                if frame.texts.texts[i] == other or (done and other[1:] and frame.columns[column].role == "heading"):
                    rows.setdefault(column, []).append(row)
    found = []
    for column, members in rows.items():
        found.append(Option(_mask(frame, members), (), (column,), (SAID_OTHERWISE,), "cell said otherwise"))
    return found


def _marked_cells(frame: Frame, piece: Piece) -> list[Option]:
    """Rows that a table marks with one letter for the word: 【新】 for 新規."""
    found = []
    for column, rows in marked(frame).get(MARKS.get(piece.letters, ""), {}).items():
        found.append(Option(_mask(frame, rows), (), (column,), (IN_NAME,), "cell by its mark"))
    return found


def _header_fit(frame: Frame, column: int, wanted: str) -> float:
    """How well a header is named by letters it holds: whole, in its core, or only in a remark."""
    at = frame.columns[column]
    leaf = letters(core(at.path[-1])) if at.path else letters(at.core)
    own = next((one for one in (leaf, *((letters(at.core),) if TOTAL.fullmatch(leaf) else ())) if wanted in one), "")
    if not own:
        return IN_OUTER_HEADER if wanted in letters(at.core) else IN_REMARK
    return IN_HEADER_PART + (IN_HEADER - IN_HEADER_PART) * len(wanted) / len(own)


def _around_fit(frame: Frame, piece: Piece, term: Term | None) -> float:
    """How well what the frame belongs to explains a piece: its own heading or caption better than those further out."""
    ids = set(frame.around.holding(piece.letters)) or (set(frame.around.find(term)) if term is not None else set())
    if not ids:
        beside = frame.beside.holding(piece.letters) or (term is not None and frame.beside.find(term))
        return IN_PROSE_BESIDE if beside else 0.0
    if _headed_otherwise(frame, piece, term):
        return 0.0
    nearest = len(frame.context) - 1
    return IN_OWN_HEADING if ids & {nearest, nearest - 1} and nearest >= 0 else IN_CONTEXT


def _headed_otherwise(frame: Frame, piece: Piece, term: Term | None) -> bool:
    """Whether another heading of the document is just this word, whatever the title of all of it says."""
    said = {piece.letters, letters(term.surface) if term is not None else piece.letters}
    return any(headed_otherwise(frame.document, frame.table, one) for one in said)


def _misspelt(frame: Frame, piece: Piece) -> list[Option]:
    """A whole compound with a letter or two wrong, or written in kana: headers and names only."""
    headers = frame.headers.near(piece.letters) if len(piece.letters) >= _LONG_ENOUGH else {}
    if headers:
        return [Option(None, tuple(headers), (), (TYPO,), "header with a typo")]
    sound = "".join(sound_of(word) for word in piece.words)
    heard = [r for r, own in enumerate(frame.sounds) if len(sound) >= _LONG_ENOUGH and sound in own]
    if "一" <= piece.letters[0] <= "龥":  # written as it is meant; in kana it may be cut anywhere
        heard = [r for r in heard if _begins_a_word(sound, frame.name(r))]
    if not heard:
        return []
    return [Option(_mask(frame, heard), (), (frame.key,), (SAME_READING,), "name by its sound")]


def _begins_a_word(sound: str, name: str) -> bool:
    """Whether a sound is heard from the beginning of a word on: スイドウ of 水道事業 is only the middle of 下水道事業."""
    said = [sound_of(word) for word in content_words(name)]
    return any("".join(said[i:]).startswith(sound) for i in range(len(said)))


def _header_options(frame: Frame, piece: Piece, term: Term | None) -> list[Option]:
    """Columns whose header a piece names, in Japanese or through the English of open data."""
    named = {c: _header_fit(frame, c, piece.letters) for c in frame.headers.holding(piece.letters)}
    named |= dict.fromkeys(named_after(frame, piece.letters) | adding(frame, piece.letters), IN_HEADER)
    if term is not None:
        named = {**{c: s * IN_HEADER_PART for c, s in frame.headers.find(term).items()}, **named}
    english = {c.index: named_by(c.label, piece.letters) for c in frame.columns if c.label.isascii() and c.label}
    found = []
    for fits, how in ((named, "header"), (english, "English header")):
        best = max(fits.values(), default=0.0)
        if best > 0.0:
            found.append(Option(None, as_named(frame, fits, best, _SAME_FIT), (), (best,), how))
    return found


def _condition_options(frame: Frame, piece: Piece, term: Term | None) -> list[Option]:
    """Conditions on rows. A plain word is none, unless a cell is just this word (計); and where the table's own heading
    says the same, a row that happens to repeat it is not meant by itself.
    """
    called = named_after(frame, piece.letters)  # 町 asks for every 町名, not for those that end in the word
    cells = [
        one for one in _cell_options(frame, piece, term)
        if max(one.strengths) >= WHOLE_CELL or not called & set(one.at)
    ]  # fmt: skip
    if term is not None and is_soft(term):
        return [one for one in cells if max(one.strengths) >= WHOLE_CELL]
    fade = _FADED if _around_fit(frame, piece, term) >= IN_OWN_HEADING else 1.0
    return [
        one if max(one.strengths) >= WHOLE_CELL else changed(one, strengths=tuple(s * fade for s in one.strengths))
        for one in cells
    ]


def _context_options(frame: Frame, piece: Piece, term: Term | None) -> list[Option]:
    """What the whole frame belongs to: its headings, caption, title; else its file's name."""
    if near := _around_fit(frame, piece, term):
        return [Option(None, (), (), (near,), "context")]
    cell = any(frame.texts.texts[i] == piece.letters for i in frame.texts.holding(piece.letters))
    if not (cell or _headed_otherwise(frame, piece, term)) and spelled(frame.document.id, piece.words):
        return [Option(None, (), (), (IN_FILE_NAME,), "file name")]
    return []


def _cell_options(frame: Frame, piece: Piece, term: Term | None) -> list[Option]:
    scores: dict[int, dict[int, float]] = {}  # column → row → how well
    mentioned = NAMED_BY_THE_WAY if says_whose(frame.document, piece.letters, piece.words) else 1.0
    ids = dict.fromkeys(frame.texts.holding(piece.letters), 1.0)
    if term is not None:
        ids = {**frame.texts.find(term), **ids}
    exact = any(frame.texts.texts[i] == piece.letters for i in ids)
    another = re.compile(re.escape(piece.words[0].surface) + _ANOTHER_PLACE)
    for i, found in ids.items():
        how = level_of(frame.texts.texts[i], piece.letters) * found
        loose = how < WHOLE_CELL or (
            exact and frame.texts.texts[i] != piece.letters
        )  # 三宮・花時計前 beside 三宮 itself
        if mentioned < 1.0 and another.search(frame.texts.texts[i]):
            continue
        for row, column in frame.places[i]:
            if (
                piece.letters.isdecimal()
                and frame.columns[column].kind == "date"
                and frame.texts.texts[i] != piece.letters
            ):
                continue  # the 3 of 要介護3 is not that of 3月31日
            level = (how + IN_NAME * found) / 2 if column == frame.key and loose else how
            level *= mentioned if how < WHOLE_CELL else 1.0
            scores.setdefault(column, {})[row] = level
    result = []
    for column, rows in scores.items():
        best = max(rows.values())
        partial = max((level for level in rows.values() if level < WHOLE_CELL), default=0.0)
        # Those that merely mention it mean something else where some consist of just this, most likely.
        floors = [(WHOLE_CELL, best)] if best >= WHOLE_CELL and (column != frame.key or partial) else []
        if not floors or partial >= IN_SHORT_CELL or column == frame.key:
            loosely = min(best, partial) if floors and column != frame.key else best
            floors.append((min(best, IN_LONG_CELL) * 0.9, loosely * (_LOOSE if floors else 1.0)))
        for floor, how_well in floors:
            mask = _mask(frame, [row for row, level in rows.items() if level >= floor])
            result.append(Option(mask, (), (column,), (how_well,), "cell"))
    result.sort(key=lambda o: -o.strength)
    return result


def _combine(chosen: Sequence[Option], phrase: Phrase, frame: Frame) -> Option | None:
    """Pieces of one phrase hold together: their conditions all apply."""
    rows: Mask | None = None
    for one in chosen:
        if one.rows is not None:
            rows = one.rows if rows is None else rows & one.rows
    if rows is not None and not rows.any():
        return None
    strengths = tuple(max(one.strengths[i] for one in chosen) for i in range(len(phrase.terms)))
    columns = tuple(dict.fromkeys(c for one in chosen for c in one.columns))
    at = tuple(dict.fromkeys(c for one in chosen for c in one.at))
    hows = [one.how for one in chosen if any(one.strengths)]
    if len(hows) > 1:  # a compound whose halves are explained by different things is seldom meant so
        firm = [i for i, term in enumerate(phrase.terms) if not is_soft(term)]
        said = [_said_by(one, frame) for one in chosen if any(one.strengths[i] for i in firm)]
        if phrase.terms[0].weight >= 1.0 and said[0] in _WHOSE:
            said = said[1:]  # 高松市 in 高松市環境課 says whose office it is
        if len(set(said)) > 1:
            strengths = tuple(s * _TORN for s in strengths)
    how = " + ".join(hows) or "unexplained"
    return Option(rows, columns, at, strengths, how)


def _said_by(one: Option, frame: Frame) -> str:
    """By what an option's words are explained; one heading below another is no other kind of place (1 総括 › (歳出))."""
    headings = one.how == "cell" and all(frame.columns[c].role == "heading" for c in one.at)
    return "context" if headings else one.how


def _synonym_columns(frame: Frame, piece: Piece) -> tuple[int, ...]:
    found: list[int] = []
    for others in _other_words(piece):
        for other in sorted(others):
            found.extend(c for c in headers_saying(frame, other) if c not in found)
    return tuple(found)


def is_only_soft(phrase: Phrase) -> bool:
    """Whether a phrase sets no condition of its own."""
    return all(is_soft(term) for term in phrase.terms)


def is_soft(term: Term) -> bool:
    """Whether a term only names a kind of thing, so that nothing hangs on it."""
    return term.normal in grammar().soft or term.surface in grammar().soft
