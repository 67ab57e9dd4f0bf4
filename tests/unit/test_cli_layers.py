"""--layers: which layers a line makes, and which part of it is refused."""

import pytest

from pynn.commands.layers import layers_in, network_for
from pynn.layers import Dense


def last() -> Dense:
    return Dense(3, "softmax")


def network(text: str, inputs: tuple[int, ...]) -> list[str]:
    made = network_for(layers_in(text), inputs, last(), 0, "float32", False)
    return [repr(layer) for layer in made.layers]


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        ("", []),
        ("8", ["Dense(8, activation='relu')"]),
        ("dense:8:tanh , 4", ["Dense(8, activation='tanh')", "Dense(4, activation='relu')"]),
        ("bn,dropout:0.2,dropout", ["BatchNorm()", "Dropout(0.2)", "Dropout()"]),
        ("conv:8", ["Conv2D(8, activation='relu')"]),
        ("conv:8:5:2:same:elu", ["Conv2D(8, 5, activation='elu', stride=2, padding='same')"]),
        ("conv:8:5:elu:valid", ["Conv2D(8, 5, activation='elu')"]),
        ("pool,pool:3,avgpool:4", ["MaxPool2D()", "MaxPool2D(3)", "AvgPool2D(4)"]),
    ],
)
def test_a_part_is_a_layer(text: str, layers: list[str]) -> None:
    made = [repr(layer) for layer in layers_in(text)]
    # Words that are as usual are said or left out alike.
    assert [one.replace("kernel_size=", "") for one in made] == layers


def test_penalties_and_dropout_are_those_of_all() -> None:
    made = layers_in("conv:2:3,8,bn,4", "tanh", 0.1, 0.2, 0.5)
    assert [type(layer).__name__ for layer in made] == [
        "Conv2D", "Dense", "Dropout", "BatchNorm", "Dense", "Dropout",
    ]  # fmt: skip
    assert made[0].config["l1"] == made[1].config["l1"] == 0.1
    assert made[4].config["l2"] == 0.2 and made[4].config["activation"] == "tanh"


def test_flatten_is_added_where_dense_follows_images() -> None:
    kinds = [one.partition("(")[0] for one in network("conv:2:5,pool:2", (28, 28, 1))]
    assert kinds == ["Conv2D", "MaxPool2D", "Flatten", "Dense"]
    kinds = [one.partition("(")[0] for one in network("conv:2:5,flatten,8", (28, 28, 1))]
    assert kinds == ["Conv2D", "Flatten", "Dense", "Dense"]
    # Images are rows from the beginning where no layer looks at them as images.
    made = network_for(layers_in("bn,8"), (6, 6, 3), last(), 0, "float32", False)
    assert made.input_shape == (108,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("8,lstm:4", "--layers: layer 2 (lstm:4): expected one of dense, conv, pool, avgpool, "
         "dropout, flatten, bn, got 'lstm'"),
        ("8,,4", "--layers: layer 2 (): expected one of"),
        ("dense", "--layers: layer 1 (dense): expected one number after dense, got 0"),
        ("dense:8:4", "--layers: layer 1 (dense:8:4): expected one number after dense, got 2"),
        ("dense:0", "layer 1 (dense:0): Dense: expected units as a whole number >= 1, got 0"),
        ("dense:2.5", "expected units as a whole number >= 1, got 2.5"),
        ("dense:-3", "expected units as a whole number >= 1, got -3"),
        ("dense:8:rely", "layer 1 (dense:8:rely): expected one number, then one of tanh, relu"),
        ("dense:8:tanh:tanh", "got 'tanh'"),
        ("dense:8:same", "got 'same'"),
        ("dense:8:softmax", "expected softmax in the last layer alone, which is added"),
        ("conv:1:2:3:4", "expected one to three numbers after conv, got 4"),
        ("conv:same", "expected one to three numbers after conv, got 0"),
        ("conv:4:same:3", "got '3'"),
        ("pool:1", "layer 1 (pool:1): MaxPool2D: expected size as a whole number >= 2, got 1"),
        ("pool:x", "layer 1 (pool:x): expected one number, got 'x'"),
        ("dropout:1", "layer 1 (dropout:1): Dropout: expected 0 <= rate < 1, got 1"),
        ("flatten:2", "expected no number after flatten, got 1"),
        ("bn:nan", "layer 1 (bn:nan): expected no number, got 'nan'"),
    ],
)  # fmt: skip
def test_what_is_no_layer_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        layers_in(text)
    assert sentence in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("conv:4:3", "--layers: layer 1: Conv2D: expected inputs of shape (height, width, chan"),
        ("8,pool", "--layers: layer 2: MaxPool2D: expected inputs of shape"),
    ],
)
def test_what_does_not_fit_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        network(text, (4,))
    assert str(caught.value).startswith(sentence)
    with pytest.raises(ValueError, match="layer 2: Conv2D: expected images of at least 5 x 5"):
        network("pool:7,conv:4:5", (28, 28, 1))
