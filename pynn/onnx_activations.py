"""Activations as nodes of an ONNX graph."""

import math
from typing import Any, Protocol

import numpy as np

from pynn.matmul import Array

ELEMENTWISE = {"Tanh": "Tanh", "ReLU": "Relu", "Sigmoid": "Sigmoid"}
# In float32, and the word that is their alpha.
SINGLE = {
    "LeakyReLU": ("LeakyRelu", "negative_slope"), "ELU": ("Elu", "alpha"),
    "Softplus": ("Softplus", ""),
}  # fmt: skip


class Graph(Protocol):
    """What is built: each node takes what the last one gives, whose name is `now`."""

    single: bool
    now: str

    def node(self, kind: str, name: str, *others: str, before: str = "", **words: Any) -> None: ...

    def number(self, name: str, array: Array) -> str: ...


def add_activation(graph: Graph, name: str, kind: str, words: dict[str, Any]) -> None:
    """The nodes of a module of PyTorch, told by its words. ValueError for one that cannot be."""
    if kind == "Softmax":
        graph.node("Softmax", name, axis=1)
    elif kind in ELEMENTWISE:
        graph.node(ELEMENTWISE[kind], name)
    elif kind == "SiLU":
        z = graph.now
        graph.node("Sigmoid", f"{name}.share")
        graph.node("Mul", name, z)
    elif kind == "GELU":
        _gelu(graph, name)
    elif graph.single:
        own, word = SINGLE[kind]
        graph.node(own, name, **({"alpha": words[word]} if word else {}))
    else:
        _bent(graph, name, kind, words)


def _constant(graph: Graph, name: str, value: float) -> str:
    return graph.number(name, np.array(value, np.float32 if graph.single else np.float64))


def _gelu(graph: Graph, name: str) -> None:
    """z (1 + erf(z / sqrt(2))) / 2"""
    if not graph.single:
        raise ValueError(
            "to_onnx: expected a float32 network with gelu, since onnxruntime has no erf in "
            "float64, got float64"
        )
    z = graph.now
    graph.node("Mul", f"{name}.scaled", _constant(graph, f"{name}.root", math.sqrt(0.5)))
    graph.node("Erf", f"{name}.erf")
    graph.node("Add", f"{name}.twice", _constant(graph, f"{name}.one", 1.0))
    graph.node("Mul", f"{name}.share", _constant(graph, f"{name}.half", 0.5))
    graph.node("Mul", name, z)


def _bent(graph: Graph, name: str, kind: str, words: dict[str, Any]) -> None:
    """The rectifier's relatives in float64, of operations that onnxruntime has there."""
    z = graph.now
    if kind == "LeakyReLU":
        graph.node(
            "Mul", f"{name}.small", _constant(graph, f"{name}.slope", words["negative_slope"])
        )
        graph.node("Max", name, z)
        return
    zero, one = _constant(graph, f"{name}.zero", 0.0), _constant(graph, f"{name}.one", 1.0)
    graph.node("Max", f"{name}.above", zero)
    above, graph.now = graph.now, z
    if kind == "ELU":  # max(z, 0) + c (exp(min(z, 0)) - 1)
        graph.node("Min", f"{name}.below", zero)
        graph.node("Exp", f"{name}.power")
        graph.node("Sub", f"{name}.less", one)
        graph.node("Mul", f"{name}.scaled", _constant(graph, f"{name}.scale", words["alpha"]))
    else:  # max(z, 0) + log(1 + exp(-|z|))
        graph.node("Abs", f"{name}.size")
        graph.node("Neg", f"{name}.minus")
        graph.node("Exp", f"{name}.power")
        graph.node("Add", f"{name}.more", one)
        graph.node("Log", f"{name}.log")
    graph.node("Add", name, above)
