"""`python -m eval`: measure answers against a gold set."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import msgspec

from corpus import DOCUMENTS, load_corpus
from corpus.console import FOUND, NOT_FOUND
from corpus.console import run as run_program
from eval import ablations, mutations, published
from eval.accept import accept, candidates
from eval.baseline import NAME
from eval.changes import Change, effects
from eval.compare import compare_runs, told
from eval.evidence import evidence_of
from eval.fusion import candidates as fusion_candidates
from eval.fusion import grid, odd_half
from eval.gold import FOLDER, BadGold, document_sets, gold_files, read_gold
from eval.gold_check import check_files, check_set, must_be_sound
from eval.recorded import RECORDED, record_of, written
from eval.report import BadReport, measures_told, read_report, table, write_files, write_report
from eval.retrieval import SYSTEMS, beir_of, compare, indexed, measure, read_beir
from eval.risk import risk_of, sure_of, text
from eval.run import Run, evaluate, evaluate_document
from eval.sets import SETS, gold_set, make_set, write_beir
from eval.speeches import speech_sets
from eval.u4 import run as run_u4
from eval.whole import evaluate_all, gold_name, looked_at, parts_of
from index import DEFAULT_INDEX, SHIPPED, load_encoder
from qa.prompt import ready_store

DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("../shared/data"), help="公開データのフォルダー。"
)
GOLD = click.option(
    "--gold", "files", type=click.Path(path_type=Path), multiple=True, help="ゴールドセットのファイル。"
)
INDEX = click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
OUT = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help="報告を書くフォルダー。"
)
TEST = click.option("--test", is_flag=True, help="開発中は見ない質問と文書を含めます。")
ONLY = click.option("--only", multiple=True, help="名前にこの言葉を含むものだけ。")


@click.group()
def main() -> None:
    """答えの正しさを、正解のある質問の集まり(ゴールドセット)で測ります。"""


@main.command("run")
@click.option(
    "--gold",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="ゴールドセットのファイル。既定は eval/gold、eval/gold/dev と、ほかの自治体を模した文書のすべて。",
)
@INDEX
@OUT
@TEST
@click.option("--unchecked", is_flag=True, help="値が根拠の行にない質問があっても測ります。")
def run_command(files: tuple[Path, ...], index: Path, out: Path, test: bool, unchecked: bool) -> None:
    """ゴールドセットに答え、種類ごとの正答・誤答・引用を、BM25 の先頭行を引用するだけの基準と並べて出します。"""
    chosen = files or gold_files(test)
    if not chosen:
        raise BadGold(f"「{FOLDER}」にゴールドセットがありません。--gold でファイルを指定してください。")
    sets = [(gold_name(path), read_gold(path)) for path in chosen]
    documents = ready_store(index).documents
    problems = [problem for path in chosen for problem in check_files([path], documents)]
    must_be_sound(problems, values=not unchecked)
    for problem in problems:
        click.echo(f"注意: {problem}", err=True)
    jobs = [job for baseline in (False, True) for name, gold in sets for job in parts_of(name, gold, index, baseline)]
    others = () if files else [one for one in document_sets() if not one.test or test]
    runs = evaluate_all([*jobs, *others], explain=True)
    for run in runs:
        click.echo(table(run))
    click.echo(measures_told([run for run in runs if not run.name.endswith(NAME)]))
    as_json, as_html = write_report(runs, out)
    click.echo(f"報告: {as_json} {as_html}")


@main.command("record")
@INDEX
def record_command(index: Path) -> None:
    """開発用のゴールドセットを測り、make test が下回りを許さない値として eval/recorded.json に記録します。"""
    ready_store(index)
    runs = evaluate_all(looked_at(index))
    write_files({RECORDED: written(record_of(runs))})
    click.echo(f"記録: {RECORDED}")


@main.command("compare")
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="比較を JSON で出します。")
def compare_command(before: Path, after: Path, as_json: bool) -> int:
    """2 つの報告(run が書いた JSON かそのフォルダー)を 1 問ずつ比べます。

    終了コード: 0 悪くなったとは言えない、1 B は有意に悪い、2 読めない。
    """
    found = compare_runs(read_report(before), read_report(after))
    if not found.count:
        raise BadReport(f"「{before}」と「{after}」に同じ問がありません。同じゴールドセットの報告を指定してください。")
    click.echo(msgspec.json.encode(found).decode() if as_json else told(found))
    return NOT_FOUND if found.significantly_worse else FOUND


@main.command("gold-check")
@GOLD
@click.option("--corpus", type=click.Path(path_type=Path), default=DOCUMENTS, help="--gold の文書のフォルダー。")
@TEST
def gold_check_command(files: tuple[Path, ...], corpus: Path, test: bool) -> int:
    """ゴールドセットのすべての行を確かめます: 文書、行、id、値が根拠の行にあるか、計算で出るか。

    終了コード: 0 誤りなし、1 誤りあり。
    """
    documents = {document.id: document for document in load_corpus(corpus).documents}
    chosen = files or gold_files(test)
    others = () if files else [one for one in document_sets() if not one.test or test]
    problems = [*check_files(chosen, documents), *(problem for one in others for problem in check_set(one))]
    for problem in problems:
        click.echo(problem)
    click.echo(f"ファイル {len(chosen) + len(others)}、誤り {len(problems)}")
    return NOT_FOUND if problems else FOUND


@main.command("accept")
@click.argument("file", metavar="候補", type=click.Path(path_type=Path))
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=FOLDER / "feedback.jsonl",
    help="加えるゴールドセットのファイル。",
)
@click.option("--corpus", type=click.Path(path_type=Path), default=DOCUMENTS, help="文書のフォルダー。")
def accept_command(file: Path, ids: tuple[str, ...], into: Path, corpus: Path) -> int:
    """寄せられた声から作った候補を確かめ、ID で挙げたものをゴールドセットに加えます。

    ID を挙げないと、それぞれの候補に何が足りないかを示します。終了コード: 0 受け入れた(受け入れられる)、1 足りないものがある。
    """
    documents = {document.id: document for document in load_corpus(corpus).documents}
    gold = dict.fromkeys((*gold_files(), *([into] if into.exists() else [])))
    found = candidates(file, tuple(gold), documents)
    if not ids:
        click.echo("\n".join(one.told for one in found))
        return NOT_FOUND if any(one.faults for one in found) else FOUND
    click.echo(f"{accept(found, ids, into)} 問を加えました: {into}")
    click.echo("python -m eval record で記録し直してください。")
    return FOUND


@main.command("documents")
@click.option("--test", is_flag=True, help="開発中は見ない文書の質問を測ります。")
@click.option(
    "--speeches",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="代わりに、公開データ DIR にある首長の演説・答弁を測ります。",
)
def documents_command(test: bool, speeches: Path | None) -> None:
    """ほかの自治体を模した文書を一つずつ索引にし、設定なしで答えた正答・誤答を出します。"""
    with tempfile.TemporaryDirectory(prefix="tashika-") as name:
        sets = document_sets() if speeches is None else speech_sets(speeches, Path(name))
        runs = [evaluate_document(one) for one in sets if speeches or one.test is test]
    whole = Run("全体", tuple(item for run in runs for item in run.items))
    for run in (*runs, whole):
        total = run.summaries()[-1]
        click.echo(f"{run.name:44} n {total.count:3}  right {total.right:.3f}  wrong {total.wrong_though_answered:.3f}")


@main.command("ablations")
@GOLD
@ONLY
@INDEX
def ablations_command(files: tuple[Path, ...], only: tuple[str, ...], index: Path) -> None:
    """部品を一つずつ外して測り、正答・誤答・引用がどれだけ変わるかを 95 % 区間とともに Markdown の表で出します。"""
    ready_store(index)
    before, found = effects(ablations.__name__, _named(ablations.CHANGES, only), files or gold_files(), index)
    click.echo(ablations.table(before, found))


@main.command("mutations")
@GOLD
@ONLY
@INDEX
def mutations_command(files: tuple[Path, ...], only: tuple[str, ...], index: Path) -> int:
    """わざと誤りを入れて測り、どの指標がそれを見つけるかを Markdown の表で出します。

    終了コード: 0 すべて見つかった、1 見つからない誤りがある。
    """
    ready_store(index)
    _, found = effects(mutations.__name__, _named(mutations.CHANGES, only), files or gold_files(), index)
    click.echo(mutations.table(found))
    return FOUND if all(mutations.is_caught(effect) for effect in found) else NOT_FOUND


def _named(changes: Iterable[Change], only: Sequence[str]) -> list[str]:
    return [one.name for one in changes if not only or any(word in one.name for word in only)]


@main.command("evidence")
@GOLD
@INDEX
def evidence_command(files: tuple[Path, ...], index: Path) -> None:
    """根拠の行が、見つけた行や文の先頭 5 件に入る割合を、検索だけの場合と並べて出します。"""
    store = ready_store(index)
    for path in files or gold_files():
        found = evidence_of(store, read_gold(path))
        shares = "  ".join(f"{name} {value:.3f}" for name, value in found.shares.items())
        click.echo(f"{path.stem:12} n {found.count:3}  {shares}")


@main.command("risk")
@click.option(
    "--gold",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="ゴールドセットのファイル。既定は eval/gold のすべて。",
)
@click.option(
    "--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="--gold に答える索引のフォルダー。"
)
@click.option(
    "--with",
    "others",
    type=(click.Path(path_type=Path), click.Path(path_type=Path)),
    multiple=True,
    help="別の索引で答えるゴールドセット: ファイルと索引のフォルダー。",
)
@OUT
def risk_command(files: tuple[Path, ...], index: Path, others: tuple[tuple[Path, Path], ...], out: Path) -> None:
    """確信度が正答の確率と合っているか、確信の低い答えを控えると誤答がどれだけ減るかを測ります。"""
    chosen = files or (() if others else gold_files())
    asked = [(path, read_gold(path), index) for path in chosen]
    asked += [(path, read_gold(path), folder) for path, folder in others]
    runs = [evaluate(path.stem, gold, ready_store(folder)) for path, gold, folder in asked]
    found = risk_of(*sure_of(runs))
    click.echo(text(found))
    as_json = out / "risk.json"
    write_files({as_json: msgspec.json.encode(found)})
    click.echo(f"報告: {as_json}")


@main.command("retrieval")
@click.option("--beir", type=click.Path(path_type=Path), required=True, help="BEIR 形式のフォルダー。")
@click.option(
    "--mode", type=click.Choice(SYSTEMS), default=None, help="探し方。指定がなければすべてを測り、hybrid と比べます。"
)
@click.option("--model", default=SHIPPED, help="埋め込みモデルの名前かパス。")
def retrieval_command(beir: Path, mode: str | None, model: str) -> None:
    """検索だけの精度(R@k、RR、nDCG)を、BEIR 形式の集まりで測ります。"""
    asked = read_beir(beir)
    index = indexed(asked, load_encoder(model))
    measured = [measure(asked, index, system) for system in ([mode] if mode else SYSTEMS)]
    click.echo(f"{len(asked.passages)} passages, {len(asked.queries)} queries")
    for one in measured:
        click.echo("  ".join([f"{one.system:8}", *(f"{name} {value:.3f}" for name, value in one.means.items())]))
    if not mode:
        for pair in compare(measured, "hybrid"):
            click.echo(
                f"{pair.system} - {pair.other}: Success@1 {pair.difference:+.3f} (won {pair.won}, lost {pair.lost}, p = {pair.p:.2g})"
            )


@main.command("u4")
@click.option("--tables", type=click.Path(path_type=Path), required=True, help="U4 の表(JSON Lines、.gz も可)。")
@click.option("--questions", type=click.Path(path_type=Path), required=True, help="U4 の質問(JSON Lines、.gz も可)。")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="答えを書き出すファイル。")
def u4_command(tables: Path, questions: Path, out: Path) -> None:
    """NTCIR-18 U4 の表の質問に、セルと値で答えます。正解が付いていれば精度も出します。"""
    predictions, measured, reading = run_u4(tables, questions, out)
    click.echo(f"{out}: {len(predictions)} questions; reading a table {reading:.1f} ms")
    if measured:
        click.echo(
            f"value {measured.values:.4f}  cell {measured.cells:.4f}  both {measured.both:.4f}  "
            f"({measured.count} questions; a question {measured.p50:.1f} ms p50, {measured.p95:.1f} ms p95)"
        )


@main.command("published")
@DATA
@click.option("--only", multiple=True, help="この名前の集まりだけ(jsquad、jaquad、u4)。")
@click.option("--figures", type=click.Path(path_type=Path), default=published.FIGURES, help="公表値の表(TOML)。")
@click.option("--table", "as_table", is_flag=True, help="測らずに、記録と公表値を Markdown の表で出します。")
def published_command(data: Path, only: tuple[str, ...], figures: Path, as_table: bool) -> int:
    """公開の質問の集まりで測り直し、公表値と並べて記録した値と比べます。

    終了コード: 0 すべて一致、1 異なる値がある、2 データがない。
    """
    sets = published.read_figures(figures, only)
    if as_table:
        click.echo(published.table(sets))
        return FOUND
    differs = 0
    for one in published.check(sets, data):
        click.echo(published.told(one))
        differs += one.differs
    return NOT_FOUND if differs else FOUND


@main.command("set")
@click.argument("name", type=click.Choice([*SETS, "gold"]))
@DATA
@click.option(
    "--gold",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="NAME が gold のとき、ゴールドセットのファイル。既定は eval/gold のすべて。",
)
@click.option(
    "--corpus", type=click.Path(path_type=Path), default=DOCUMENTS, help="NAME が gold のとき、文書のフォルダー。"
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="書き出すフォルダー。")
def set_command(name: str, data: Path, files: tuple[Path, ...], corpus: Path, out: Path) -> None:
    """検索の精度を測る集まり(jsquad、jaquad、paraphrase、gold)を BEIR 形式で書き出します。"""
    chosen = files or tuple(sorted(FOLDER.glob("*.jsonl")))
    made = gold_set(corpus, chosen) if name == "gold" else make_set(name, data)
    write_beir(made, out)
    click.echo(f"{out}: {len(made.passages)} passages, {len(made.queries)} queries")


@main.command("fusion")
@DATA
def fusion_command(data: Path) -> None:
    """検索の重みの決め方。JaQuAD の学習に使わない記事と、言い換えの奇数番だけで比べます。"""
    encoder = load_encoder()
    held = beir_of(make_set("jaquad-held-out", data))
    odd = odd_half(beir_of(make_set("paraphrase", data)))
    found = {name: fusion_candidates(beir, indexed(beir, encoder)) for name, beir in (("held-out", held), ("odd", odd))}
    for weights, reached in grid(found):
        click.echo("  ".join([str(weights), *(f"{name} {value:.4f}" for name, value in reached.items())]))


if __name__ == "__main__":
    run_program(main, "python -m eval")
