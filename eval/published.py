"""Our figures on public sets beside published ones: measured again and compared, so that no table is only believed.

`published.toml` holds the figures; the table in docs/evaluation.md is made of it (a test keeps them the same).
"""

from __future__ import annotations

import tempfile
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import ir_measures
import msgspec

from corpus import TashikaError
from eval import u4
from eval.retrieval import MEASURES, Beir, beir_of, indexed, ranking
from eval.sets import SETS, NoData, make_set
from index import load_encoder
from index.search import DEPTH

FIGURES = Path(__file__).parent / "published.toml"
# What a system of the table is. The first is Tashika's own.
SYSTEMS = {
    "hybrid": "**Tashika**, search alone",
    "cells": "**Tashika**, the cell chosen (`python -m eval u4`)",
    "bm25": "plain BM25 (bm25s as it comes, pairs of letters)",
}


class BadFigures(TashikaError):
    """A table of figures that cannot be read, or a set it does not hold."""


class Published(msgspec.Struct, frozen=True):
    """Figures that others published of a system, by measure, and where."""

    system: str
    figures: dict[str, float]
    source: str


class Reproduced(msgspec.Struct, frozen=True):
    """Figures of one of SYSTEMS that our command measures."""

    system: str
    figures: dict[str, float]


class PublicSet(msgspec.Struct, frozen=True):
    """A public set: how its data is measured (`retrieval`, `u4`), with what, and how far a figure may be off."""

    name: str
    title: str
    data: str
    measures: tuple[str, ...]
    within: float
    reproduced: tuple[Reproduced, ...]
    remark: str = ""
    published: tuple[Published, ...] = ()


class _File(msgspec.Struct, frozen=True):
    set: tuple[PublicSet, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One figure measured again."""

    set: str
    system: str
    measure: str
    recorded: float
    measured: float
    within: float

    @property
    def differs(self) -> bool:
        """Whether it is another one than recorded."""
        return abs(self.measured - self.recorded) > self.within


def read_figures(path: Path = FIGURES, only: Sequence[str] = ()) -> tuple[PublicSet, ...]:
    """The sets of a table of figures; `only` those of these names.

    Raises:
        BadFigures: it cannot be read, names a set or a system that nobody can measure, or a name of `only` is not there.

    """
    try:
        sets = msgspec.convert(tomllib.loads(path.read_text("utf-8")), type=_File).set
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.MsgspecError) as error:
        raise BadFigures(f"公表値の表「{path}」を読めません({error})。") from error
    for one in sets:
        known = ("cells",) if one.data == "u4" else ("hybrid", "bm25")
        if one.data not in MEASURED or (one.data == "retrieval" and one.name not in SETS):
            raise BadFigures(f"公表値の表「{path}」の「{one.name}」は測り方が分かりません。")
        for given in one.reproduced:
            if given.system not in known or given.figures.keys() != set(one.measures):
                raise BadFigures(
                    f"公表値の表「{path}」の「{one.name}」の「{given.system}」に知らない名前か指標があります。"
                )
    missing = [name for name in only if name not in {one.name for one in sets}]
    if missing:
        raise BadFigures(
            f"「{missing[0]}」は公表値の表にありません。{'・'.join(one.name for one in sets)} から選んでください。"
        )
    return tuple(one for one in sets if not only or one.name in only)


def check(sets: Sequence[PublicSet], data: Path) -> Iterator[Checked]:
    """Measure every figure of ours again.

    Raises:
        NoData: a file of a set is missing under `data`.

    """
    for one in sets:
        measured = MEASURED[one.data](one, data)
        for given in one.reproduced:
            for name in one.measures:
                found = measured[given.system][name]
                yield Checked(one.name, given.system, name, given.figures[name], found, one.within)


def _retrieval(one: PublicSet, data: Path) -> Mapping[str, Mapping[str, float]]:
    beir = beir_of(make_set(one.name, data))
    found = {}
    for given in one.reproduced:
        run = list(
            plain_bm25(beir) if given.system == "bm25" else ranking(beir, indexed(beir, load_encoder()), given.system)
        )
        means = ir_measures.calc_aggregate(MEASURES, beir.qrels, run)
        found[given.system] = {str(measure): float(value) for measure, value in means.items()}
    return found


def plain_bm25(beir: Beir) -> Iterator[ir_measures.ScoredDoc]:
    """The ranking of bm25s as it comes (Lucene's formula, k1 1.5, b 0.75) over pairs of letters."""
    index = bm25s.BM25(k1=1.5, b=0.75)
    index.index([_pairs(text) for text in beir.passages.values()], show_progress=False)
    asked = [_pairs(text) for text in beir.queries.values()]
    depth = min(DEPTH, len(beir.passages))
    places, scores = index.retrieve(asked, k=depth, n_threads=1, show_progress=False)
    ids = tuple(beir.passages)
    for query, row, scored in zip(beir.queries, places, scores, strict=True):
        for place, score in zip(row, scored, strict=True):
            yield ir_measures.ScoredDoc(query, ids[place], float(score))


def _pairs(text: str) -> list[str]:
    letters = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return [letters[n : n + 2] for n in range(len(letters) - 1)]


def _u4(_: PublicSet, data: Path) -> Mapping[str, Mapping[str, float]]:
    tables, questions = data / "u4" / "valid_tables.jsonl.gz", data / "u4" / "valid_questions.jsonl"
    for path in (tables, questions):
        if not path.is_file():
            raise NoData(f"「{path}」がありません。公開データのフォルダーを --data に指定してください。")
    with tempfile.TemporaryDirectory(prefix="tashika-") as folder:
        found = u4.run(tables, questions, Path(folder) / "predictions.jsonl")[1]
    if found is None:
        raise NoData(f"「{questions}」に正解がありません。valid の質問を置いてください。")
    return {"cells": {"value": found.values, "cell": found.cells}}


MEASURED: dict[str, Callable[[PublicSet, Path], Mapping[str, Mapping[str, float]]]] = {
    "retrieval": _retrieval,
    "u4": _u4,
}


def table(sets: Sequence[PublicSet]) -> str:
    """The recorded and the published figures in Markdown, the command that reproduces ours above each table."""
    parts = []
    for one in sets:
        lines = [f"**{one.title}.** `python -m eval published --only {one.name}`"]
        lines += ["", "| | " + " | ".join(one.measures) + " | from |", "|---" * (len(one.measures) + 2) + "|"]
        lines += [_row(one, SYSTEMS[ours.system], ours.figures, "measured here") for ours in one.reproduced]
        lines += [_row(one, other.system, other.figures, other.source) for other in one.published]
        parts.append("\n".join([*lines, *(["", one.remark] if one.remark else [])]))
    return "\n\n".join(parts)


def _row(one: PublicSet, system: str, figures: Mapping[str, float], source: str) -> str:
    cells = [f"{figures[name]:.3f}" if name in figures else "—" for name in one.measures]
    return f"| {system} | " + " | ".join(cells) + f" | {source} |"


def told(checked: Checked) -> str:
    """One figure for a terminal."""
    sign = f"差 {checked.measured - checked.recorded:+.4f}" if checked.differs else "一致"
    name = f"{checked.set} {checked.system} {checked.measure}"
    return f"{name:26} 記録 {checked.recorded:.4f}  今回 {checked.measured:.4f}  {sign}"
