"""`python -m corpus` as its user meets it: JSON lines, a readable report, exit codes, no tracebacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "\n".join(
    [
        "みなと市の事業(令和3年度)",
        "",
        "1 港湾費",
        "",
        "(1) 桟橋 決算額 7,897 千円",
        "",
        "東の桟橋を直した。",
        "",
        "担当部\t担当課\t事業名\t開始年度\t参加者\t予算額 (千円)\t区分\t備考",
        "消防本部\t予防課\t火災予防週間\tH12\t—\t90\t継続\t",
        "みなと部\t港湾課\t桟橋修繕\tH20\t—\t1,250\t継続\t",
        "\t\t海岸清掃\tH28\t312名\t480\t継続\t",
        "\t観光課\t観光船誘致\tR2\t—\t2,300\t新規\t県補助による",
        "\t予防課\t警報器の普及\tH18\t—\t120\t継続\t",
        "くらし部\t健康課\t減塩教室\tH15\t64名\t95\t継続\t",
        "\t歩こう会\tH30\t128名\t0\t継続\t",
        "\t\t禁煙相談\tR1\t—\t310\t廃止\t",
        "\t福祉課\t配食\tR3\t70名\t88\t継続\t備考\t1,000\t未定",
        "",
    ]
)


def corpus(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "corpus", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in ran.stderr
    return ran


def json_lines(ran: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_rows_prints_one_object_for_each_data_row(plan: Path) -> None:
    rows = json_lines(corpus("rows", plan))
    lines = TEXT.split("\n")
    assert [row["line_start"] for row in rows] == list(range(10, 19))
    assert [row["raw"] for row in rows] == [lines[row["line_start"] - 1].strip() for row in rows]
    assert {tuple(row["section"]) for row in rows} == {("1 港湾費", "(1) 桟橋")}
    amount = rows[1]["cells"][5]
    assert (amount["column"], amount["text"], amount["unit"]) == (["予算額 (千円)"], "1,250", "千円")
    assert (amount["origin"], amount["reason"]) == ("explicit", None)


def test_rows_says_what_was_filled_inferred_realigned_and_not_understood(plan: Path) -> None:
    rows = {row["line_start"]: row for row in json_lines(corpus("rows", plan))}
    assert [rows[12]["cells"][i]["origin"] for i in (0, 1, 2)] == ["filled", "filled", "explicit"]
    assert (rows[14]["cells"][0]["text"], rows[14]["cells"][0]["origin"]) == ("消防本部", "inferred")
    assert rows[14]["cells"][0]["reason"]
    assert [rows[16]["cells"][i]["text"] for i in (2, 3, 4, 5, 6)] == ["歩こう会", "H30", "128名", "0", "継続"]
    assert rows[16]["note"]
    assert (rows[18]["understood"], rows[18]["cells"]) == (False, [])


def test_outline_prints_headings_with_their_figures(plan: Path) -> None:
    assert json_lines(corpus("outline", plan)) == [
        {"level": 1, "title": "1 港湾費", "path": ["1 港湾費"], "line": 3, "figures": []},
        {
            "level": 2,
            "title": "(1) 桟橋",
            "path": ["1 港湾費", "(1) 桟橋"],
            "line": 5,
            "figures": [{"label": "決算額", "value": "7,897 千円", "line": 5}],
        },
    ]


def test_check_reports_what_a_reader_of_the_data_should_know(plan: Path) -> None:
    findings = json_lines(corpus("check", plan, "--json"))
    assert {(f["line_start"], f["kind"]) for f in findings} >= {
        (12, "filled"),
        (13, "filled"),
        (14, "inferred"),
        (16, "filled"),
        (16, "realigned"),
        (17, "filled"),
        (18, "not_understood"),
    }
    shown = corpus("check", plan)
    assert shown.returncode == 0
    assert "14 行目" in shown.stdout
    assert "消防本部" in shown.stdout


def test_a_document_of_the_corpus_is_found_by_its_id() -> None:
    headings = json_lines(corpus("outline", "gunma-kokusaika-r2r3"))
    assert [heading["title"] for heading in headings if heading["level"] == 1] == [
        "1 人づくり",
        "2 地域づくり",
        "3 ブランドづくり",
    ]


@pytest.mark.parametrize("command", ["rows", "outline", "check"])
def test_bad_input_is_one_sentence_and_code_2(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    for name in ("nowhere.txt", "no-such-id", str(tmp_path / "empty.txt"), str(tmp_path / "binary.txt"), str(tmp_path)):
        ran = corpus(command, name)
        assert ran.returncode == 2
        assert ran.stdout == ""
        assert len(ran.stderr.strip().splitlines()) == 1
        assert Path(name).name in ran.stderr


def test_wrong_sources_beside_the_file_are_code_2(plan: Path) -> None:
    (plan.parent / "sources.toml").write_text("[[document]]\nfile = 'plan.txt'\n", "utf-8")
    ran = corpus("rows", plan)
    assert ran.returncode == 2
    assert "sources.toml" in ran.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["rows"], ["rows", "a", "b"], ["guess", "a"], ["check", "a", "--yaml"]], ids=" ".join
)
def test_wrong_use_is_code_2(arguments: list[str]) -> None:
    ran = corpus(*arguments)
    assert ran.returncode == 2
    assert ran.stderr


def test_an_over_long_name_is_one_sentence_and_code_2() -> None:
    assert corpus("rows", "港" * 300).returncode == 2


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.tsv"
    path.write_text("区分\t金額\n" + "".join(f"長い名前の事業その{i}\t{i}千円\n" for i in range(900)), "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "corpus", "rows", str(path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        json.loads(program.stdout.readline())
        program.stdout.close()
        assert b"Traceback" not in program.stderr.read()
    assert program.returncode == 0
