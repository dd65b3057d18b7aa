"""Questions with one right text and several that only look right, from public data: the reader's general stage.

JaQuAD train (CC BY-SA 3.0): the sentence that holds the answer among sentences of its article that share the question's
letters. NTCIR-16 PoliInfo-3: a speaker's reply among others of the meeting; a project's figure, office or description
among its other cells and its neighbours' cells. NTCIR-18 U4 train (出典: EDINET): a cell among near cells of its table.
A question whose word is exchanged has one text, and that is wrong.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qa.intersect_grid import Grid
from qa.intersect_values import is_figure
from qa.training.data import Example, read_examples
from qa.training.prose_examples import read_articles
from qa.training.reader_start import read_json

SEED = 7
CELLS = 6500  # questions of U4
# What a question of each kind weighs in training.
KINDS = {"article": 1.0, "article swapped": 0.4, "reply": 0.7, "cell": 0.7, "budget": 0.7}
_AS_SENTENCE = 0.7  # of the questions about cells, so many are answered in a sentence, the others by label:value
_NAMES = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{2,}|[0-9]{1,4}(?=年|月|日|人|つ)|[A-Za-z]{2,}")
_SENTENCE = re.compile(r"[^。\n]*(?:。|\n|$)")
_SHORTEST = 4  # letters of a sentence
_KATAKANA = re.compile(r"[ァ-ヺ]")
# What asks or is in every other question is not exchanged.
_NO_NAMES = frozenset(
    {
        "何年", "何月", "何日", "何人", "何歳", "場合", "名前", "理由", "誰", "目的", "最初", "現在", "以下", "以上", "日本",
        "一番", "時点", "言葉", "人物",
    }
)  # fmt: skip
# Columns of the budgets: label, and how each is asked for.
_ASKED = {
    "budget": ("予算額", "{}の予算額はいくらですか", "{}にはいくら計上されていますか", "{}の予算を教えて", "{}の事業費はいくら"),
    "department": ("担当課", "{}の担当課はどこですか", "{}を担当するのはどの部署ですか", "{}の所管はどこ"),
    "description": ("概要", "{}はどのような事業ですか", "{}の内容を教えてください", "{}では何をしますか"),
    "budgetLastYear": ("前年度予算額", "{}の前年度の予算額はいくらですか", "{}の昨年度予算は"),
}  # fmt: skip
_LOOKED_THROUGH = 80  # budget items among which the most similar names are sought
_REPLIES = 60  # and replies


@dataclass(frozen=True, slots=True)
class Group:
    """A question and texts that could answer it; the first is right, or none is where the question is `unanswered`."""

    kind: str
    question: str
    texts: tuple[str, ...]
    unanswered: bool = False

    @property
    def right(self) -> tuple[bool, ...]:
        """Which texts answer."""
        return tuple(i == 0 and not self.unanswered for i in range(len(self.texts)))

    @property
    def weight(self) -> float:
        """What the question weighs in training."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: what its table is called, its row, its column and what it says."""

    table: str
    row: str
    column: str
    value: str

    def told(self, as_sentence: bool) -> str:
        said = (
            f"{self.row}の{self.column}は{self.value}です。"
            if as_sentence
            else f"{self.row}|{self.column}:{self.value}"
        )
        return f"{self.table}|{said}"


def groups(data: Path, without: Collection[str] = (), most: int | None = None) -> list[Group]:
    """All of them, or so many of each source, in a fixed order; no question on an article whose title is in `without`."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    articles = read_articles(data / "jaquad" / "train.jsonl.gz")
    sources = (
        of_articles({title: own for title, own in articles.items() if title not in without}, dice),
        of_replies(read_json(data / "poliinfo" / "assembly-qa.json.gz"), dice),
        of_budgets(read_json(data / "poliinfo" / "budget-items.json.gz"), dice),
        of_tables(read_examples(data / "u4"), dice),
    )
    return [one for source in sources for one in itertools.islice(source, most)]


def of_articles(articles: dict[str, list[dict[str, Any]]], dice: random.Random) -> Iterator[Group]:
    """Of each question the sentence with the answer, three that share most letters, one of the paragraph, one of another
    article; and the question with a word exchanged.
    """
    elsewhere: list[str] = []
    for title in sorted(articles):
        own = articles[title]
        sentences = [
            (number, m.start(), m.end(), m.group().strip())
            for number, paragraph in enumerate(own)
            for m in _SENTENCE.finditer(paragraph["context"])
            if len(m.group().strip()) >= _SHORTEST
        ]
        common = Counter(pair for *_, text in sentences for pair in _pairs(text))
        asked = [(number, question) for number, paragraph in enumerate(own) for question in paragraph["questions"]]
        names = sorted({m.group() for _, q in asked for m in _NAMES.finditer(q["question"])} - _NO_NAMES)
        for number, question in asked:
            text, answer = question["question"], question["answers"][0]
            right = next((s for s in sentences if s[0] == number and s[1] <= answer["start"] < s[2]), None)
            if right is None:
                continue
            wrong = _nearest(text, answer["text"], right, sentences, common, dice)
            if elsewhere:
                wrong.append(dice.choice(elsewhere))
            elsewhere.append(right[3])
            yield Group("article", text, _once(f"{title}|{one}" for one in (right[3], *wrong)))
            other = _exchanged(text, names, dice)
            if other is not None and other != text:
                yield Group("article swapped", other, (f"{title}|{right[3]}",), unanswered=True)


def _nearest(
    text: str, answer: str, right: tuple[int, int, int, str], sentences: Sequence[tuple[int, int, int, str]],
    common: Counter[str], dice: random.Random,
) -> list[str]:  # fmt: skip
    """Sentences that do not hold the answer: those with most and rarest pairs of letters of the question for their
    length, and one more of the same paragraph.
    """
    asked = _pairs(text)
    scored = []
    for one in sentences:
        if one is not right and not (len(answer) > 1 and answer in one[3]):
            held = _pairs(one[3])
            score = sum(1 / common[pair] for pair in asked & held) / (len(held) + 15) ** 0.5
            scored.append((-score, dice.random(), one))
    scored.sort(key=lambda own: own[:2])
    beside = [one[3] for *_, one in scored[3:] if one[0] == right[0]]
    return [one[3] for *_, one in scored[:3]] + ([dice.choice(beside)] if beside else [])


def _exchanged(question: str, names: Sequence[str], dice: random.Random) -> str | None:
    """The question with a name, a noun or a figure exchanged for one that the article's other questions hold."""
    found = [m for m in _NAMES.finditer(question) if m.group() not in _NO_NAMES and not m.group().startswith("何")]
    if not found:
        return None
    match = dice.choice(found)
    if match.group().isdigit():
        new = str(max(1, int(match.group()) + dice.choice((-3, -2, -1, 1, 2, 3, 10))))
    else:
        foreign = bool(_KATAKANA.match(match.group()))
        like = [n for n in names if n not in question and bool(_KATAKANA.match(n)) == foreign and not n.isdigit()]
        if not like:
            return None
        new = dice.choice(like)
    return question[: match.start()] + new + question[match.end() :]


def of_replies(asked: Sequence[dict[str, Any]], dice: random.Random) -> Iterator[Group]:
    """Of each question in an assembly its reply, others on the same matter, others that share most letters, and any one.

    Half of the replies have their matter before them, the others who spoke.
    """
    complete = [one for one in asked if one["QuestionSummary"] and one["AnswerSummary"]]
    meetings = defaultdict(list)
    for one in complete:
        meetings[one["Meeting"]].append(one)
    for one in complete:
        text = f"{one['SubTopic']}について、{one['QuestionSummary']}"
        others = [o for o in meetings[one["Meeting"]] if o["AnswerSummary"] != one["AnswerSummary"]]
        same = [o for o in others if o["SubTopic"] == one["SubTopic"]]
        others = [o for o in others if o["SubTopic"] != one["SubTopic"]]
        others = dice.sample(others, min(_REPLIES, len(others)))
        others.sort(key=lambda o: -len(_pairs(text) & _pairs(o["AnswerSummary"])))
        wrong = dice.sample(same, min(2, len(same))) + others[:2] + ([dice.choice(others)] if others else [])
        before = "SubTopic" if dice.random() < 0.5 else "AnswerSpeaker"
        yield Group("reply", text, _once(f"{o[before]}|{o['AnswerSummary']}" for o in (one, *wrong)))


def of_budgets(found: Any, dice: random.Random) -> Iterator[Group]:
    """Of each cell of a budget's projects the project's other cells, and the same cell of two with a similar name."""
    rows = [row for row in _budget_rows(found) if row["budgetItem"]]

    def cell(row: dict[str, Any], key: str) -> _Cell:
        return _Cell(row.get("budgetTitle") or "", row["budgetItem"], _ASKED[key][0], str(row[key]))

    for row in rows:
        name = row["budgetItem"]
        for key, (_, *forms) in _ASKED.items():
            if not row.get(key):
                continue
            near = dice.sample(rows, min(_LOOKED_THROUGH, len(rows)))
            near = [one for one in near if one.get(key) and one["budgetItem"] != name]
            near.sort(key=lambda one: -len(_pairs(one["budgetItem"]) & _pairs(name)))
            wrong = [cell(row, other) for other in _ASKED if other != key and row.get(other)]
            wrong += [cell(one, key) for one in near[:2]]
            yield _of_cells("budget", dice.choice(forms).format(name), [cell(row, key), *wrong], dice)


def _budget_rows(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict) and "budgetItem" in found:
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _budget_rows(one)


def of_tables(asked: Sequence[Example], dice: random.Random, most: int = CELLS) -> Iterator[Group]:
    """Of each question on a table the cell, three near ones (of the same column or row before others), and any two."""
    for one in dice.sample(asked, min(most, len(asked))):
        places = [(int(r), int(c)) for r, c in zip(*np.nonzero(one.grid.layout.candidates), strict=True)]
        places.remove((one.row, one.column))

        def far(place: tuple[int, int], own: Example = one) -> float:
            rows, columns = abs(place[0] - own.row), abs(place[1] - own.column)
            return rows * (1 if place[1] == own.column else 3) + columns * 1.5 + dice.random() * 2

        places.sort(key=far)
        cells = [_labelled(one.grid, one.row, one.column)]
        for place in places:
            if len(cells) > 3:  # the right one and three near ones
                break
            _add(cells, _labelled(one.grid, *place))
        for place in dice.sample(places, min(2, len(places))):
            _add(cells, _labelled(one.grid, *place))
        yield _of_cells("cell", one.question, cells, dice)


def _labelled(grid: Grid, row: int, column: int) -> _Cell:
    """A cell with the last two labels left of it, the last three headers above it, and what stands before the table."""
    numbers = [grid.cells[row][c] for c in range(column)]
    rows = dict.fromkeys(grid.texts[n] for n in numbers if n and not is_figure(grid.texts[n]))
    numbers = [grid.cells[r][column] for r in range(row) if grid.layout.header[r]]
    columns = dict.fromkeys(grid.texts[n] for n in numbers if n)
    before = grid.before.replace("\n", " ")[-30:]
    return _Cell(before, " ".join([*rows][-2:]), " ".join([*columns][-3:]), grid.texts[grid.cells[row][column]])


def _add(cells: list[_Cell], new: _Cell) -> None:
    """Add a cell, unless its labels are those of the right one or it is there."""
    if (new.row, new.column) != (cells[0].row, cells[0].column) and new not in cells:
        cells.append(new)


def _of_cells(kind: str, question: str, cells: Sequence[_Cell], dice: random.Random) -> Group:
    as_sentence = dice.random() < _AS_SENTENCE
    return Group(kind, question, _once(one.told(as_sentence) for one in cells))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once: articles repeat sentences, and what is right cannot be wrong too."""
    return tuple(dict.fromkeys(texts))


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring letters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
