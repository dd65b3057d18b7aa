"""The gate: every figure, date and name in a sentence stands in a cited quote or the shown calculation, or is not said.

Nothing here trusts what came before: the sentence is read again from its letters, the quotes from the documents.
"""

from __future__ import annotations

from corpus import Document
from corpus.folding import searchable, tidy
from corpus.values import find_periods, find_quantities
from index import Store
from index.words import content_words
from qa.types import Citation, Draft

# Words the composer adds by itself; none of them can be a fact about a document.
OWN_WORDS = frozenset(
    word.normal
    for word in content_words(
        "内容 年度 結合 セル 上 行 補う 値 記載 なし 表 推定 列 対応 確か ずれる 合計 うち 差 増 減 同じ 別 対応"
    )
)


def failures(store: Store, draft: Draft) -> tuple[str, ...]:
    """What in a draft is not borne out; empty when the draft may be said."""
    found = [
        f"quote: {c.document}:{c.line_start}"
        for c in draft.citations
        if not quote_stands(store.documents[c.document], c)
    ]
    if not draft.citations:
        found.append("citations: none")
    shown = " ".join(
        part for c in draft.citations for part in (tidy(c.quote), c.row or "", *c.column, *c.heading, c.title)
    )
    ground = searchable(f"{shown} {draft.calculation or ''} {_cited_rows(store, draft)}")
    years = {y for c in draft.citations for y in store.documents[c.document].years}
    found += _loose_numbers(draft.text, ground)
    found += _loose_periods(draft.text, ground, years)
    found += _loose_words(draft.text, ground)
    return tuple(found)


def quote_stands(document: Document, citation: Citation) -> bool:
    """Whether the quote stands, letter by letter, on the lines the citation names."""
    lines = [
        line
        for line in document.lines
        if citation.line_start <= line.number <= citation.line_end
        and (line.page, line.sheet) == (citation.page, citation.sheet)
    ]
    return bool(lines) and citation.quote in document.text[lines[0].start : lines[-1].end] and bool(citation.quote)


def _cited_rows(store: Store, draft: Draft) -> str:
    """What belongs to the cited rows: their other cells, also filled ones, the units that govern, the reasons given."""
    parts: list[str] = []
    for citation in draft.citations:
        if citation.row is None and not citation.column:
            continue
        document = store.documents[citation.document]
        for table in document.tables:
            for row in table.rows:
                place = document.place(row.span)
                if (
                    place.line_start <= citation.line_start <= place.line_end
                    and place.page == citation.page
                    and place.sheet == citation.sheet
                ):
                    for cell in row.cells:
                        parts += [tidy(cell.text or ""), cell.unit or "", cell.reason or ""]
                    parts.append(tidy(table.caption or ""))
    return " ".join(dict.fromkeys(part for part in parts if part))


def _loose_numbers(text: str, ground: str) -> list[str]:
    said = find_quantities(searchable(text))
    known = {q.value for q in find_quantities(ground)}
    letters = ground.replace(",", "")
    dated = find_periods(searchable(text))
    return [
        f"number: {q.text}"
        for q in said
        if q.value not in known
        and not any(p.start <= q.start < p.end for p in dated)
        and q.text.replace(",", "") not in letters
    ]


def _loose_periods(text: str, ground: str, years: set[int]) -> list[str]:
    known = {p.year for p in find_periods(ground)} | years
    return [f"period: {p.text}" for p in find_periods(searchable(text)) if p.year not in known]


def _loose_words(text: str, ground: str) -> list[str]:
    known = {word.normal for word in content_words(ground)} | OWN_WORDS
    letters = ground.lower()
    dated = find_periods(searchable(text))
    return [
        f"word: {word.surface}"
        for word in content_words(text)
        if word.normal not in known
        and word.surface.lower() not in letters
        and not any(p.start < word.end and word.start < p.end for p in dated)
        and not word.is_number
    ]
