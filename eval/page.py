"""Runs → one HTML page that needs nothing else: measures, plots, and every failure with its explanation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from eval.baseline import NAME
from eval.measures import OUTCOMES, RIGHT
from eval.noise import Interval
from eval.overall import MEASURES, by, counts, overall, percentiles
from eval.plots import outcome_bar, reliability_plot, risk_plot
from eval.risk import risk_of, sure_of
from eval.run import Run

_TEMPLATE = Path(__file__).parent / "page.html"


def page(runs: Sequence[Run]) -> str:
    """The report on all runs; those of the baseline only stand beside ours in the first table."""
    ours = [run for run in runs if not run.name.endswith(NAME)]
    baseline = [run for run in runs if run.name.endswith(NAME)]
    failures = [(run.name, item) for run in ours for item in run.items if item.judgement.outcome != RIGHT]
    risk = risk_of(*sure_of(ours))
    systems = {"Tashika": overall(ours)} | ({NAME: overall(baseline)} if baseline else {})
    fingerprints = dict.fromkeys(item.answer.index[:12] for run in ours for item in run.items)
    # Everything of documents and questions is escaped by the template engine; only our own plots are markup.
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(_TEMPLATE.read_text("utf-8"))
    return template.render(
        count=sum(len(run.items) for run in ours),
        fingerprint=next(iter(fingerprints), "—") + (f" ほか {len(fingerprints) - 1}" if len(fingerprints) > 1 else ""),
        systems=systems,
        counts=counts(ours),
        measures=[one for one in MEASURES if any(one.name in found for found in systems.values())],
        outcomes=OUTCOMES,
        share=_share,
        bar=lambda group: Markup(outcome_bar([one.value for one in group.shares])),  # noqa: S704
        tables={
            "種類ごと": by(ours, lambda _, item: item.gold.label),
            "文書ごと": by(ours, lambda _, item: item.document),
            "ゴールドセットごと": by(ours, lambda run, _: run.name),
        },
        risk=risk,
        risk_plot=Markup(risk_plot(risk.points)),  # noqa: S704
        reliability_plot=Markup(reliability_plot(risk.bins)),  # noqa: S704
        times=percentiles(ours),
        failures=failures,
        filters=[
            ("outcome", "結果", OUTCOMES[1:]),
            ("kind", "種類", sorted({item.gold.label for _, item in failures})),
            ("document", "文書", sorted({item.document for _, item in failures})),
            ("run", "ゴールドセット", sorted({run for run, _ in failures})),
        ],
    )


def _share(one: Interval | None) -> str:
    return "—" if one is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
