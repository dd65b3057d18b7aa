"""A trained reader → the graph that onnxruntime reads (`qa/model/reader.onnx`), its matrix products in 8-bit whole numbers.

What a layer takes in is rounded too, each time by its own largest value. A few channels are some twenty times as large as the
others and would leave these but a few steps: they are divided by what they exceed, and their weights multiplied by the same
(SmoothQuant, Xiao et al. 2023), which changes nothing but the rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
Ranges = Mapping[str, Array]  # of each product the largest value that each of its inputs takes, (inputs,)
INPUTS = (
    "ids",
    "places",
    "kinds",
)  # each texts × tokens; places count from 0, kinds are 0 in the question, 1 behind it
OUTPUT = "odds"  # texts × 1
_STEPS = 127  # of a weight up and down
_LARGE = 2.5  # times the median: what a channel is divided down to
_EPSILON = 1e-12
_ONNX, _OURS = 20, 1  # editions of the two sets of operations
_FORMAT = 10


def graph(weights: Mapping[str, Array], ranges: Ranges, heads: int) -> bytes:
    """The graph of a reader with these weights, named as `reader_net.Reader` has them, as bytes of an ONNX file."""
    made = _Graph(weights, ranges)
    x = made.add("Add", made.looked_up("word", INPUTS[0]), made.looked_up("pos", INPUTS[1]))
    x = made.normed("ln", made.add("Add", x, made.looked_up("tt", INPUTS[2])))
    for i in range(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))):
        x = _layer(made, f"layers.{i}", x, heads)
    mean = made.add("ReduceMean", x, made.held("tokens", np.array([1], np.int64)), keepdims=0)
    said = made.add("Tanh", made.applied("dense", mean))
    made.nodes.append(helper.make_node("Identity", [made.applied("out", said)], [OUTPUT]))
    ends = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in INPUTS]
    odds = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["texts", 1])]
    whole = helper.make_graph(made.nodes, "reader", ends, odds, made.constants)
    sets = [helper.make_opsetid("", _ONNX), helper.make_opsetid("com.microsoft", _OURS)]
    model = helper.make_model(whole, opset_imports=sets, ir_version=_FORMAT)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _layer(made: _Graph, name: str, x: str, heads: int) -> str:
    width = len(made.weights[f"{name}.ao.weight"])
    parts = made.split(made.rounded(f"{name}.qkv", x), np.full(3, width, np.int64))
    heard = made.add("MultiHeadAttention", *parts, domain="com.microsoft", num_heads=heads)
    x = made.normed(f"{name}.aln", made.add("Add", x, made.rounded(f"{name}.ao", heard)))
    inner = made.add("Gelu", made.rounded(f"{name}.fi", x), approximate="tanh")
    return made.normed(f"{name}.oln", made.add("Add", x, made.rounded(f"{name}.fo", inner)))


class _Graph:
    """Nodes and constants as they are added; every function gives the name of what comes out."""

    def __init__(self, weights: Mapping[str, Array], ranges: Ranges) -> None:
        self.weights, self.ranges = weights, ranges
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def held(self, name: str, array: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, *inputs: str, **settings: Any) -> str:
        return self._added(kind, inputs, 1, **settings)[0]

    def split(self, x: str, sizes: NDArray[np.int64]) -> list[str]:
        return self._added("Split", [x, self.held(f"sizes {len(self.nodes)}", sizes)], len(sizes), axis=-1)

    def _added(self, kind: str, inputs: Any, outputs: int, **settings: Any) -> list[str]:
        out = [f"{kind} {len(self.nodes)} {i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), out, **settings))
        return out

    def looked_up(self, name: str, numbers: str) -> str:
        """Rows of a table in whole numbers with a step for each row."""
        steps, table = _whole(self.weights[f"{name}.weight"])
        rows = self.add("Gather", self.held(f"{name}.weight", table), numbers)
        sizes = self.add("Gather", self.held(f"{name}.steps", steps), numbers)
        return self.add("Mul", self.add("Cast", rows, to=TensorProto.FLOAT), sizes)

    def normed(self, name: str, x: str) -> str:
        weight, bias = (self.held(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=_EPSILON)

    def applied(self, name: str, x: str) -> str:
        """A matrix product as it is."""
        weight, bias = (self.held(f"{name}.{part}", self.weights[f"{name}.{part}"].T) for part in ("weight", "bias"))
        return self.add("Add", self.add("MatMul", x, weight), bias)

    def rounded(self, name: str, x: str) -> str:
        """A matrix product in whole numbers."""
        by = smoothing(self.ranges[name])
        steps, whole = _whole(self.weights[f"{name}.weight"] * by)
        smooth = self.add("Mul", x, self.held(f"{name}.smooth", 1 / by))
        given, step, zero = self._added("DynamicQuantizeLinear", [smooth], 3)
        product = self.add("MatMulInteger", given, self.held(f"{name}.weight", whole.T), zero)
        sizes = self.add("Mul", step, self.held(f"{name}.steps", steps[:, 0]))
        told = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), sizes)
        return self.add("Add", told, self.held(f"{name}.bias", self.weights[f"{name}.bias"]))


def smoothing(largest: Array) -> Array:
    """What each input channel is divided by, 1 or more: its largest value over 2.5 times the median of all."""
    usual = _LARGE * np.median(largest) + np.float32(_EPSILON)
    out: Array = np.maximum(largest / usual, 1.0).astype(np.float32)
    return out


def _whole(matrix: Array) -> tuple[Array, NDArray[np.int8]]:
    """The size of a step for each row (rows, 1), and the rows in whole steps of -127 to 127."""
    steps = (np.abs(matrix).max(axis=1, keepdims=True) / _STEPS + _EPSILON).astype(np.float32)
    return steps, np.rint(matrix / steps).astype(np.int8)
