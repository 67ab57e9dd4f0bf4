"""Networks written as a line: what it becomes, and what is said of one that cannot be."""

import pytest

from pynn import Network
from pynn.settings import SettingsError
from pynn.settings.architecture import Architecture, layers_of, plan_of, source_of

SETTING = Architecture("architecture", "784-10", ())
LENET = "784-c6x5w-a2-c16x5-a2-flat-120-84-10"


def test_lenet_has_its_published_shapes_and_parameters() -> None:
    shapes = [row["shape"] for row in plan_of(LENET)]
    assert shapes == [
        *([28, 28, 6], [14, 14, 6], [10, 10, 16], [5, 5, 16]),
        *([400], [120], [84], [10]),
    ]
    assert sum(row["parameters"] for row in plan_of(LENET)) == 61_706


@pytest.mark.parametrize(
    ("text", "inputs"),
    [("784-10", (784,)), ("784-drop0.2-bn-30-10", (784,)), (LENET, (28, 28, 1))],
)
def test_dense_first_takes_pixels_in_a_row(text: str, inputs: tuple[int, ...]) -> None:
    layers, shape = layers_of(text, "relu")
    assert shape == inputs
    assert Network(layers, inputs=shape, seed=0).outputs == 10


def test_sources_make_the_same_layers_again() -> None:
    import pynn

    text = "784-c6x3w-bn-p2-c8x5-a3-flat-drop0.25-20-10"
    layers, _ = layers_of(text, "tanh")
    for layer in layers:
        again = eval(source_of(layer), vars(pynn))
        assert type(again) is type(layer) and repr(again) == repr(layer)


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("", "architecture", {}),
        ("784-128", "architecture", {}),
        ("100-10", "architecture", {}),
        ("784-128-c3x3-10", "layer", {"place": 2, "got": "c3x3", "why": "rows", "shape": "128"}),
        ("784-c16x5-64-10", "layer", {"place": 2, "why": "images", "shape": "24 x 24 x 16"}),
        ("784-c3x9-p7-p7-flat-10", "layer", {"place": 3, "why": "small", "shape": "2 x 2 x 3"}),
        ("784-c16x5-10", "layer", {"place": 2, "got": "10", "why": "images"}),
        ("784-2000-2000-10", "layer", {"place": 2, "why": "parameters"}),
        ("784-0-10", "layer", {"place": 1, "why": "words"}),
        ("784-x-10", "layer", {"place": 1, "why": "words", "got": "x"}),
        ("784--10", "layer", {"place": 1, "why": "words", "got": ""}),
        ("784-drop1.5-10", "layer", {"place": 1, "why": "words"}),
        ("784-c500x3-10", "layer", {"place": 1, "why": "words"}),
        ("784-" + "5-" * 12 + "10", "layers_most", {"got": "13", "high": 12}),
        (None, "architecture", {}),
    ],
)
def test_what_cannot_be_is_refused_at_its_layer(text, code: str, values: dict) -> None:
    with pytest.raises(SettingsError) as refusal:
        SETTING.read(text)
    assert refusal.value.code == code
    assert values.items() <= refusal.value.values.items()
    assert str(refusal.value).startswith("architecture: ") and "\n" not in str(refusal.value)


def test_a_refusal_tells_the_layers_before_it() -> None:
    with pytest.raises(SettingsError) as refusal:
        SETTING.read("784-c16x5-p2-64-10")
    assert [row["shape"] for row in refusal.value.values["plan"]] == [[24, 24, 16], [12, 12, 16]]


def test_capitals_and_spaces_around_are_taken() -> None:
    assert SETTING.read(" 784-C16x5-P2-Flat-10 ") == "784-c16x5-p2-flat-10"
