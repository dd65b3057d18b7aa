"""Gold candidates (feedback of the page, one a line) → questions of the gold set, once a person has reviewed them.

    python -m qa.web feedback --out candidates.jsonl     what people said of answers
    (write what is missing into the file)
    python -m eval accept candidates.jsonl               what each still lacks
    python -m eval accept candidates.jsonl ID … --into eval/gold/feedback.jsonl

What is accepted must stand up to everything gold-check asks and more: nothing is taken on trust because somebody said it
was right. Either all that is named is accepted, or nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Document
from eval.gold import BadGold, GoldDialogue, gold_lines, parsed, read_gold
from eval.gold_check import check_lines
from eval.measures import holds_text, plain
from eval.report import write_files

_REVIEW = "review"  # what a candidate says for its reviewer only


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a file of candidates: the question as gold would hold it, what its reviewer is told, what is wrong."""

    number: int
    item: GoldDialogue
    line: Mapping[str, Any]
    faults: tuple[str, ...]

    @property
    def told(self) -> str:
        """The candidate for its reviewer."""
        review = self.line.get(_REVIEW) or {}
        said = f"  評価 {review.get('verdict', '—')}  答え {review.get('said', '—')}  {review.get('note', '')}".rstrip()
        state = "".join(f"\n  直すこと: {one}" for one in self.faults) or "\n  受け入れられます"
        return f"{self.item.id}  {self.item.turns[0].question}\n{said}{state}"


def candidates(path: Path, gold: Sequence[Path], documents: Mapping[str, Document]) -> tuple[Candidate, ...]:
    """The candidates of a file, checked by themselves and against the gold files there are.

    Raises:
        BadGold: a file cannot be read.

    """
    held = [(file, item) for file in gold for item in read_gold(file) if item.turns]
    known = {item.id: file for file, item in held}
    asked = {plain(item.turns[0].question): item.id for _, item in held}
    found = []
    for number, text in gold_lines(path):
        item = parsed(path, number, text)
        line = json.loads(text)
        faults = [*check_lines(item, documents), *_faults(item, line)]
        if item.id in known:
            faults.append(f"id「{item.id}」は {known[item.id]} にあります")
        if item.turns and plain(item.turns[0].question) in asked:
            faults.append(f"同じ質問が「{asked[plain(item.turns[0].question)]}」にあります")
        known[item.id] = path
        asked.update({plain(item.turns[0].question): item.id} if item.turns else {})
        found.append(Candidate(number, item, line, tuple(faults)))
    return tuple(found)


def _faults(item: GoldDialogue, line: Mapping[str, Any]) -> list[str]:
    """What gold-check does not ask of gold in general."""
    found = []
    review = line.get(_REVIEW) or {}
    for one in item.turns:
        if one.expected == "answer" and not one.must_include:
            found.append("答えに含むべきもの(must_include)がありません")
        if one.expected == "answer" and not one.citations:
            found.append("根拠の行(citations)がありません")
        if review.get("verdict") == "right":
            said = plain(str(review.get("said", "")))
            lost = [group[0] for group in one.must_include if not any(holds_text(said, word) for word in group)]
            found += [f"正しいとされた答えに「{word}」がありません" for word in lost]
    return found


def accept(found: Sequence[Candidate], ids: Sequence[str], into: Path) -> int:
    """Append the candidates of these ids to a gold file, without what was for their reviewer; how many.

    Raises:
        BadGold: an id is not among them, or something is still wrong with one; nothing is written.

    """
    by_id = {one.item.id: one for one in found}
    for name in ids:
        if name not in by_id:
            raise BadGold(f"候補に id「{name}」がありません。{'・'.join(by_id)} から選んでください。")
        if by_id[name].faults:
            raise BadGold(f"候補「{name}」({by_id[name].number} 行目)は受け入れられません: {by_id[name].faults[0]}。")
    chosen = [by_id[name] for name in dict.fromkeys(ids)]
    lines = [{key: value for key, value in one.line.items() if key != _REVIEW} for one in chosen]
    before = into.read_text("utf-8").rstrip("\n") if into.exists() else ""
    text = "\n".join([*([before] if before else []), *(json.dumps(line, ensure_ascii=False) for line in lines)])
    write_files({into: f"{text}\n".encode()})
    return len(chosen)
