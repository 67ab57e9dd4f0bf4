"""Data sets, drawn digits, the reader and what is shown, each word with odd values."""

from typing import Any

import numpy as np
import pytest

from pynn import datasets, show
from pynn.digits import normalize
from pynn.reader import Hand, Reader, Teaching, image_of
from pynn.reader.clothes import ClothesReader
from pynn.reader.evidence import evidence
from pynn.reader.pictures import ink_of
from tests.unit.odd_runs import (
    ABOVE_0,
    ALL,
    ARRAYS,
    AT_LEAST_0,
    SEED,
    WORD,
    Call,
    wrong_with,
)
from tests.unit.odd_subject import shown

BIG = " 10**30"
READER = Reader()
STROKES = [np.array([[0.0, 0.0], [10.0, 30.0]]), np.array([[2.0, 2.0], [9.0, 5.0]])]
POINTS = np.zeros((3, 2)), np.array([0, 1, 1])
TWO = np.zeros((4, 28, 28), np.uint8)
NAMES = ["a", "b", "a", "b"]
NONE = "empty-list no-numbers no-rows"
LISTS = " big-list within-itself empty-list dict set range unprintable-list"
WRITABLE = (
    "nan inf -inf 1.5 float32 int8 uint8 0d-real no-numbers no-rows five-axes nan-rows inf-rows "
    "nan-labels half-labels huge-labels big-array empty-list"
)


def read(**words: Any) -> str:
    return READER.read(**({"strokes": STROKES} | words)).text


def taught(**words: Any) -> Any:
    return Teaching(**({"hand": Hand(TWO, NAMES), "base": READER} | words)).own


def points_of(value: Any) -> Any:
    return datasets.read_csv(value).x


CALLS: dict[str, tuple[Call, str]] = {
    "features.x": (lambda s, v: datasets.features(v, ["x1"]), ""),
    "features.names": (lambda s, v: datasets.features(POINTS[0], v), ""),
    "features.name": (lambda s, v: datasets.features(POINTS[0], [v]), ""),
    "balanced.make": (lambda s, v: datasets.balanced(v, 9, 1.0), ""),
    "balanced.noise": (lambda s, v: datasets.balanced(datasets.moons, 9, 1.0, v), AT_LEAST_0),
    "balanced.seed": (lambda s, v: datasets.balanced(datasets.moons, 9, 1.0, seed=v), SEED),
    "mixed.x": (lambda s, v: datasets.mixed(v, POINTS[1]), ""),
    "mixed.y": (lambda s, v: datasets.mixed(POINTS[0], v), "range"),
    "mixed.seed": (lambda s, v: datasets.mixed(*POINTS, v), SEED),
    "split.x": (lambda s, v: datasets.split(v, POINTS[1], 0.5), ""),
    "split.y": (lambda s, v: datasets.split(POINTS[0], v, 0.5), "range"),
    "split.share": (lambda s, v: datasets.split(*POINTS, v), "0 float16 float32"),
    "read_csv": (lambda s, v: points_of(v), ""),
    "write_csv.x": (lambda s, v: datasets.write_csv(v, POINTS[1]), ""),
    "write_csv.y": (lambda s, v: datasets.write_csv(POINTS[0], v), "range"),
    "read_points": (lambda s, v: datasets.read_points(v), "no-text"),
    "write_points.x": (lambda s, v: datasets.write_points(v, POINTS[1]), ""),
    "write_points.y": (lambda s, v: datasets.write_points(POINTS[0], v), "range"),
    "write_idx.array": (lambda s, v: datasets.write_idx("a.idx", v), WRITABLE),
    "mnist.train": (lambda s, v: datasets.mnist("no-folder", v), ""),
    "normalize": (lambda s, v: normalize(v), "big-array"),
    "Hand.images": (lambda s, v: Hand(v, NAMES).images, ""),
    "Hand.names": (lambda s, v: Hand(TWO, v).signs, ""),
    "Hand.name": (lambda s, v: Hand(TWO, ["a", "b", "c", v]).signs, "text-3 text_"),
    "Hand.from_bytes": (lambda s, v: Hand.from_bytes(v), ""),
    "Hand.without": (lambda s, v: Hand(TWO, NAMES).without(v).signs, "0 int8 uint8"),
    "Hand.add": (lambda s, v: Hand(TWO, NAMES) + v, ""),
    "Reader.like": (lambda s, v: Reader(v).names, "None"),
    "Reader.strokes": (lambda s, v: read(strokes=v), NONE),
    "Reader.stroke": (lambda s, v: read(strokes=[*STROKES, v]), ""),
    "Reader.network": (lambda s, v: read(network=v), "None"),
    "Reader.pen": (lambda s, v: read(pen=v), AT_LEAST_0 + BIG),
    "read_picture": (lambda s, v: READER.read_picture(v).text, "big-array"),
    "read_picture.network": (lambda s, v: READER.read_picture(np.eye(40), v).text, "None"),
    "ClothesReader.strokes": (
        lambda s, v: ClothesReader(READER).read(v).text, NONE),
    "ink_of": (lambda s, v: ink_of(v), "big-array"),
    "image_of.strokes": (lambda s, v: image_of(v), NONE),
    "image_of.stroke": (lambda s, v: image_of([v]), ""),
    "image_of.pen": (lambda s, v: image_of(STROKES, v), "None " + ABOVE_0),
    "evidence.network": (lambda s, v: evidence(v, TWO[0], 1), ""),
    "evidence.image": (lambda s, v: evidence(READER.digits, v, 1), ""),
    "evidence.answer": (lambda s, v: evidence(READER.digits, TWO[0], v), "0 int8 uint8"),
    "Teaching.hand": (lambda s, v: taught(hand=v), ""),
    "Teaching.mixed": (lambda s, v: taught(mixed=v), "None"),
    "Teaching.told": (lambda s, v: taught(told=v), "None"),
    "Teaching.base": (lambda s, v: taught(base=v), "None"),
    "Teaching.seed": (lambda s, v: taught(seed=v), SEED),
    "show.curve.x-row": (lambda s, v: shown(show.curve, "a", v, [1.0, 2.0, 3.0, 4.0]),
                         "half-labels big-labels nan-labels huge-labels"),
    "show.curve.name": (lambda s, v: shown(show.curve, v, 1, 1), ALL),
    "show.curve.chart": (lambda s, v: shown(show.curve, "a", 1, 1, v), ALL),
    "show.line": (lambda s, v: shown(show.line, v), ALL),
    "show.image.name": (lambda s, v: shown(show.image, np.eye(3), v), ALL),
    "show.network": (lambda s, v: shown(show.network, v), ""),
    "show.table": (lambda s, v: shown(show.table, v), ARRAYS + LISTS + " generator"),
    "show.table.head": (lambda s, v: shown(show.table, [[1, 2, 3]], v),
                        "None no-numbers no-rows objects records empty-list set range generator"),
    "show.table.name": (lambda s, v: shown(show.table, [[1]], None, v), ALL),
    "show.compare.name": (lambda s, v: shown(show.compare, v, "1", 1), ALL),
    "show.progress": (lambda s, v: len(list(show.progress(v))),
                      ARRAYS + LISTS + WORD + " bytes big-bytes ragged"),
    "show.to": (lambda s, v: entered(v), ""),
    "show.setting.low": (lambda s, v: show.setting("a", 3, low=v, high=9),
                         "-1 0 1.5 float16 float32 int8 uint8"),
    "show.setting.options": (lambda s, v: show.setting("a", "b", options=v), "empty-list"),
    "show.setting.name": (lambda s, v: show.setting(v, 3, low=0, high=9), WORD),
}  # fmt: skip


def entered(value: Any) -> None:
    with show.to(value):
        show.line("a")


@pytest.mark.usefixtures("in_tmp_path")
@pytest.mark.parametrize("call", CALLS)
def test_odd_value_is_taken_as_it_is_meant_or_refused_in_one_sentence(call: str) -> None:
    assert not (wrong := wrong_with(*CALLS[call])), "\n" + wrong
