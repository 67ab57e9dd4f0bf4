"""Makes the files from which onnxruntime-web trains: `python make_artifacts.py`, once, by hand.

They are kept beside this script, because the tool that makes them, onnxruntime-training 1.19.2
(with onnx 1.16.2, torch and NumPy 1, on Python 3.11), is a download of 300 MB and no longer made.
The weights in the checkpoint are zeros, so that it packs to nothing: the peer fills in its own.
The optimizer is AdamW: the browser's build creates no session with the tool's SGD graph.
"""

import gzip
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.training import artifacts

HERE = Path(__file__).resolve().parent
NETS = {"784-128-10": ("Relu", (784, 128, 10)), "784-500-10": ("Sigmoid", (784, 500, 10))}


def network(activation: str, sizes: tuple[int, ...]) -> onnx.ModelProto:
    """input -> Gemm, activation -> Gemm -> output, the logits; parameters w1, b1, w2, b2."""
    parameters, nodes, x = [], [], "input"
    for place, (fan_in, fan_out) in enumerate(pairwise(sizes), start=1):
        last = place == len(sizes) - 1
        z = "output" if last else f"z{place}"
        for name, shape in ((f"w{place}", (fan_in, fan_out)), (f"b{place}", (fan_out,))):
            parameters.append(numpy_helper.from_array(np.zeros(shape, np.float32), name))
        nodes.append(helper.make_node("Gemm", [x, f"w{place}", f"b{place}"], [z]))
        if not last:
            x = f"a{place}"
            nodes.append(helper.make_node(activation, [z], [x]))
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", sizes[0]])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", sizes[-1]])],
        parameters,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main() -> None:
    for name, (activation, sizes) in NETS.items():
        model = network(activation, sizes)
        onnx.checker.check_model(model)
        with tempfile.TemporaryDirectory() as folder:
            artifacts.generate_artifacts(
                model,
                requires_grad=[one.name for one in model.graph.initializer],
                loss=artifacts.LossType.CrossEntropyLoss,
                optimizer=artifacts.OptimType.AdamW,
                artifact_directory=folder,
            )
            for file in ("training_model.onnx", "optimizer_model.onnx", "eval_model.onnx"):
                (HERE / f"{name}.{file}").write_bytes((Path(folder) / file).read_bytes())
            checkpoint = (Path(folder) / "checkpoint").read_bytes()
            (HERE / f"{name}.checkpoint.gz").write_bytes(gzip.compress(checkpoint, mtime=0))


if __name__ == "__main__":
    main()
