"""Deliberate faults: would our measures see them? Each is one thing that a program like this one can get wrong.

Faults that lie behind the gate (after `qa.verify`) show what the gold set alone would catch; those before it show what is
left of a fault once the gate has refused what does not stand in the documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from msgspec.structs import replace as changed

from eval.changes import Change, Effect
from qa import Answer
from qa.followup_state import Understood
from qa.types import Operation

_FIGURE = re.compile(r"\d(?=\D*$)")  # the last digit


def _after(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function whose outcome, where there is one, is worked on once more."""

    def made(original: Any) -> Any:
        def faulty(*given: Any, **named: Any) -> Any:
            outcome = original(*given, **named)
            return outcome if outcome is None else work(outcome)

        return faulty

    return made


def _always(outcome: Any) -> Callable[[Any], Any]:
    return lambda _: lambda *_given, **_named: outcome


def _first(_: Any) -> Any:
    """A step that gives back what it was given."""
    return lambda given, *_rest, **_named: given


def _cited(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return _after(lambda given: replace(given, citations=tuple(change(one) for one in given.citations)))


def _said(change: Callable[[str], str]) -> Callable[[Any], Any]:
    return _after(lambda given: replace(given, answer=change(given.answer)))


def _value(change: Callable[[Decimal], Decimal]) -> Callable[[Any], Any]:
    """A calculated value changed before it is written."""
    return _after(lambda result: result if result.value is None else replace(result, value=change(result.value)))


def _shorter(result: Any) -> Any:
    return (
        replace(result, things=result.things[:-1], operands=result.operands[:-1]) if len(result.things) > 1 else result
    )


def _swapped(original: Any) -> Any:
    other = {Operation.MAXIMUM: Operation.MINIMUM, Operation.MINIMUM: Operation.MAXIMUM}
    return lambda plan, question, rows: original(plan, replace(question, operation=other[question.operation]), rows)


def _cell_at(down: int, right: int) -> Callable[[Any], Any]:
    """The cell that is read stands some rows lower and some columns further right."""

    def made(original: Any) -> Any:
        def faulty(frame: Any, row: int, column: int) -> Any:
            return original(frame, (row + down) % len(frame), (column + right) % len(frame.columns))

        return faulty

    return made


def _next_digit(text: str) -> str:
    return _FIGURE.sub(lambda digit: str((int(digit.group()) + 1) % 10), text)


def _refused(given: Answer) -> Answer:
    return replace(given, answered=False, answer="この資料には記載がありません。", citations=(), values=())


def _misattributed(given: Answer) -> Answer:
    return replace(given, citations=tuple(replace(c, document=f"{c.document}-2") for c in given.citations))


_SAY = ("qa.pipeline._say",)  # the last thing that happens to an answer
CHANGES = (
    # what is said, behind the gate
    Change("数値の最後の桁が 1 違う", _SAY, _said(_next_digit)),
    Change("千円が円になる", _SAY, _said(lambda text: text.replace("千円", "円"))),
    Change("単位が消える", _SAY, _said(lambda text: re.sub(r"(?<=\d) ?(?:千円|百万円|円|人|名|件|%)", "", text))),
    Change("和暦の年が 1 年違う", _SAY, _said(lambda text: re.sub(r"令和3|R3", "令和4", text))),
    Change("答えが空になる", _SAY, _said(lambda _: "")),
    Change("確信 0.95 未満は答えない", _SAY, _after(lambda given: _refused(given) if given.confidence < 0.95 else given)),
    # what is cited, behind the gate
    Change("引用が 1 行下にずれる", _SAY, _cited(lambda c: replace(c, line_start=c.line_start + 1, line_end=c.line_end + 1))),
    Change("引用の文書を取り違える", ("eval.run.ask",), _after(lambda turn: (turn[0], _misattributed(turn[1])))),
    Change("引用が値でなく行の名前のセルになる", _SAY, _cited(lambda c: replace(c, quote=c.row or c.quote, column=()))),
    Change("引用が広すぎる", _SAY, _cited(lambda c: replace(c, line_start=max(1, c.line_start - 20)))),
    Change("引用が最初の 1 つだけになる", _SAY, _after(lambda given: replace(given, citations=given.citations[:1]))),
    Change("無関係な引用が付く", _SAY, _after(lambda given: replace(
        given, citations=(*given.citations, *(replace(c, line_start=1, line_end=1) for c in given.citations[:1]))))),
    # refusing
    Change("何でも答える", ("qa.pipeline.choice_model",), _after(lambda model: type(model)(model.trees, 0.0))),
    Change("何も答えない", ("qa.pipeline.choice_model",), _after(lambda model: type(model)(model.trees, 1.1))),
    # understanding
    Change("質問の年が 1 年違う", ("qa.understand.find_periods",), _after(
        lambda found: tuple(changed(one, year=one.year + 1) for one in found))),
    Change("質問の年を読まない", ("qa.understand.find_periods",), _always(())),
    Change("対話の文脈を忘れる", ("qa.conversation.remembered",), _always(Understood("refused"))),
    # finding
    Change("検索が 1 件しか返さない", ("qa.retrieve.search",), _after(lambda hits: hits[:1])),
    Change("表から答えない", ("qa.offers.propose",), _always(())),
    Change("文から答えない", ("qa.offers._IN_WORDS",), lambda _: ()),
    Change("隣の列を読む", ("qa.calculate.operand",), _cell_at(0, 1)),
    Change("隣の行を読む", ("qa.calculate.operand",), _cell_at(1, 0)),
    # calculating
    Change("一覧の最後が落ちる", ("qa.calculate._list",), _after(_shorter)),
    Change("件数が 1 少ない", ("qa.calculate._count",), _after(_shorter)),
    Change("合計が 1 つ足りない", ("qa.calculate.total",), lambda total: lambda figures: total(figures[:-1])),
    Change("最大と最小を取り違える", ("qa.calculate.extreme",), _swapped),
    Change("差の引き算を間違える", ("qa.calculate.difference",), _value(lambda value: value + 1)),
    Change("はいといいえが逆になる", ("qa.offers.verdicts",), _after(
        lambda found: tuple(replace(one, yes=not one.yes) for one in found))),
    # reading documents
    Change("ずれた行を直さない", ("corpus.tables.align_rows",), _after(
        lambda rows: tuple(one and replace(one, columns=tuple(i if i is None else max(0, i - 1) for i in one.columns)) for one in rows)),
        reads=True),
    Change("結合セルを埋めない", ("corpus.tables.fill_down", "corpus.tables.fill_groups"), _first, reads=True),
    Change("見出し行を読まない", ("corpus.tables._header_rows",), _always(0), reads=True),
    Change("桁区切りで数を切る", ("corpus.values.parse_number",), lambda read: lambda text: read(text.split(",")[0]), reads=True),
)  # fmt: skip


def table(found: Sequence[Effect]) -> str:
    """A Markdown table: each fault, and the measures that fell by more than chance would do."""
    lines = ["| 入れた誤り | 下がった指標(前 → 後) |", "|---|---|"]
    for effect in found:
        told = "、".join(f"{one.name} {one.before:.3f} → {one.after:.3f}" for one in effect.lowered)
        told = f"プログラムが止まる({effect.stopped})" if effect.stopped else told
        lines.append(f"| {effect.name} | {told or '**なし**'} |")
    caught = sum(is_caught(effect) for effect in found)
    return "\n".join([*lines, "", f"{len(found)} のうち {caught} が見つかりました。"])


def is_caught(effect: Effect) -> bool:
    """Whether a fault shows: a measure fell, or nothing could be measured."""
    return bool(effect.lowered or effect.stopped)
