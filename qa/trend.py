"""Did it grow every year? Each step of one thing's years has to go that way, not only the last year beside the first."""

from __future__ import annotations

from itertools import pairwise

from qa.results import Result, value_of

_FEWEST = 3


def went(result: Result) -> int | None:
    """1 where a thing's figure grew from each year to the next, -1 where it shrank, 0 where it did neither each time.

    None where the result is not one thing's figures of at least three different years, in one unit.
    """
    frame = result.plan.frame
    dated = {}
    for one in result.operands:
        years = frame.columns[one.column].years
        year = years[0] if len(years) == 1 else frame.year(one.row)
        if year is None or year in dated or one.quantity is None:
            return None
        dated[year] = one
    if len(dated) < _FEWEST or len({one.quantity.unit for one in dated.values() if one.quantity}) > 1:
        return None
    if len({one.row for one in dated.values()}) > 1 and len({one.column for one in dated.values()}) > 1:
        return None
    steps = [value_of(dated[b]) - value_of(dated[a]) for a, b in pairwise(sorted(dated))]
    return 1 if all(step > 0 for step in steps) else -1 if all(step < 0 for step in steps) else 0
