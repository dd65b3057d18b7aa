"""The reader in torch, and one loop that trains it: a question with an offer → how much the offer answers it, as log odds.

A BERT encoder (Devlin et al. 2019) under the names that `reader_graph.py` knows, the mean over all tokens, one hidden layer.
A question's texts are read in one batch: each is judged by itself, and the right ones against the others by softmax.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qa.training.reader_start import BEGIN, END, LAYERS, PAD, POSITIONS, Weights, Words

HEADS = 12
DROPPED = 0.1
AGAINST = 0.5  # what choosing among a question's texts weighs beside judging each
WARM = 0.06  # share of the steps in which the rate rises
DECAY = 0.01
STEEPEST = 1.0  # norm to which gradients are cut
ROUND_TO = 16  # batches are as long as a multiple of this
_SORTED = 4096  # questions that are put by length at a time
_EVERY = 200  # steps between two lines of the log
_READ = {"cuda": 400_000, "cpu": 8000}  # tokens read at a time where nothing is learned

log = logging.getLogger("qa.training.reader_net")


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.ao = nn.Linear(width, width)
        self.aln = nn.LayerNorm(width, 1e-12)
        self.fi = nn.Linear(width, inner)
        self.fo = nn.Linear(inner, width)
        self.oln = nn.LayerNorm(width, 1e-12)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """Texts × tokens × width → the same; `there` is texts × 1 × 1 × tokens."""
        texts, tokens, width = x.shape
        parts = self.qkv(x).view(texts, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=there)
        seen = self.ao(seen.transpose(1, 2).reshape(texts, tokens, width))
        x = self.aln(x + functional.dropout(seen, DROPPED, self.training))
        told = self.fo(functional.gelu(self.fi(x)))
        out: Tensor = self.oln(x + functional.dropout(told, DROPPED, self.training))
        return out


class Reader(nn.Module):
    """The whole network; smaller sizes than the published ones are for tests."""

    def __init__(
        self, pieces: int, width: int = 384, inner: int = 1536, layers: int = LAYERS, heads: int = HEADS
    ) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, width)
        self.pos = nn.Embedding(POSITIONS, width)
        self.tt = nn.Embedding(2, width)
        self.ln = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, heads) for _ in range(layers))
        self.dense, self.out = nn.Linear(width, width), nn.Linear(width, 1)
        for last in (self.dense, self.out):
            nn.init.normal_(last.weight, std=0.02)
            nn.init.zeros_(last.bias)

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """Texts × tokens → log odds, one a text."""
        there = ids != PAD
        x = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.tt(kinds)
        x = functional.dropout(self.ln(x), DROPPED, self.training)
        for layer in self.layers:
            x = layer(x, there[:, None, None, :])
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        hidden = functional.dropout(torch.tanh(self.dense(mean)), DROPPED, self.training)
        odds: Tensor = self.out(hidden).squeeze(-1)
        return odds


def started(weights: Weights, device: str) -> Reader:
    """The published encoder with a last layer that knows nothing."""
    torch.manual_seed(1)
    reader = Reader(len(weights["word.weight"]))
    own = {name: torch.from_numpy(array) for name, array in weights.items()}
    missing = reader.load_state_dict(own, strict=False)
    assert not missing.unexpected_keys
    return reader.to(device)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, texts that could answer it, which do, and what the question weighs; a question that nothing answers is
    one of which no text is right.
    """

    question: str
    texts: tuple[str, ...]
    right: tuple[bool, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions with their texts as numbers of pieces: `ids` of each pair with the length of its question (pairs,), which
    are right (pairs,); of each question where its pairs start, how many they are, and what it weighs (questions,).
    """

    ids: tuple[NDArray[np.int32], ...]
    second: NDArray[np.int64]
    right: NDArray[np.bool_]
    start: NDArray[np.int64]
    size: NDArray[np.int64]
    weight: NDArray[np.float32]

    def of(self, questions: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The pairs of some questions, in their order."""
        return np.concatenate([np.arange(self.start[q], self.start[q] + self.size[q]) for q in questions])


def pairs(asked: Sequence[Asked], words: Words, question: int, answer: int) -> Pairs:
    """Cut texts into pieces, up to so many of a question and of an answer."""
    texts = list(dict.fromkeys(text for one in asked for text in (one.question, *one.texts)))
    known = dict(zip(texts, words.ids(texts, max(question, answer)), strict=True))
    ids, second = [], []
    for one in asked:
        before = [BEGIN, *known[one.question][:question], END, END]
        for text in one.texts:
            ids.append(np.array([*before, *known[text][:answer], END], np.int32))
            second.append(len(before))
    size = np.array([len(one.texts) for one in asked], np.int64)
    return Pairs(
        tuple(ids), np.array(second, np.int64), np.array([r for one in asked for r in one.right], bool),
        np.cumsum(size) - size, size, np.array([one.weight for one in asked], np.float32),
    )  # fmt: skip


def padded(found: Pairs, chosen: NDArray[np.int64], device: str) -> tuple[Tensor, Tensor]:
    """The numbers of some pairs and whether each is of the question (0) or the answer (1), pairs × tokens."""
    longest = _rounded(max(len(found.ids[i]) for i in chosen))
    ids = np.full((len(chosen), longest), PAD, np.int64)
    kinds = np.zeros((len(chosen), longest), np.int64)
    for row, i in enumerate(chosen):
        ids[row, : len(found.ids[i])] = found.ids[i]
        kinds[row, found.second[i] : len(found.ids[i])] = 1
    return torch.from_numpy(ids).to(device), torch.from_numpy(kinds).to(device)


def _rounded(length: int) -> int:
    return -(-length // ROUND_TO) * ROUND_TO


def batches(
    found: Pairs, questions: NDArray[np.int64], tokens: int, dice: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Questions in batches of similar length and up to so many tokens, padding included; the order is random."""
    longest = np.array([max(len(found.ids[i]) for i in found.of([q])) for q in range(len(found.size))])
    made: list[NDArray[np.int64]] = []
    mixed = dice.permutation(questions)
    for first in range(0, len(mixed), _SORTED):
        some = mixed[first : first + _SORTED]
        batch: list[int] = []
        rows = 0
        for q in some[np.argsort(longest[some], kind="stable")]:  # the last of a batch is its longest
            if batch and (rows + found.size[q]) * _rounded(int(longest[q])) > tokens:
                made.append(np.array(batch))
                batch, rows = [], 0
            batch.append(int(q))
            rows += int(found.size[q])
        made.append(np.array(batch))
    return [made[i] for i in dice.permutation(len(made))]


def loss(odds: Tensor, right: Tensor, question: Tensor, weight: Tensor) -> Tensor:
    """How wrong log odds are, (pairs,), of pairs whose question's number is `question`; `weight` is (questions,).

    Binary cross entropy of each pair, and of each question with a right text the softmax over its texts.
    """
    each = functional.binary_cross_entropy_with_logits(odds, right, reduction="none") * weight[question]
    count = len(weight)
    top = odds.new_full((count,), -1e4).scatter_reduce(0, question, odds.detach(), "amax")
    powers = (odds - top[question]).exp()
    everything = odds.new_zeros(count).index_add(0, question, powers)
    good = odds.new_zeros(count).index_add(0, question, powers * right)
    counted = weight * (good > 0)
    chosen = (everything.log() - good.clamp(min=1e-9).log()) * counted
    return each.sum() / weight[question].sum() + AGAINST * chosen.sum() / counted.sum().clamp(min=1e-6)


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast to train: times through the questions, the highest rate, tokens a batch, and what ends it
    before: seconds or steps.
    """

    epochs: int
    rate: float
    tokens: int
    seconds: float = math.inf
    steps: int | None = None


def fit(reader: Reader, found: Pairs, questions: NDArray[np.int64], course: Course, seed: int) -> None:
    """Train on some questions. The rate falls to nothing by the end, whether that is the last step or the last second."""
    dice = np.random.default_rng(seed)
    plan = [batch for _ in range(course.epochs) for batch in batches(found, questions, course.tokens, dice)]
    plan = plan[: course.steps]
    device = reader.out.weight.device.type
    optimizer = _optimizer(reader, course.rate)
    began = time.monotonic()
    reader.train()
    for step, batch in enumerate(plan):
        done = max(step / len(plan), (time.monotonic() - began) / course.seconds)
        if done >= 1:
            log.info("time is up at step %d of %d", step, len(plan))
            break
        rising = min(1.0, done / WARM) if step < WARM * len(plan) else 1.0
        for group in optimizer.param_groups:
            group["lr"] = course.rate * rising * (1 - done) + 1e-7
        odds, wrong = _step(reader, found, batch, device)
        optimizer.zero_grad(set_to_none=True)
        wrong.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(reader.parameters(), STEEPEST)
        optimizer.step()
        if step % _EVERY == 0:
            log.info("step %d of %d: %d pairs, loss %.3f", step, len(plan), len(odds), wrong.item())


def _step(reader: Reader, found: Pairs, batch: NDArray[np.int64], device: str) -> tuple[Tensor, Tensor]:
    chosen = found.of(batch)
    with _short(device):
        odds = reader(*padded(found, chosen, device))
    right = torch.from_numpy(found.right[chosen].astype(np.float32)).to(device)
    question = torch.from_numpy(np.repeat(np.arange(len(batch)), found.size[batch])).to(device)
    weight = torch.from_numpy(found.weight[batch]).to(device)
    return odds, loss(odds.float(), right, question, weight)


def _optimizer(reader: Reader, rate: float) -> torch.optim.Optimizer:
    """AdamW; biases and norms do not decay."""
    matrices = [p for p in reader.parameters() if p.dim() > 1]
    others = [p for p in reader.parameters() if p.dim() <= 1]
    kinds = [{"params": matrices, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(kinds, lr=rate, betas=(0.9, 0.98))


def _short(device: str) -> torch.autocast:
    """Numbers of 16 bits where the device reckons faster with them."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda")


@torch.no_grad()
def read(reader: Reader, found: Pairs, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
    """The log odds of some pairs, (len(chosen),)."""
    device = reader.out.weight.device.type
    reader.eval()
    out = np.zeros(len(chosen))
    for some in _by_length([len(found.ids[i]) for i in chosen], _READ[device]):
        with _short(device):
            out[some] = reader(*padded(found, chosen[some], device)).float().cpu().numpy()
    return out


def _by_length(lengths: Sequence[int], tokens: int) -> Iterator[NDArray[np.int64]]:
    order = np.argsort(lengths, kind="stable")[::-1]
    first = 0
    while first < len(order):
        many = max(1, tokens // _rounded(lengths[order[first]]))
        yield order[first : first + many].astype(np.int64)
        first += many


def exported(reader: Reader) -> dict[str, NDArray[np.float32]]:
    """The weights under their names."""
    return {name: tensor.float().cpu().numpy() for name, tensor in reader.state_dict().items()}


@torch.no_grad()
def ranges(reader: Reader, found: Pairs, chosen: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Of each matrix product in the layers the largest value that each input takes on some pairs, (inputs,)."""
    largest: dict[str, NDArray[np.float32]] = {}

    def noted(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def note(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            seen = given[0].detach().abs().flatten(0, -2).amax(0).float().cpu().numpy()
            largest[name] = np.maximum(largest.get(name, 0.0), seen)

        return note

    named = ((name, part) for name, part in reader.named_modules() if isinstance(part, nn.Linear))
    hooks = [part.register_forward_pre_hook(noted(name)) for name, part in named if name.startswith("layers.")]
    read(reader, found, chosen)
    for hook in hooks:
        hook.remove()
    return largest
