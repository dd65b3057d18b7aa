"""Random tables for hypothesis: the layout is drawn, so a failing one is made smaller by leaving things out."""

from __future__ import annotations

from hypothesis import strategies as st

from benchmarks.generated.tables import FORMATS, WORDS, Format, Layout, Table, make_table

_FIRST_YEARS = (2017, 2019, 2021, 2022, 2023, 2024)


@st.composite
def layouts(draw: st.DrawFn, most_rows: int = 60) -> Layout:
    """A layout of 5 to `most_rows` rows, 2 to 4 columns of words and 1 to 6 of figures."""
    theme = draw(st.integers(0, len(WORDS["theme"]) - 1))
    measures = len(WORDS["theme"][theme]["measures"])
    chosen = draw(st.lists(st.integers(0, measures - 1), min_size=1, max_size=3, unique=True))
    first = draw(st.sampled_from(_FIRST_YEARS))
    style = draw(st.sampled_from(("columns", "title", "lines")))
    spans = tuple(tuple(range(first, first + draw(st.integers(1, 3)))) for _ in chosen)
    if style == "title":
        years: tuple[tuple[int, ...], ...] = ((),) * len(chosen)
    elif style == "lines":
        years = (spans[0],) * len(chosen)  # the same years over every measure
    else:
        years = spans[: len(chosen)]
    file: Format = draw(st.sampled_from(FORMATS))
    return Layout(
        seed=draw(st.integers(0, 2**32 - 1)),
        rows=draw(st.integers(5, most_rows)),
        theme=theme,
        grouping=draw(st.none() | st.integers(0, len(WORDS["grouping"]) - 1)),
        status=draw(st.none() | st.integers(0, len(WORDS["status"]) - 1)),
        remark=draw(st.booleans()),
        measures=tuple(zip(chosen, years, strict=True)),
        title_year=first if style == "title" else None,
        era=draw(st.sampled_from(("short", "long", "west"))),
        two_lines=style == "lines" and len(chosen) > 1 and file != "md",
        note=draw(st.booleans()),
        wide=draw(st.booleans()),
        merged=draw(st.booleans()),
        subtotals=draw(st.booleans()),
        total=draw(st.none() | st.sampled_from(("合計", "計", "総計"))),
        change=draw(st.booleans()),
        negative=draw(st.sampled_from(("▲", "△", "-"))),
        format=file,
    )


def tables(most_rows: int = 60) -> st.SearchStrategy[Table]:
    """Tables of random layouts."""
    return layouts(most_rows).map(make_table)
