"""Plots as inline SVG: no library, no script, colours from the page so that they follow its light and dark mode."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.risk import Bin, Point

_WIDE, _HIGH, _LEFT, _BELOW, _ROOM = 340, 240, 44, 34, 10
_TICKS = 5


def risk_plot(points: Sequence[Point]) -> str:
    """Risk against coverage."""
    top = max([point.risk for point in points] + [0.05])
    line = " ".join(f"{_x(p.coverage):.1f},{_y(p.risk / top):.1f}" for p in points)
    drawn = f"<polyline class='line' points='{line}'/>" if points else ""
    return _framed("リスクとカバレッジ", "カバレッジ(回答した割合)", "リスク(回答のうち誤り)", top, [drawn])


def reliability_plot(bins: Sequence[Bin]) -> str:
    """Share right against confidence said; each disc as large as its bin, the dotted line where both agree."""
    most = max([one.count for one in bins] + [1])
    discs = [
        f"<circle class='dot' cx='{_x(b.said):.1f}' cy='{_y(b.right):.1f}' r='{3 + 9 * (b.count / most) ** 0.5:.1f}'>"
        f"<title>確信度 {b.low:.2f}–{b.high:.2f}: 平均 {b.said:.3f}、正答 {b.right:.3f}、{b.count} 問</title></circle>"
        for b in bins
    ]
    same = f"<line class='same' x1='{_x(0)}' y1='{_y(0)}' x2='{_x(1)}' y2='{_y(1)}'/>"
    return _framed("信頼度図", "確信度の平均", "正答の割合", 1.0, [same, *discs])


def outcome_bar(shares: Sequence[float]) -> str:
    """Shares that make up a whole, side by side."""
    starts = [sum(shares[:n]) for n in range(len(shares))]
    drawn = (
        f"<rect x='{100 * x:.1f}' width='{100 * one:.1f}' height='8'/>" for x, one in zip(starts, shares, strict=True)
    )
    return f"<svg class='bar' viewBox='0 0 100 8' preserveAspectRatio='none' aria-hidden='true'>{''.join(drawn)}</svg>"


def _framed(title: str, across: str, upwards: str, top: float, inside: Iterable[str]) -> str:
    """Axes from 0 to 1 across and from 0 to `top` upwards, with what stands inside."""
    marks = []
    for n in range(_TICKS + 1):
        share = n / _TICKS
        marks += [
            f"<line class='grid' x1='{_x(0)}' x2='{_x(1)}' y1='{_y(share):.1f}' y2='{_y(share):.1f}'/>",
            f"<text x='{_x(share):.1f}' y='{_HIGH - _BELOW + 13}' text-anchor='middle'>{share:.1f}</text>",
            f"<text x='{_LEFT - 5}' y='{_y(share) + 3:.1f}' text-anchor='end'>{share * top:.2f}</text>",
        ]
    return (
        f"<svg viewBox='0 0 {_WIDE} {_HIGH}' role='img' aria-label='{title}'><title>{title}</title>{''.join(marks)}"
        f"<text x='{_x(0.5)}' y='{_HIGH - 4}' text-anchor='middle'>{across}</text>"
        f"<text transform='rotate(-90)' x='{-_y(0.5)}' y='10' text-anchor='middle'>{upwards}</text>"
        f"{''.join(inside)}</svg>"
    )


def _x(share: float) -> float:
    return _LEFT + share * (_WIDE - _LEFT - _ROOM)


def _y(share: float) -> float:
    return _ROOM + (1 - share) * (_HIGH - _BELOW - _ROOM)
