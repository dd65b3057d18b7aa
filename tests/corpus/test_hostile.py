"""A folder of broken and hostile files is read through to the end, with a reason for each, and the good one still loads."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus import UnreadableDocument, read_document

ROOT = Path(__file__).resolve().parents[2]
# How many times as long as an ordinary table any of them may take: what they guard against (work that grows with the
# square of a file) costs hundreds of times as much, and a ratio says the same on a fast and a busy machine.
SLOWEST_RATIO = 25
ORDINARY = "ordinary.txt"
MOST_MEMORY = 1024 * 1024 * 1024

READ_ALL = """
import json, sys, time
from pathlib import Path
from corpus import UnreadableDocument, read_document
out = {}
ordinary = Path(sys.argv[1]) / sys.argv[2]
for path in [ordinary, *sorted(Path(sys.argv[1]).iterdir())]:
    started = time.process_time()
    try:
        document = read_document(path)
        said = "read"
    except UnreadableDocument as error:
        said = str(error)
    out[path.name] = (said, time.process_time() - started)
# Not getrusage: its maximum is handed down from the process that started this one.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(json.dumps({"files": out, "memory": int(peak.split()[1]) * 1024}))
"""


def good_files() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    for n in range(30):
        book.active.append((f"事業{n}", n * 1000, "継続"))
    sheet = io.BytesIO()
    book.save(sheet)
    word = docx.Document()
    word.add_heading("概要", 1)
    word.add_table(rows=3, cols=3)
    letter = io.BytesIO()
    word.save(letter)
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.drawString(50, 700, "Budget 1,234")
    canvas.showPage()
    canvas.save()
    return {
        "xlsx": sheet.getvalue(),
        "docx": letter.getvalue(),
        "pdf": paper.getvalue(),
        "html": "<table><tr><th>課</th><th>額</th></tr><tr><td>総務課</td><td>1,234</td></tr></table>".encode(),
        "csv": '課,額\n総務課,"1,234"\n'.encode("cp932"),
        "txt": "課\t額\n総務課\t1,234\n".encode(),
        "md": b"# a\n\n| a | b |\n|---|---|\n| c | 1 |\n",
    }


def write_broken(folder: Path) -> int:
    dice = random.Random(7)
    good = good_files()
    files: dict[str, bytes] = {}
    for suffix, data in good.items():
        for part in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
            files[f"cut-{part}.{suffix}"] = data[: int(len(data) * part)]
        for n in range(8):
            bytes_ = bytearray(data)
            for _ in range(1 + n * 4):
                bytes_[dice.randrange(len(bytes_))] = dice.randrange(256)
            files[f"flipped-{n}.{suffix}"] = bytes(bytes_)
        for n in range(4):
            files[f"noise-{n}.{suffix}"] = dice.randbytes(10 ** (n + 1))
        files[f"empty.{suffix}"] = b""
        files[f"blank.{suffix}"] = b" \n\t\n"
        files[f"zeros.{suffix}"] = b"\x00" * 5000
        for other, wrong in good.items():
            if other != suffix:
                files[f"really-{other}.{suffix}"] = wrong
    files["deep.html"] = b"<div>" * 50_000 + "文字".encode()
    files["tables.html"] = b"<table><tr><td>" * 3000
    files["span.html"] = ("<table>" + "<tr><td rowspan=99999 colspan=99999>あ</td></tr>" * 20 + "</table>").encode()
    files["entities.html"] = b"&amp;" * 100_000
    files["comment.html"] = b"<!--" + b"-" * 300_000
    files["tags.html"] = b"<" * 200_000
    files["names.txt"] = "\n".join(f"事業{n}所  1  2" for n in range(6000)).encode()
    files["quote.csv"] = b'a,b\n"' + b"x," * 300_000
    files["quotes.csv"] = b'"' * 300_000
    files["wide.csv"] = b"\n".join([b",".join(b"%d" % i for i in range(3000))] * 20)
    files["line.txt"] = "あ".encode() * 500_000
    files["tabs.txt"] = b"\t" * 300_000 + b"x"
    files["ragged.txt"] = "\n".join("\t".join(["値"] * dice.randrange(1, 30)) for _ in range(2000)).encode()
    files["headings.txt"] = "\n".join(f"({n % 9 + 1}) 見出し" for n in range(5000)).encode()
    files["brackets.txt"] = ("(" * 50_000).encode()
    files["digits.txt"] = b"1" * 300_000
    files["commas.txt"] = b"1,234" * 60_000
    files["spelled.txt"] = ("あ " * 100_000).encode()
    files["combining.txt"] = ("か" + "\u3099" * 100_000).encode()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(600):
            part.write(b"0" * (1024 * 1024))
    files["bomb.xlsx"] = files["bomb.docx"] = bomb.getvalue()
    laughs = (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
        + "".join(
            f'<!ENTITY b{n} "{"&b" + (str(n - 1) if n else "") + ";" * 1}{("&b" + (str(n - 1) if n else "") + ";") * 9}">'
            for n in range(9)
        )
        + "]><a>&b8;</a>"
    )
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good["xlsx"])) as source, zipfile.ZipFile(evil, "w") as archive:
        for entry in source.infolist():
            archive.writestr(entry, laughs if entry.filename.endswith("sheet1.xml") else source.read(entry))
    files["laughs.xlsx"] = evil.getvalue()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    lines = ["部局\t課\t事業名\t予算額\t決算額\t区分"]
    lines += [f"第{n % 9}部\t第{n % 70}課\t{n}号事業\t{n * 37:,}\t{n * 31:,}\t継続" for n in range(3000)]
    (folder / ORDINARY).write_text("\n".join(lines), "utf-8")
    (folder / "good.txt").write_text("課\t額\n総務課\t1,234\n福祉課\t567\n", "utf-8")
    return len(files)


def test_an_archive_of_a_version_that_was_never_made_is_no_workbook(tmp_path: Path) -> None:
    data = bytearray(good_files()["xlsx"])
    data[data.index(b"PK\x01\x02") + 6] = 189  # the version needed to unpack
    (tmp_path / "later.xlsx").write_bytes(bytes(data))
    with pytest.raises(UnreadableDocument, match=r"later\.xlsx.*Excel"):
        read_document(tmp_path / "later.xlsx")


@pytest.mark.slow
def test_a_folder_of_broken_files_is_read_to_the_end(tmp_path: Path) -> None:
    assert write_broken(tmp_path) >= 200
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ_ALL, str(tmp_path), ORDINARY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    result = json.loads(ran.stdout)
    files = result["files"]
    assert files["good.txt"][0] == "read"
    assert files[ORDINARY][0] == "read"
    ratios = {name: seconds / files[ORDINARY][1] for name, (_, seconds) in files.items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio > SLOWEST_RATIO} == {}
    assert result["memory"] < MOST_MEMORY, result["memory"]
    for name, (said, _) in files.items():
        if said != "read":
            assert name in said
            assert "\n" not in said
    for name in ("bomb.xlsx", "bomb.docx", "zeros.pdf", "empty.txt", "really-pdf.xlsx", "zeros.txt"):
        assert files[name][0] != "read", name
