"""Lists of which the question says how long they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Store, build, open_store
from qa.as_many import many_asked
from qa.pipeline import answer
from qa.understand import understand

OUTLINE = """<html><body><h1>令和7年度 予算のあらまし</h1>
<dl><dt>最終更新日</dt><dd>2025年2月24日</dd></dl>
<h2>予算の規模</h2>
<table><tr><td>一般会計</td><td>70億円</td></tr><tr><td>特別会計</td><td>30億円</td></tr>
<tr><td>予算総額</td><td>100億円</td></tr></table>
<h2>主な取り組み</h2>
<p>3つの重点施策を柱として進めます。</p>
<h3>(1) 働く場のあるまち</h3><p>企業の誘致を進めます。</p>
<h3>(2) 子どもが育つまち</h3><p>休日診療所を、町内1か所から3か所に増設します。</p>
<h3>(3) 災害に強いまち</h3><p>避難所を点検します。新庁舎の工事は、令和7年12月5日に仮契約を結びました。</p>
</body></html>
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder: Path = tmp_path_factory.mktemp("many")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "aramashi.html").write_text(OUTLINE, encoding="utf-8")
    build(folder / "corpus", folder / "index", workers=1)
    return open_store(folder / "index")


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("5つの重点施策をすべて挙げて", 5),
        ("施策を3つとも教えて", 3),
        ("重点施策をすべて", None),
        ("3件以上の事業をすべて", None),
    ],
)
def test_how_many_are_asked_for(question: str, many: int | None) -> None:
    assert many_asked(understand(question)) == many


def test_just_as_many_are_listed(store: Store) -> None:
    said = answer("主な取り組みの柱となる3つの重点施策をすべて挙げてください", store).answer
    assert all(name in said for name in ("働く場のあるまち", "子どもが育つまち", "災害に強いまち"))


def test_a_list_of_another_length_is_none(store: Store) -> None:
    assert not answer("主な取り組みの柱となる5つの重点施策をすべて挙げてください", store).answered


def test_a_date_before_a_table_heads_nothing(store: Store) -> None:
    assert "100億円" in answer("予算総額はいくら？", store).answer
    assert "2025年2月24日" not in answer("予算が最も大きい会計は？", store).answer


def test_what_it_becomes_is_said_not_what_it_was(store: Store) -> None:
    assert "3か所" in answer("休日診療所は町内何か所に増設されますか", store).answer


def test_the_date_of_something_else_is_no_answer(store: Store) -> None:
    assert not answer("新庁舎の工事はいつ完成する予定ですか", store).answered
