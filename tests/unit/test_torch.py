"""Networks as Sequentials of PyTorch and back: the same numbers, the same answers."""

import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_networks import as_trained, examples, random_network

from pynn import SGD, Activation, Layer, Network, fit, load, save
from pynn.layers import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.matmul import Array
from pynn.torch import from_torch, load_state_dict, state_dict, to_torch

torch = pytest.importorskip("torch")
nn = torch.nn

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}
ROOT = Path(__file__).resolve().parents[2]


def tensor(x: Array) -> Any:
    """Examples as PyTorch has them: the channels of images in front."""
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x, -1, 1)) if x.ndim == 4 else x)


def answers(model: Any, x: Array) -> Array:
    with torch.no_grad():
        return np.asarray(model(tensor(x)).numpy())


def same_numbers(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert one.keys() == other.keys()
    for name, array in one.items():
        np.testing.assert_array_equal(np.asarray(array), np.asarray(other[name]))


def same_answers(network: Network, model: Any, count: int = 5) -> None:
    x = examples(network, count)
    outputs = answers(model, x)
    assert outputs.dtype == network.dtype
    tolerance = TOLERANCE[network.dtype.name]
    np.testing.assert_allclose(network.predict(x), outputs, rtol=0, atol=tolerance)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gelu_goes_there_and_comes_back(dtype: str) -> None:
    network = Network([Dense(9, "gelu"), Dense(3)], 5, dtype=dtype)
    model = to_torch(network)
    same_answers(network, model)
    assert from_torch(model, 5).layers[0].config["activation"] == "gelu"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("seed", range(24))
def test_a_network_goes_there_and_comes_back(seed: int, dtype: str) -> None:
    network = random_network(seed, dtype)
    model = to_torch(network)
    same_answers(network, model)
    again = from_torch(model, network.input_shape)
    same_numbers(again.arrays, network.arrays)
    x = examples(network, 5)
    np.testing.assert_array_equal(again.predict(x), network.predict(x))
    assert [type(layer) for layer in again.layers] == [type(layer) for layer in network.layers]
    same_numbers(to_torch(again).state_dict(), model.state_dict())


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_windows_stand_where_they_stand_in_pynn(padding: str, size: int, stride: int) -> None:
    layers = [Conv2D(3, size, "relu", stride=stride, padding=padding), Flatten(), Dense(2)]
    network = Network(layers, (8, 11, 2), seed=size)
    same_answers(network, to_torch(network))
    same_answers(from_torch(to_torch(network), (8, 11, 2)), to_torch(network))


@pytest.mark.parametrize("pool", [MaxPool2D, AvgPool2D])
def test_rows_and_columns_that_fill_no_square_are_left_out(pool: Any) -> None:
    network = Network([pool(3), Flatten(), Dense(4, "tanh")], (8, 10, 2))
    same_answers(network, to_torch(network))


def test_an_exact_network_becomes_a_model_like_any_other() -> None:
    kinds = ("tanh", "sigmoid", "relu", "leaky_relu", "softmax")
    network = Network([Dense(4, kind) for kind in kinds], 3, exact=True, seed=2)
    same_answers(network, to_torch(network))


def test_the_words_of_layers_go_there_and_come_back() -> None:
    layers = [
        Conv2D(4, 3, "leaky_relu", stride=2, padding="same"), BatchNorm(0.7, 1e-3), Dropout(0.3),
        Flatten(), Dense(5, "relu", bias=False), BatchNorm(), Dense(3, "softmax"),
    ]  # fmt: skip
    network = Network(layers, (6, 7, 2))
    model = to_torch(network)
    assert [type(module).__name__ for module in model] == [
        "ZeroPad2d", "Conv2d", "LeakyReLU", "BatchNorm2d", "Dropout", "Flatten", "Linear", "ReLU",
        "BatchNorm1d", "Linear", "Softmax",
    ]  # fmt: skip
    assert (model[3].momentum, model[3].eps, model[8].momentum) == (0.3, 1e-3, 0.1)
    assert from_torch(model, (6, 7, 2)).plan == network.plan


def test_a_model_is_ready_for_use_and_draws_nothing_from_the_callers_chance() -> None:
    torch.manual_seed(3)
    before = torch.get_rng_state()
    model = to_torch(random_network(1))
    from_torch(model, random_network(1).input_shape)
    assert not model.training and torch.equal(torch.get_rng_state(), before)


def test_a_model_does_not_share_numbers_with_its_network() -> None:
    network = random_network(5)
    x, model = examples(network, 3), to_torch(network)
    again, before = from_torch(model, network.input_shape), network.predict(x)
    as_trained(network, np.random.default_rng(1))
    np.testing.assert_allclose(answers(model, x), before, atol=1e-5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    np.testing.assert_array_equal(again.predict(x), before)


@pytest.mark.parametrize("shape", [(5,), (4, 3, 2)])
def test_running_statistics_move_as_they_do_in_pytorch(shape: tuple[int, ...]) -> None:
    flatten = [Flatten()] if len(shape) > 1 else []
    network = Network([BatchNorm(0.8), *flatten, Dense(1)], shape, dtype="float64")
    model = to_torch(network).train()
    for seed in range(3):
        x = examples(network, 6, seed)
        model(tensor(x))
        network.layers[0].forward_training(x, None)
    model.eval()
    for name, array in state_dict(network).items():
        np.testing.assert_allclose(array, model.state_dict()[name].numpy(), rtol=1e-13, atol=1e-15)
    same_answers(network, model)


def test_both_learn_the_same_step() -> None:
    layers = [Conv2D(3, 3, "tanh"), BatchNorm(), Flatten(), Dense(4, "relu"), Dense(3, "softmax")]
    network = Network(layers, (6, 5, 2), dtype="float64", seed=1)
    x, y = examples(network, 8), np.arange(8) % 3
    model = to_torch(network).train()
    loss = nn.functional.nll_loss(torch.log(model(tensor(x))), torch.from_numpy(y))
    loss.backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 0.1 * parameter.grad
    fit(network, x, y, loss="cross_entropy", optimizer=SGD(0.1), batch_size=8, epochs=1)
    for name, array in state_dict(network).items():
        np.testing.assert_allclose(array, model.state_dict()[name].numpy(), rtol=0, atol=1e-12)


# State dicts.


@pytest.mark.parametrize("seed", range(8))
def test_a_state_dict_is_that_of_the_model(seed: int) -> None:
    network = random_network(seed)
    counts = "num_batches_tracked"
    theirs = {k: v for k, v in to_torch(network).state_dict().items() if counts not in k}
    same_numbers(state_dict(network), theirs)


@pytest.mark.parametrize("seed", range(8))
def test_a_network_takes_back_what_it_gave(seed: int) -> None:
    network, other = random_network(seed), random_network(seed)
    as_trained(other, np.random.default_rng(99))
    # Files of safetensors have their arrays in alphabetical order.
    load_state_dict(other, dict(sorted(state_dict(network).items())))
    same_numbers(other.arrays, network.arrays)


def test_tensors_are_taken_whatever_they_are_for() -> None:
    network = Network([Dense(2, "tanh"), Dense(1)], 3)
    weight = torch.tensor([[0.5, 1.0, -2.0], [0.25, 0.0, 8.0]], requires_grad=True)
    state = {
        "0.weight": weight, "0.bias": torch.ones(2, dtype=torch.bfloat16),
        "2.weight": torch.ones(1, 2, dtype=torch.float64), "2.bias": nn.Parameter(torch.ones(1)),
    }  # fmt: skip
    load_state_dict(network, state)
    np.testing.assert_array_equal(network.parameters["dense_1.weights"], weight.detach().T)
    np.testing.assert_array_equal(network.parameters["dense_1.bias"], [1, 1])


def test_more_than_ten_modules_are_taken_in_their_order() -> None:
    network = Network([Dense(3) for _ in range(12)], 3, seed=1)
    other = Network([Dense(3) for _ in range(12)], 3, seed=2)
    state = dict(sorted(state_dict(network).items()))
    assert next(iter(state)) == "0.bias" and list(state)[4] == "10.bias"
    load_state_dict(other, state)
    same_numbers(other.arrays, network.arrays)


def test_modules_without_numbers_may_stand_anywhere() -> None:
    network, other = random_network(2), random_network(2)
    as_trained(other, np.random.default_rng(99))
    state = {}
    for name, array in state_dict(network).items():
        index, _, rest = name.partition(".")
        state[f"{3 * int(index) + 2}.{rest}"] = array
    load_state_dict(other, state)
    same_numbers(other.arrays, network.arrays)


def test_state_dicts_need_no_pytorch() -> None:
    program = """
import sys
sys.modules["torch"] = None
from pynn import Dense, Network
from pynn.torch import load_state_dict, state_dict, to_torch
one, two = Network([Dense(2)], 3, seed=1), Network([Dense(2)], 3, seed=2)
load_state_dict(two, state_dict(one))
assert (one.predict([[1, 2, 3]]) == two.predict([[1, 2, 3]])).all()
try:
    to_torch(one)
except ImportError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wanted = "to_torch: expected PyTorch to be installed, got none; pip install torch"
    assert done.stdout.strip() == wanted


def test_pynn_is_imported_without_pytorch() -> None:
    program = "import sys, pynn, pynn.torch; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


# Of Dense(2, "relu", bias=False), BatchNorm(), Dense(1) for three inputs.
GOOD = {
    "0.weight": np.ones((2, 3)), "2.weight": np.ones(2), "2.bias": np.ones(2),
    "2.running_mean": np.ones(2), "2.running_var": np.ones(2),
    "3.weight": np.ones((1, 2)), "3.bias": np.ones(1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"3.weight": np.ones((2, 1))},
      r"expected 3.weight for dense_2.weights of shape \(1, 2\), got \(2, 1\)"),
     ({"3.bias": None}, "expected bias, weight of module 3 for dense_2, got weight"),
     ({"0.bias": np.ones(2)}, "expected weight of module 0 for dense_1, got bias, weight"),
     ({"4.weight": np.ones(2)}, "expected numbers of 3 modules, got of 4"),
     ({"0.weight": None}, "expected numbers of 3 modules, got of 2"),
     ({"2.running_var": [1, np.nan]},
      "expected 2.running_var for batchnorm_1.variance as finite numbers, got NaN or infinity"),
     ({"3.weight": [[1e300, 0]]}, "expected 3.weight for dense_2.weights as finite numbers"),
     ({"3.weight": "words"}, "expected 3.weight for dense_2.weights as numbers, got"),
     ({"fc.weight": np.ones(2)}, "expected names like 0.weight, got 'fc.weight'"),
     ({"weight": np.ones(2)}, "expected names like 0.weight, got 'weight'"),
     ({7: np.ones(2)}, "expected names like 0.weight, got 7")],
)  # fmt: skip
def test_a_state_dict_that_does_not_fit_is_refused_whole(
    changes: dict[Any, Any], words: str
) -> None:
    network = Network([Dense(2, "relu", bias=False), BatchNorm(), Dense(1)], 3)
    before = {name: array.copy() for name, array in network.arrays.items()}
    state = {name: array for name, array in {**GOOD, **changes}.items() if array is not None}
    with pytest.raises(ValueError, match=f"^load_state_dict: {words}"):
        load_state_dict(network, state)
    same_numbers(network.arrays, before)


def test_what_is_no_network_or_no_mapping_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^load_state_dict: expected arrays by name, got list"):
        load_state_dict(Network([Dense(1)], 2), [])  # type: ignore[arg-type]
    for function in (to_torch, state_dict):
        with pytest.raises(ValueError, match=f"^{function.__name__}: expected a Network, got int"):
            function(3)  # type: ignore[arg-type]


class Wider(Dense):
    """A layer of one's own that is a Dense for all that is seen of it."""


class Own(Layer):
    def __init__(self) -> None:
        super().__init__({})

    def shapes(self, input_shape: tuple[int, ...]) -> Any:
        return {}, input_shape


class Cube(Activation):
    name = "cube"


@pytest.mark.parametrize(
    ("layers", "words"),
    [([Own(), Dense(2)], "expected layers of Dense, Conv2D, .*, got Own"),
     ([Wider(3), Dense(2)], "expected layers of Dense, Conv2D, .*, got Wider"),
     ([Dense(3, Cube()), Dense(2)], "expected activations of tanh, .*, got 'cube'")],
    ids=["layer", "subclass", "activation"],
)  # fmt: skip
def test_what_is_of_ones_own_is_refused(layers: list[Layer], words: str) -> None:
    network = Network(layers, 4)
    for function in (to_torch, state_dict):
        with pytest.raises(ValueError, match=f"^{function.__name__}: {words}"):
            function(network)


# Models that were made in PyTorch.


def drawn(model: Any) -> Any:
    """With running statistics that are not those of the start."""
    generator = torch.Generator().manual_seed(1)
    for name, buffer in model.named_buffers():
        if "running" in name:
            buffer.copy_(torch.rand(buffer.shape, generator=generator) + 0.5)
    return model.eval()


MODELS = {
    "dense": (lambda: nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)), 4),
    "one-more": (lambda: nn.Sequential(nn.Dropout(0.1), nn.Flatten(), nn.Linear(4, 2)), 4),
    "double": (lambda: nn.Sequential(nn.Linear(4, 3), nn.Sigmoid(), nn.Linear(3, 2)).double(), 4),
    "softmax": (lambda: nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=-1)), 4),
    "slope": (lambda: nn.Sequential(nn.Linear(4, 3), nn.LeakyReLU(0.2), nn.Linear(3, 2)), 4),
    "names": (
        lambda: nn.Sequential(OrderedDict(one=nn.Linear(4, 3), act=nn.ReLU(), two=nn.Linear(3, 1))),
        4,
    ),
    "norm": (
        lambda: nn.Sequential(
            nn.Linear(4, 6, bias=False), nn.ReLU(inplace=True),
            nn.BatchNorm1d(6, momentum=1 / 3, affine=False), nn.Linear(6, 2),
        ),
        4,
    ),
    "images": (
        lambda: nn.Sequential(
            nn.Conv2d(3, 5, 3, padding=1, bias=False), nn.ReLU(), nn.BatchNorm2d(5, eps=1e-2),
            nn.MaxPool2d((2, 2), stride=2), nn.Conv2d(5, 4, (2, 2), padding="same"), nn.Tanh(),
            nn.AvgPool2d(2, count_include_pad=False), nn.Flatten(), nn.BatchNorm1d(4 * 2 * 2),
            nn.Linear(4 * 2 * 2, 3),
        ),
        (9, 11, 3),
    ),
    "strides": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 2, 3, stride=2, padding=1), nn.Conv2d(2, 3, 2, stride=3, padding="valid"),
            nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 3, 2), nn.Softmax(1), nn.Flatten(),
            nn.Linear(12, 2),
        ),
        (9, 11, 1),
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize("case", MODELS.values(), ids=MODELS)
def test_a_model_of_pytorch_becomes_a_network(case: Any) -> None:
    make, inputs = case
    torch.manual_seed(4)
    model = drawn(make())
    network = from_torch(model, inputs)
    same_answers(network, model)
    same_answers(network, to_torch(network))


def test_a_normalisation_before_its_activation_can_be_fused_away() -> None:
    torch.manual_seed(4)
    model = drawn(
        nn.Sequential(
            nn.Conv2d(2, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(64, 3)
        )
    )  # fmt: skip
    fused = nn.Sequential(nn.utils.fuse_conv_bn_eval(model[0], model[1]), *model[2:])
    same_answers(from_torch(fused, (6, 6, 2)), model)


def test_one_activation_may_stand_in_several_places() -> None:
    relu = nn.ReLU()
    model = nn.Sequential(nn.Linear(4, 5), relu, nn.Linear(5, 5), relu, nn.Linear(5, 1))
    network = from_torch(model, 4)
    assert [layer.activation.name for layer in network.neurons] == ["relu", "relu", "linear"]
    same_answers(network, model)


def test_a_parameter_that_the_model_leaves_out_stays_what_it_is() -> None:
    model = nn.Sequential(
        nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2, affine=False), nn.Flatten(),
        nn.Linear(32, 2), nn.Softmax(1),
    )  # fmt: skip
    network = from_torch(model, (6, 6, 1))
    before = network.parameters["dense_1.weights"].copy()
    fit(network, examples(network, 8), np.arange(8) % 2, loss="cross_entropy", optimizer=SGD(0.1))
    assert not network.parameters["conv2d_1.bias"].any()
    assert (network.parameters["batchnorm_1.scale"] == 1).all()
    assert not network.parameters["batchnorm_1.shift"].any()
    assert (network.parameters["dense_1.weights"] != before).any()


def test_a_network_from_pytorch_can_be_saved(tmp_path: Path) -> None:
    model = nn.Sequential(nn.Linear(4, 3), nn.LeakyReLU(), nn.Linear(3, 2), nn.Softmax(1))
    network = from_torch(model, 4)
    save(network, tmp_path / "model.npz")
    x = examples(network, 3)
    np.testing.assert_array_equal(load(tmp_path / "model.npz").predict(x), network.predict(x))


class OwnLinear(nn.Linear):
    pass


IMAGES, ROWS = (8, 8, 2), 4
REFUSED: dict[str, tuple[Any, Any, str]] = {
    "kind": (
        [nn.Linear(4, 4), nn.Hardtanh()], ROWS, "expected module 1 as one of .* got Hardtanh",
    ),
    "gelu by tanh": (
        [nn.Linear(4, 4), nn.GELU("tanh"), nn.Linear(4, 2)], ROWS, "approximate='none', got tanh",
    ),
    "softplus": (
        [nn.Linear(4, 4), nn.Softplus(2.0), nn.Linear(4, 2)], ROWS, "expected beta=1, got 2.0",
    ),
    "own": ([OwnLinear(4, 4)], ROWS, "expected module 0 as one of Linear, .*, got OwnLinear"),
    "nested": ([nn.Sequential()], ROWS, "expected module 0 as one of Linear, .*, got Sequential"),
    "wide": ([nn.Linear(5, 4)], ROWS, r"module 0 \(Linear\): expected in_features=4, got 5"),
    "flat": ([nn.Linear(8, 4)], IMAGES, r"module 0 \(Linear\): Dense: expected flat inputs"),
    "rows": ([nn.Conv2d(1, 1, 3)], ROWS, r"module 0 \(Conv2d\): Conv2D: expected inputs of shape"),
    "channels": ([nn.Conv2d(3, 1, 3)], IMAGES, r"module 0 \(Conv2d\): expected in_channels=2"),
    "groups": ([nn.Conv2d(2, 2, 3, groups=2)], IMAGES, r"\(Conv2d\): expected groups=1, got 2"),
    "dilated": ([nn.Conv2d(2, 2, 3, dilation=2)], IMAGES, r"expected dilation=\(1, 1\), got \(2,"),
    "oblong": ([nn.Conv2d(2, 2, (3, 2))], IMAGES, r"expected kernel_size=\(3, 3\), got \(3, 2\)"),
    "strides": ([nn.Conv2d(2, 2, 3, (2, 1))], IMAGES, r"expected stride=\(2, 2\), got \(2, 1\)"),
    "mirror": (
        [nn.Conv2d(2, 2, 3, padding=1, padding_mode="reflect")], IMAGES,
        "expected padding_mode=zeros, got reflect",
    ),
    "wide-padding": (
        [nn.Conv2d(2, 2, 3, padding=2)], IMAGES,
        r"expected no zeros around images or \(1, 1, 1, 1\), got \(2, 2, 2, 2\)",
    ),
    "strided-padding": (
        [nn.Conv2d(2, 2, 3, stride=2, padding=1)], IMAGES,
        r"expected no zeros around images or \(0, 1, 0, 1\), got \(1, 1, 1, 1\)",
    ),
    "lonely-zeros": (
        [nn.ZeroPad2d(1), nn.ReLU()], IMAGES,
        r"module 0 \(ZeroPad2d\): expected a Conv2d behind it, got ReLU",
    ),
    "last-zeros": ([nn.ZeroPad2d(1)], IMAGES, "expected a Conv2d behind it, got none"),
    "overlap": ([nn.MaxPool2d(3, 2)], IMAGES, r"\(MaxPool2d\): expected stride=3, got 2"),
    "pool-zeros": ([nn.AvgPool2d(2, padding=1)], IMAGES, r"\(AvgPool2d\): expected padding=0, got"),
    "ceil": ([nn.MaxPool2d(2, ceil_mode=True)], IMAGES, "expected ceil_mode=False, got True"),
    "divisor": ([nn.AvgPool2d(2, divisor_override=3)], IMAGES, "expected divisor_override=None"),
    "small-pool": ([nn.MaxPool2d(1)], IMAGES, r"\(MaxPool2d\): MaxPool2D: expected size"),
    "part": ([nn.Flatten(2)], IMAGES, r"module 0 \(Flatten\): expected start_dim=1, got 2"),
    "all-left-out": ([nn.Dropout(1.0)], ROWS, r"module 0 \(Dropout\): Dropout: expected 0 <= rate"),
    "norm-kind": ([nn.BatchNorm1d(2)], IMAGES, r"\(BatchNorm1d\): expected BatchNorm2d, got Batch"),
    "norm-size": ([nn.BatchNorm1d(3)], ROWS, "expected num_features=4, got 3"),
    "norm-mean": ([nn.BatchNorm1d(4, momentum=None)], ROWS, "expected a momentum above 0, got N"),
    "norm-batch": (
        [nn.BatchNorm1d(4, track_running_stats=False)], ROWS,
        "expected track_running_stats=True, got False",
    ),
    "activation-first": ([nn.ReLU()], ROWS, "expected a Linear or Conv2d before it, got none"),
    "activation-later": (
        [nn.Linear(4, 4), nn.BatchNorm1d(4), nn.ReLU()], ROWS,
        r"module 2 \(ReLU\): expected a Linear or Conv2d before it, got BatchNorm1d",
    ),
    "activation-twice": (
        [nn.Linear(4, 4), nn.Tanh(), nn.ReLU()], ROWS,
        r"module 2 \(ReLU\): expected a Linear or Conv2d before it, got Tanh",
    ),
    "slope": ([nn.Linear(4, 4), nn.LeakyReLU(2.0)], ROWS, r"\(LeakyReLU\): LeakyReLU: expected"),
    "axis": ([nn.Linear(4, 4), nn.Softmax(0)], ROWS, r"\(Softmax\): expected dim=1, got 0"),
    "half": ([nn.Linear(4, 4).half()], ROWS, "expected numbers of float32 or float64, got float16"),
    "mixed": (
        [nn.Linear(4, 4), nn.Linear(4, 4).double()], ROWS,
        "expected numbers of float32 or float64, got float32 and float64",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_module_that_pynn_does_not_have_is_refused(case: tuple[Any, Any, str]) -> None:
    modules, inputs, words = case
    with pytest.raises(ValueError, match=f"^from_torch.*{words}") as caught:
        from_torch(nn.Sequential(*modules), inputs)
    assert "\n" not in str(caught.value)


def test_what_is_no_row_of_modules_is_refused() -> None:
    for model in (nn.Linear(2, 2), 3, None):
        with pytest.raises(ValueError, match=r"^from_torch: expected a torch\.nn\.Sequential, got"):
            from_torch(model, 2)
    with pytest.raises(ValueError, match=r"^Network: expected at least one layer"):
        from_torch(nn.Sequential(), 2)
    with pytest.raises(ValueError, match=r"^from_torch: expected inputs as a whole number >= 1"):
        from_torch(nn.Sequential(nn.Linear(2, 2)), 0)
    with pytest.raises(ValueError, match=r"^Network: expected a last layer of neurons"):
        from_torch(nn.Sequential(nn.Linear(2, 2), nn.Dropout()), 2)
