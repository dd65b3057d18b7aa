"""A run → the table printed at the prompt, JSON for machines, and one self-contained HTML page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from corpus import TashikaError
from eval.measures import Summary
from eval.overall import MEASURES, counts, overall, percentiles
from eval.page import page
from eval.risk import risk_of, sure_of
from eval.run import Run

_COLUMNS = ("種類", "問", "正答", "誤答", "回答せず", "引用再現", "引用適合")


class ReportUnwritable(TashikaError):
    """The report's folder cannot be written to."""


class BadReport(TashikaError):
    """A file that is no report of a run."""


def table(run: Run) -> str:
    """The measures by kind, aligned for a terminal."""
    lines = [f"== {run.name}", "  ".join(padded(c, 12 if i == 0 else 8) for i, c in enumerate(_COLUMNS))]
    lines += ["  ".join(padded(c, 12 if i == 0 else 8) for i, c in enumerate(_cells(s))) for s in run.summaries()]
    return "\n".join(lines)


def measures_told(runs: Sequence[Run]) -> str:
    """Every measure over all runs with its 95 % interval and on how many questions, for a terminal."""
    found, count, risk, times = overall(runs), counts(runs), risk_of(*sure_of(runs)), percentiles(runs)
    lines = ["== すべての指標(値 [95 % 区間] 問)"]
    lines += [
        f"{padded(one.label, 12)}  {found[one.name].value:.3f} [{found[one.name].low:.3f}, {found[one.name].high:.3f}]  {count[one.name]}"
        for one in MEASURES
        if one.name in found
    ]
    lines.append(f"AURC {risk.aurc:.4f}  ECE {risk.error:.4f}  回答 {risk.answered} / {risk.questions} 問")
    lines.append("応答時間  " + "  ".join(f"{name} {taken:.1f} ms" for name, taken in times.items()))
    return "\n".join(lines)


def _cells(one: Summary) -> tuple[str, ...]:
    shares = (one.right, one.wrong_though_answered, one.refused, one.citation_recall, one.citation_precision)
    return (one.name, str(one.count), *("—" if share is None else f"{share:.3f}" for share in shares))


def padded(text: str, width: int) -> str:
    """A text filled up with blanks to a width on a terminal, where full-width letters take two."""
    used = sum(2 if ord(c) > 0x2E7F or c == "—" else 1 for c in text)
    return text + " " * max(0, width - used)


def read_report(path: Path) -> tuple[Run, ...]:
    """The runs that `write_report` wrote as JSON; a folder stands for its report.json.

    Raises:
        BadReport: there is none, or it is none.

    """
    path = path / "report.json" if path.is_dir() else path
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Run, ...])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadReport(f"「{path}」を python -m eval run の報告(JSON)として読めません({error})。") from error


def write_report(runs: Sequence[Run], folder: Path) -> tuple[Path, Path]:
    """Write report.json and report.html; returns their paths.

    Raises:
        ReportUnwritable: the folder cannot be written to.

    """
    as_json, as_html = folder / "report.json", folder / "report.html"
    write_files({as_json: _json(runs), as_html: page(runs).encode("utf-8")})
    return as_json, as_html


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all, in folders made for them.

    Raises:
        ReportUnwritable: a folder cannot be written to.

    """
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{os.getpid()}")
            fresh.write_bytes(data)
            fresh.replace(path)
        except OSError as error:
            raise ReportUnwritable(
                f"報告を「{path.parent}」に書けません({error.strerror})。場所と空き容量を確かめてください。"
            ) from error


def _json(runs: Sequence[Run]) -> bytes:
    return msgspec.json.format(msgspec.json.encode([_whole(run) for run in runs]))


def _whole(run: Run) -> dict[str, Any]:
    """A run with its measures: calibration and risk, latency in milliseconds, and how many questions each rests on."""
    return {
        "name": run.name,
        "measures": overall([run]),
        "counts": counts([run]),
        "risk": risk_of(*sure_of([run])),
        "elapsed_ms": percentiles([run]),
        "summaries": run.summaries(),
        "items": run.items,
    }
