"""Train the model that ranks cells: `python -m qa.training.link --data FOLDER --out FILE` (`make train-link`).

Listwise: a softmax over the candidate cells of each table, cross entropy with the right one. Letter vectors and network
learn together; some letters and sometimes all learned similarities are dropped, so that the network keeps trusting the
readable features. A tenth of the reports is held out to set the temperature.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from qa.intersect_features import NAMES, PLACES, explaining, features
from qa.intersect_grid import Grid
from qa.intersect_model import BUCKETS, FILE, LEARNED, REACH, pieces, word_pieces
from qa.intersect_question import asked, unquoted
from qa.training.data import Example, read_examples
from qa.training.invented import invented

DIMENSIONS = 32
HIDDEN = (96, 32)
MOST_TEXTS = 100  # texts kept for one place of a cell, the nearest
SMALLEST_SPREAD = 0.1  # a feature that is seldom there is not blown up where it is
SEED = 20261121


@dataclass(frozen=True)
class Prepared:
    """An example as arrays: readable features (cells × NAMES), which of `lists` explains it
    at each place (cells × places), the lists themselves (lists × MOST_TEXTS at most, -1 for none, counting `labels`), the letter buckets of the labels and of the question's three phrases, the right cell.
    """

    features: NDArray[np.float16]
    explained: NDArray[np.int16]
    lists: NDArray[np.int16]
    labels: tuple[tuple[int, ...], ...]
    phrases: tuple[tuple[int, ...], ...]
    right: int


def prepare(examples: Sequence[Example]) -> list[Prepared]:
    """Work out once what does not change while training."""
    known: dict[int, tuple[NDArray[np.int16], NDArray[np.int16], tuple[tuple[int, ...], ...]]] = {}
    out = []
    for example in examples:
        sought = asked(example.question)
        found, rows, columns = features(sought, example.grid)
        if id(example.grid) not in known:
            known[id(example.grid)] = _explained(example.grid, rows, columns)
        right = int(np.flatnonzero((rows == example.row) & (columns == example.column))[0])
        phrases = (pieces(sought.items[-1]), pieces(sought.items[0]), word_pieces(sought.words))
        out.append(Prepared(found.astype(np.float16), *known[id(example.grid)], phrases, right))
    return out


def _explained(
    grid: Grid, rows: NDArray[np.int32], columns: NDArray[np.int32]
) -> tuple[NDArray[np.int16], NDArray[np.int16], tuple[tuple[int, ...], ...]]:
    """Cells of a row or a column mostly share their lists, so each different list is kept once; list 0 is empty."""
    numbers = {int(text): i for i, text in enumerate(grid.layout.labels)}
    kept: dict[tuple[int, ...], int] = {(): 0}
    out = np.zeros((len(rows), len(PLACES)), np.int16)
    for cell, places in enumerate(explaining(grid.layout, rows.astype(np.intp), columns.astype(np.intp))):
        for place, texts in enumerate(places):
            out[cell, place] = kept.setdefault(tuple(numbers[t] for t in texts[-MOST_TEXTS:]), len(kept))
    lists = np.full((len(kept), max(1, *map(len, kept))), -1, np.int16)
    for one, number in kept.items():
        lists[number, : len(one)] = one
    return out, lists, tuple(pieces(grid.texts[t]) for t in grid.layout.labels)


class Ranker(nn.Module):
    """Letter vectors and network, as `qa.intersect_model.Model` reads them."""

    def __init__(self, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.asked = nn.EmbeddingBag(BUCKETS, DIMENSIONS, mode="sum")
        self.shown = nn.EmbeddingBag(BUCKETS, DIMENSIONS, mode="sum")
        nn.init.normal_(self.asked.weight, std=0.3)
        with torch.no_grad():
            self.shown.weight.copy_(self.asked.weight)
        self.mean, self.spread = nn.Buffer(mean), nn.Buffer(spread)
        width = len(NAMES) + len(PLACES) * len(LEARNED)
        self.net = nn.Sequential(
            nn.Linear(width, HIDDEN[0]), nn.ReLU(), nn.Dropout(0.15),
            nn.Linear(HIDDEN[0], HIDDEN[1]), nn.ReLU(), nn.Dropout(0.05),
            nn.Linear(HIDDEN[1], 1),
        )  # fmt: skip

    def forward(self, batch: Batch) -> Tensor:
        """Scores, questions × cells; -1e9 where a table has no more cells."""
        asked_for = self._vectors(self.asked, batch.phrases).view(-1, len(LEARNED), DIMENSIONS)
        shown = self._vectors(self.shown, batch.labels)
        shown = shown[batch.label_numbers] * batch.label_there[..., None]  # questions × texts × dimensions
        similar = torch.einsum("qkd,qtd->qkt", asked_for, shown)
        similar = torch.cat([similar, torch.zeros_like(similar[:, :, :1])], 2)  # -1 looks up the last: nothing there
        q, lists, _ = batch.lists.shape
        flat = batch.lists.reshape(q, 1, -1).expand(-1, len(LEARNED), -1)
        flat = torch.where(flat < 0, similar.shape[2] - 1, flat)
        # Lists without a text count 0, and so does what stands apart: in numpy a running maximum starts from 0 too.
        near = similar.gather(2, flat).view(q, len(LEARNED), lists, -1).amax(3).clamp(min=0.0)
        _, n, places = batch.explained.shape
        chosen = batch.explained.reshape(q, 1, -1).expand(-1, len(LEARNED), -1)
        best = near.gather(2, chosen).view(q, len(LEARNED), n, places).permute(0, 2, 3, 1).reshape(q, n, -1)
        if self.training:
            best = best * (torch.rand(q, 1, 1) > 0.1)
        x = torch.cat([batch.features, best], 2)
        x = ((x - self.mean) / self.spread).clamp(-REACH, REACH)
        scores: Tensor = self.net(x).squeeze(-1)
        return scores.masked_fill(~batch.there, -1e9)

    def _vectors(self, table: nn.EmbeddingBag, lists: Sequence[tuple[int, ...]]) -> Tensor:
        numbers = torch.tensor(list(itertools.chain.from_iterable(lists)), dtype=torch.long)
        starts = torch.tensor([0, *itertools.accumulate(map(len, lists))][:-1], dtype=torch.long)
        weights = (torch.rand(len(numbers)) > 0.2).float() if self.training else None
        return nn.functional.normalize(table(numbers, starts, per_sample_weights=weights), dim=1, eps=1e-6)


@dataclass(frozen=True)
class Batch:
    """Several examples padded to one size."""

    features: Tensor
    there: Tensor
    explained: Tensor
    lists: Tensor
    labels: list[tuple[int, ...]]
    label_numbers: Tensor
    label_there: Tensor
    phrases: list[tuple[int, ...]]
    right: Tensor


def together(examples: Sequence[Prepared]) -> Batch:
    """Pad examples to the largest of them."""
    cells = max(len(e.features) for e in examples)
    texts = max(len(e.labels) for e in examples)
    lists = (len(examples), max(e.lists.shape[0] for e in examples), max(e.lists.shape[1] for e in examples))
    read = np.zeros((len(examples), cells, len(NAMES)), np.float32)
    there = np.zeros((len(examples), cells), bool)
    explained = np.zeros((len(examples), cells, len(PLACES)), np.int64)
    listed = np.full(lists, -1, np.int64)
    numbers = np.zeros((len(examples), texts), np.int64)
    label_there = np.zeros((len(examples), texts), np.float32)
    labels: list[tuple[int, ...]] = []
    begins: dict[int, int] = {}  # examples of one table share its labels
    for k, e in enumerate(examples):
        read[k, : len(e.features)] = e.features
        there[k, : len(e.features)] = True
        explained[k, : len(e.features)] = e.explained
        listed[k, : e.lists.shape[0], : e.lists.shape[1]] = e.lists
        if id(e.labels) not in begins:
            begins[id(e.labels)] = len(labels)
            labels.extend(e.labels)
        numbers[k, : len(e.labels)] = begins[id(e.labels)] + np.arange(len(e.labels))
        label_there[k, : len(e.labels)] = 1.0
    return Batch(
        torch.from_numpy(read),
        torch.from_numpy(there),
        torch.from_numpy(explained),
        torch.from_numpy(listed),
        labels,
        torch.from_numpy(numbers),
        torch.from_numpy(label_there),
        [phrase for e in examples for phrase in e.phrases],
        torch.tensor([e.right for e in examples]),
    )


def train(examples: list[Prepared], held: list[Prepared], epochs: int, batch: int = 48) -> Ranker:
    """Train on examples; accuracy on the held-out ones is printed as it goes, never used to choose."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    mean, spread = _scales(examples)
    ranker = Ranker(mean, spread)
    sizes = np.array([len(e.features) for e in examples])
    steps = len(examples) // batch
    rates = [
        {"params": [*ranker.asked.parameters(), *ranker.shown.parameters()], "lr": 1e-2, "weight_decay": 0.0},
        {"params": ranker.net.parameters(), "lr": 3e-3, "weight_decay": 1e-3},
    ]
    optimiser = torch.optim.AdamW(rates)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [1e-2, 4e-3], total_steps=epochs * steps)
    for epoch in range(epochs):
        total = 0.0
        ranker.train()
        # Tables of about one size go together, others each time.
        ordered = np.argsort(sizes * chance.uniform(0.8, 1.25, len(sizes)))
        for step in chance.permutation(steps):
            made = together([examples[i] for i in ordered[step * batch : (step + 1) * batch]])
            loss = nn.functional.cross_entropy(ranker(made), made.right)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        click.echo(f"epoch {epoch + 1}: loss {total / steps:.4f}  held-out {accuracy(ranker, held):.4f}")
    return ranker


def _scales(examples: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
    """Mean and spread of the readable features; learned similarities stay as they are."""
    cells = np.concatenate([e.features for e in examples]).astype(np.float32)
    more = len(PLACES) * len(LEARNED)
    mean = np.concatenate([cells.mean(0), np.zeros(more, np.float32)])
    spread = np.concatenate([np.maximum(cells.std(0), SMALLEST_SPREAD), np.full(more, 0.3, np.float32)])
    return torch.from_numpy(mean.astype(np.float32)), torch.from_numpy(spread.astype(np.float32))


def scored(ranker: Ranker, examples: Sequence[Prepared]) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Each example's scores and its right cell."""
    ranker.eval()
    with torch.no_grad():
        for e in examples:
            yield ranker(together([e]))[0].numpy(), e.right


def accuracy(ranker: Ranker, examples: Sequence[Prepared]) -> float:
    """The share of examples whose best cell is the right one; NaN for none."""
    hits = [int(scores.argmax()) == right for scores, right in scored(ranker, examples)]
    return float(np.mean(hits)) if hits else float("nan")


def temperature(ranker: Ranker, examples: Sequence[Prepared]) -> float:
    """The temperature of least cross entropy on held-out examples (Guo et al. 2017, temperature scaling)."""
    pairs = list(scored(ranker, examples))

    def loss(t: float) -> float:
        return float(np.mean([np.logaddexp.reduce(s / t) - s[right] / t for s, right in pairs]))

    return min((float(t) for t in np.arange(0.5, 4.0, 0.05)), key=loss) if pairs else 1.0


def save(ranker: Ranker, heat: float, path: Path) -> None:
    """Write the weights; letter vectors in half precision."""
    linear = [layer for layer in ranker.net if isinstance(layer, nn.Linear)]
    arrays = {
        "asked": ranker.asked.weight.detach().numpy().astype(np.float16),
        "shown": ranker.shown.weight.detach().numpy().astype(np.float16),
        "mean": ranker.mean.numpy(),
        "spread": ranker.spread.numpy(),
        "temperature": np.array([heat], np.float32),
    }
    for number, layer in enumerate(linear):
        arrays[f"weights{number}"] = layer.weight.detach().numpy()
        arrays[f"bias{number}"] = layer.bias.detach().numpy()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(arrays, path, {"made_by": "qa.training.link", "data": "NTCIR-18 U4 train (出典: EDINET)"})


def reworded(examples: Sequence[Example], every: int = 1) -> list[Example]:
    """Every n-th example asked without 「」."""
    return [dataclasses.replace(e, question=unquoted(e.question)) for e in examples[::every]]


def tables(examples: Sequence[Example]) -> list[tuple[str, Grid]]:
    """The different tables of examples with their reports."""
    return list({id(e.grid): (e.document, e.grid) for e in examples}.values())


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=FILE, show_default=True)
@click.option("--epochs", type=int, default=8, show_default=True)
@click.option("--every", type=int, default=10, show_default=True, help="Every n-th report is held out.")
@click.option("--first", type=int, default=0, show_default=True, help="The first report held out.")
def main(data: Path, out: Path, epochs: int, every: int, first: int) -> None:
    """Train on all reports but the held-out ones, which set the temperature."""
    examples = read_examples(data / "u4")
    reports = sorted({e.document for e in examples})
    held = set(reports[first::every])
    kept = [e for e in examples if e.document not in held]
    left = [e for e in examples if e.document in held]
    trained = prepare([*kept, *reworded(kept, 4), *invented(tables(kept), SEED)])
    measured = prepare(left)
    ranker = train(trained, measured, epochs)
    heat = temperature(ranker, measured)
    save(ranker, heat, out)
    click.echo(f"temperature {heat:.2f}; held-out: {len(left)} questions {accuracy(ranker, measured):.4f}")
    for name, others in (("without 「」", reworded(left)), ("made from tables", invented(tables(left), SEED))):
        click.echo(f"{name}: {len(others)} questions {accuracy(ranker, prepare(others)):.4f}")


if __name__ == "__main__":
    main()
