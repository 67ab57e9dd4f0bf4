"""Settings: every kind, both sides of each limit, as text and typed, and the sentences."""

from typing import Any

import numpy as np
import pytest

from pynn.settings import (
    Bytes,
    Choice,
    Flag,
    Integer,
    Layers,
    Real,
    SettingsError,
    Text,
    Words,
    check,
    describe,
)

TABLE = (
    Choice("set", "xor", ("xor", "xor-cloud")),
    Integer("count", 5, 1, 300),
    Integer("seed", 0, 0, 2**32 - 1),
    Real("learning_rate", 0.1, 1e-5, 10.0),
    Layers("shape", "6,4", 1, 32, most=3),
    Flag("weights", False),
    Bytes("ink", 4),
)
LONG = "a number of thousands of digits"

TAKEN: dict[str, list[tuple[Any, Any]]] = {
    "set": [("xor", "xor"), (" xor-cloud ", "xor-cloud")],
    "count": [
        (1, 1), (300, 300), ("1", 1), ("300", 300), (" 7 ", 7), ("+7", 7), ("007", 7), (7.0, 7),
        ("7.0", 7), ("1e2", 100), (np.int64(7), 7), (np.float32(7), 7), ("７", 7), ("٧", 7),
        ("\u3000１２\t", 12), ("＋７．０", 7),
    ],
    "seed": [
        (0, 0), ("-0", 0), (2**32 - 1, 2**32 - 1), ("4294967295", 2**32 - 1),
        (4294967295.0, 2**32 - 1),
    ],
    "learning_rate": [
        (1e-5, 1e-5), ("1e-5", 1e-5), ("0.00001", 1e-5), (10, 10.0), ("10.0", 10.0), (".5", 0.5),
        (" 3 ", 3.0), (np.float64(0.25), 0.25), ("０.５", 0.5),
        ("0,03", 0.03), ("０，０３", 0.03), ("０．０３", 0.03), (" ,5\u3000", 0.5), ("1,000", 1.0),
        ("1,5e-3", 0.0015), ("５，", 5.0),
    ],
    "shape": [
        ("", []), ("  ", []), ([], []), ("8", [8]), (8, [8]), ("1,32", [1, 32]),
        (" 8 , 4 ", [8, 4]), ("6 4", [6, 4]), ("8，8", [8, 8]), ("8、8", [8, 8]), ("8;4", [8, 4]),
        ("8； ４", [8, 4]), ("\u3000８\u3000４ 2 ", [8, 4, 2]), ("8 ,4", [8, 4]),
        ([8, 4, 2], [8, 4, 2]), ((8, "4"), [8, 4]), ("8.0,4", [8, 4]),
    ],
    "weights": [(True, True), (False, False)],
    "ink": [
        (b"", b""), (b"1234", b"1234"), (bytearray(b"12"), b"12"),
        (memoryview(np.arange(4, dtype=np.uint8)), b"\0\1\2\3"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_setting_within_its_limits_is_taken(name: str) -> None:
    for given, value in TAKEN[name]:
        got = check(TABLE, {name: given})[name]
        assert got == value and type(got) is type(value), given


WHOLE = "count: expected a whole number, got "
COUNT = "count: expected 1 to 300, got "
RATE = "learning_rate: expected 1e-05 to 10.0, got "
LIST = "shape: expected a list of whole numbers, got "
UNITS = "shape: expected 1 to 32 neurons in a layer, got "
REFUSED = [
    ("set", "XOR", "choice", "set: expected one of xor, xor-cloud, got XOR"),
    ("set", "", "choice", "set: expected one of xor, xor-cloud, got nothing"),
    ("set", None, "choice", "set: expected one of xor, xor-cloud, got None"),
    ("set", ["xor"], "choice", "set: expected one of xor, xor-cloud, got ['xor']"),
    ("set", 10**5000, "choice", f"set: expected one of xor, xor-cloud, got {LONG}"),
    ("count", 0, "range", COUNT + "0"), ("count", 301, "range", COUNT + "301"),
    ("count", "0", "range", COUNT + "0"), ("count", "-3", "range", COUNT + "-3"),
    ("count", "1e9", "range", COUNT + "1e9"), ("count", 1e22, "range", COUNT + "1e+22"),
    ("count", "inf", "range", COUNT + "inf"), ("count", float("-inf"), "range", COUNT + "-inf"),
    ("count", 10**5000, "range", COUNT + LONG),
    ("count", "9" * 5000, "range", COUNT + "9" * 39 + "…"),
    ("count", 1.5, "type", WHOLE + "1.5"), ("count", "1.5", "type", WHOLE + "1.5"),
    ("count", "", "type", WHOLE + "nothing"), ("count", "ten", "type", WHOLE + "ten"),
    ("count", "1,5", "type", WHOLE + "1,5"),
    ("count", "1,0", "type", WHOLE + "1,0"), ("count", "1，000", "type", WHOLE + "1，000"),
    ("count", "1 0", "type", WHOLE + "1 0"), ("count", "0x10", "type", WHOLE + "0x10"),
    ("count", "²", "type", WHOLE + "²"), ("count", "NaN", "type", WHOLE + "NaN"),
    ("count", None, "type", WHOLE + "None"), ("count", True, "type", WHOLE + "True"),
    ("count", np.True_, "type", WHOLE + "True"), ("count", [1], "type", WHOLE + "[1]"),
    ("count", {}, "type", WHOLE + "{}"), ("count", b"1", "type", WHOLE + "b'1'"),
    ("count", "x" * 41, "type", WHOLE + "x" * 39 + "…"),
    ("count", "x" * 40, "type", WHOLE + "x" * 40),
    ("seed", -1, "range", "seed: expected 0 to 4294967295, got -1"),
    ("seed", 2**32, "range", "seed: expected 0 to 4294967295, got 4294967296"),
    ("learning_rate", 9.9e-6, "range", RATE + "9.9e-06"), ("learning_rate", 0, "range", RATE + "0"),
    ("learning_rate", "10.0000001", "range", RATE + "10.0000001"),
    ("learning_rate", "-1", "range", RATE + "-1"),
    ("learning_rate", "1e999", "range", RATE + "1e999"),
    ("learning_rate", 10**400, "range", RATE + "1" + "0" * 38 + "…"),
    ("learning_rate", float("nan"), "type", "learning_rate: expected a number, got nan"),
    ("learning_rate", "", "type", "learning_rate: expected a number, got nothing"),
    ("learning_rate", "1,000.5", "type", "learning_rate: expected a number, got 1,000.5"),
    ("learning_rate", "1.000,5", "type", "learning_rate: expected a number, got 1.000,5"),
    ("learning_rate", "1,2,3", "type", "learning_rate: expected a number, got 1,2,3"),
    ("learning_rate", "1 2", "type", "learning_rate: expected a number, got 1 2"),
    ("learning_rate", "1;2", "type", "learning_rate: expected a number, got 1;2"),
    ("learning_rate", ",", "type", "learning_rate: expected a number, got ,"),
    ("learning_rate", "−1", "type", "learning_rate: expected a number, got −1"),
    ("learning_rate", "11,0", "range", RATE + "11,0"),
    ("learning_rate", None, "type", "learning_rate: expected a number, got None"),
    ("learning_rate", False, "type", "learning_rate: expected a number, got False"),
    ("learning_rate", [0.1], "type", "learning_rate: expected a number, got [0.1]"),
    ("shape", "1,1,1,1", "layers", "shape: expected at most 3 hidden layers, got 4"),
    ("shape", [1] * 5, "layers", "shape: expected at most 3 hidden layers, got 5"),
    ("shape", "," * 9999, "layers", "shape: expected at most 3 hidden layers, got 10000"),
    ("shape", "0", "units", UNITS + "0"), ("shape", "8,33", "units", UNITS + "33"),
    ("shape", [8, 10_000_000], "units", UNITS + "10000000"), ("shape", "-8", "units", UNITS + "-8"),
    ("shape", "8,,4", "type", LIST + "8,,4"), ("shape", "8,", "type", LIST + "8,"),
    ("shape", "8 ; ; 4", "type", LIST + "8 ; ; 4"), ("shape", "、", "type", LIST + "、"),
    ("shape", "1 1 1 1", "layers", "shape: expected at most 3 hidden layers, got 4"),
    ("shape", "8 33", "units", UNITS + "33"), ("shape", "8-4", "type", LIST + "8-4"),
    ("shape", "8。4", "type", LIST + "8。4"),
    ("shape", "8,x", "type", LIST + "8,x"),
    ("shape", "2.5", "type", LIST + "2.5"), ("shape", None, "type", LIST + "None"),
    ("shape", [None], "type", LIST + "[None]"), ("shape", [[8]], "type", LIST + "[[8]]"),
    ("shape", True, "type", LIST + "True"),
    ("weights", "true", "type", "weights: expected a flag (true or false), got true"),
    ("weights", 1, "type", "weights: expected a flag (true or false), got 1"),
    ("weights", None, "type", "weights: expected a flag (true or false), got None"),
    ("ink", b"12345", "range", "ink: expected 0 to 4, got 5 bytes"),
    ("ink", memoryview(np.zeros(1)), "range", "ink: expected 0 to 4, got 8 bytes"),
    ("ink", "1234", "type", "ink: expected a block of bytes, got 1234"),
    ("ink", [1, 2], "type", "ink: expected a block of bytes, got [1, 2]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "code", "sentence"),
    REFUSED,
    # Pytest would write the numbers out, which Python refuses for the longest.
    ids=[f"{name}-{place}" for place, (name, *_) in enumerate(REFUSED)],
)
def test_setting_outside_its_limits_is_refused(
    name: str, given: Any, code: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        check(TABLE, {name: given})
    assert isinstance(caught.value, ValueError)
    assert caught.value.code == code and str(caught.value) == sentence
    assert caught.value.values["name"] == name
    keys = {
        "choice": {"allowed"}, "type": {"wanted"}, "range": {"low", "high"},
        "layers": {"low", "high"}, "units": {"low", "high"},
    }  # fmt: skip
    assert set(caught.value.values) == {"name", "got"} | keys[code]


@pytest.mark.parametrize("name", ["learning_rate", "learning-rate"])
def test_names_may_be_written_with_dashes(name: str) -> None:
    assert check(TABLE, {name: "2"})["learning_rate"] == 2.0


@pytest.mark.parametrize("name", ["colour", "", "Set", "learning rate", 7, None, "x" * 500])
def test_unknown_setting_is_refused_with_the_known_ones(name: Any) -> None:
    with pytest.raises(SettingsError) as caught:
        check(TABLE, {name: 1})
    allowed = "set, count, seed, learning_rate, shape, weights, ink"
    assert caught.value.code == "unknown" and caught.value.values["allowed"] == allowed
    assert str(caught.value).endswith(f": no such setting; expected one of {allowed}")
    assert len(str(caught.value)) < 200


def test_all_unknown_settings_are_refused_in_one_sentence() -> None:
    with pytest.raises(SettingsError) as caught:
        check(TABLE, {"constructor": 2, "count": "7", "__proto__": 1, "": ""})
    assert str(caught.value).startswith("constructor, __proto__, : no such setting; ")
    with pytest.raises(SettingsError) as caught:
        check(TABLE, {f"name{place}": 1 for place in range(10_000)})
    assert len(str(caught.value)) < 200


def test_settings_left_out_have_their_defaults() -> None:
    assert check(TABLE, {}) == {
        "set": "xor", "count": 5, "seed": 0, "learning_rate": 0.1,
        "shape": [6, 4], "weights": False, "ink": b"",
    }  # fmt: skip


def test_checked_lists_are_new_ones() -> None:
    given = [1, 2]
    assert check(TABLE, {"shape": given})["shape"] is not given
    assert check(TABLE, {})["shape"] is not check(TABLE, {})["shape"]


def test_description_is_plain_data() -> None:
    rows = {row["name"]: row for row in describe(TABLE)}
    assert rows["set"] == {
        "name": "set", "default": "xor", "options": ["xor", "xor-cloud"], "kind": "choice",
    }  # fmt: skip
    assert rows["shape"] == {
        "name": "shape", "default": "6,4", "low": 1, "high": 32, "most": 3, "kind": "layers",
    }  # fmt: skip
    assert rows["learning_rate"]["low"] == 1e-5 and rows["count"]["kind"] == "integer"


def test_a_line_of_text_is_taken_as_it_is_up_to_its_length() -> None:
    line = Text("guess", "", 5)
    assert line.read(" 1-2*3 ") == "1-2*3"
    for given, code in (("1-2*34", "long"), (None, "type"), (["a"], "type"), (3, "type")):
        with pytest.raises(SettingsError) as refusal:
            line.read(given)
        assert (refusal.value.code, refusal.value.values["name"]) == (code, "guess")


def test_a_word_for_each_layer() -> None:
    words = Words("activations", "", ("tanh", "relu"), most=3)
    for given in ("tanh,relu", ["tanh", "relu"], "tanh; relu", "tanh relu", "tanh，relu"):
        assert words.read(given) == ["tanh", "relu"]
    assert words.read("") == words.read([]) == []
    assert words.read("relu,relu,relu") == ["relu"] * 3
    for given, code in (("relu,relu,relu,relu", "layers"), ("softmax", "choice"), ([3], "choice")):
        with pytest.raises(SettingsError) as refusal:
            words.read(given)
        assert refusal.value.code == code
