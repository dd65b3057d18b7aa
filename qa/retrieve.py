"""A question → the rows, facts and sentences nearest to it."""

from __future__ import annotations

from index import Hit, Store, search
from qa.municipalities import without_whose
from qa.started import BEGINNING
from qa.tabular import frames_of, propose
from qa.types import Question

DEPTH = 40
_DEEPER = 160  # hits among which a table is looked for that those of larger ones crowd out
_MORE_TABLES = 4
_FEW_TABLES = 8
_SURE = 0.8


def retrieve(store: Store, question: Question) -> tuple[Hit, ...]:
    """The rows, facts and sentences nearest to the question, best first.

    Where they are rows of a few tables only, behind them the first row of some further ones.
    """
    began = (bound.about or BEGINNING for bound in question.began)  # 始まった is said 開始年度 in a header
    deep = search(store, " ".join((without_whose(store, question.folded), *began)), _DEEPER)
    hits = deep[:DEPTH]
    found = {_table_of(hit) for hit in hits if hit.entry.kind == "row"}
    if not found or len(found) > _FEW_TABLES:
        return hits
    more: dict[tuple[str, int | None], Hit] = {}
    for hit in deep[DEPTH:]:
        table = _table_of(hit)
        if hit.entry.kind == "row" and table not in found and len(more) < _MORE_TABLES:
            more.setdefault(table, hit)
    return (*hits, *more.values())


def _table_of(hit: Hit) -> tuple[str, int | None]:
    return hit.entry.document, hit.entry.table


def evidence(store: Store, question: Question) -> tuple[tuple[str, str, int | None, int], ...]:
    """The places of what the question is about, best first: document, kind, table and position of each.

    Which rows a count or an extreme rests on shows only when it is carried out over the whole table; those rows come
    before what a search for the question's words finds.
    """
    hits = retrieve(store, question)
    best = propose(question, frames_of(store, hits))[:1]
    planned = [
        (frame.document.id, "row" if ref.table is not None else "fact", ref.table, ref.position)
        for one in best
        if one.probability >= _SURE
        for frame in (one.plan.frame,)
        for operand in one.result.operands
        for ref in (frame.refs[operand.row][operand.column],)
        if ref.position >= 0
    ]
    found = [(hit.entry.document, hit.entry.kind, hit.entry.table, hit.entry.position) for hit in hits]
    return tuple(dict.fromkeys((*planned, *found)))
