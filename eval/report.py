"""A run → the table printed at the prompt, JSON for machines, and one self-contained HTML page."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from corpus import TashikaError
from eval.measures import Summary
from eval.run import Run

_COLUMNS = ("種類", "問", "正答", "誤答", "回答せず", "引用再現", "引用適合")


class ReportUnwritable(TashikaError):
    """The report's folder cannot be written to."""


class BadReport(TashikaError):
    """A file that is no report of a run."""


def table(run: Run) -> str:
    """The measures by kind, aligned for a terminal."""
    lines = [f"== {run.name}", "  ".join(_pad(c, 12 if i == 0 else 8) for i, c in enumerate(_COLUMNS))]
    lines += ["  ".join(_pad(c, 12 if i == 0 else 8) for i, c in enumerate(_cells(s))) for s in run.summaries()]
    return "\n".join(lines)


def _cells(one: Summary) -> tuple[str, ...]:
    shares = (one.right, one.wrong_though_answered, one.refused, one.citation_recall, one.citation_precision)
    return (one.name, str(one.count), *("—" if share is None else f"{share:.3f}" for share in shares))


def _pad(text: str, width: int) -> str:
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


def write_report(runs: list[Run], folder: Path) -> tuple[Path, Path]:
    """Write report.json and report.html; returns their paths.

    Raises:
        ReportUnwritable: the folder cannot be written to.

    """
    as_json, as_html = folder / "report.json", folder / "report.html"
    write_files({as_json: _json(runs), as_html: _html(runs).encode("utf-8")})
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


def _json(runs: list[Run]) -> bytes:
    return msgspec.json.format(
        msgspec.json.encode([{"name": run.name, "summaries": run.summaries(), "items": run.items} for run in runs])
    )


def _html(runs: list[Run]) -> str:
    parts = [
        "<!doctype html><html lang='ja'><meta charset='utf-8'><title>Tashika 評価</title>"
        "<style>body{font-family:sans-serif;margin:2rem}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top}</style><h1>Tashika 評価</h1>"
    ]
    for run in runs:
        head = "".join(f"<th scope='col'>{c}</th>" for c in _COLUMNS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in _cells(s)) + "</tr>" for s in run.summaries()
        )
        failed = "".join(
            f"<tr><td>{html.escape(i.id)}-{i.turn}</td><td>{html.escape(i.gold.question[:200])}</td>"
            f"<td>{html.escape(i.gold.answer or i.gold.expected)}</td><td>{html.escape(i.answer.answer)}</td></tr>"
            for i in run.items
            if not i.judgement.right
        )
        parts.append(
            f"<h2>{html.escape(run.name)}</h2><table><tr>{head}</tr>{rows}</table>"
            f"<details><summary>誤り</summary><table><tr><th>id</th><th>質問</th><th>正解</th><th>答え</th></tr>{failed}</table></details>"
        )
    return "".join(parts) + "</html>"
