"""Letters and digits of people's own hands, from fonts made of them, as strokes.

The fonts come from the npm registry (package.json beside this file; their licences are the SIL
Open Font License and Apache's).
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from pynn.reader.strokes import Stroke
from reader.redrawn import followed, middles

HERE = Path(__file__).resolve().parent
# What many write just as they write a digit is left out: I, i and l as 1, O as 0, S, g, q and Z.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYabcdefhjkmnprtuvwxy"
DIGITS = "0123456789"
# No network learns from these hands: they are what it is measured with.
HELD_OUT = frozenset(
    {
        *("caveat", "comic-neue", "gochi-hand", "homemade-apple"),
        *("kalam", "patrick-hand", "reenie-beanie", "schoolbell"),
    }
)
# Pixels: of a character on its canvas, of the font that draws it, and of what is thinned.
CANVAS, FONT, SIDE = 300, 110, 40
# A thinner or missing one is not worth its strokes.
LEAST_INK = 5
WEIGHTS = (400, 300, 700)


@dataclass(frozen=True)
class Written:
    """hand, the font's name; character; and the strokes along the middle of its lines."""

    hand: str
    character: str
    strokes: list[Stroke]


def written_by_hands(folder: Path = HERE / "node_modules/@fontsource") -> list[Written]:
    """Every letter and digit of every font of package.json. Raises FileNotFoundError."""
    names = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    found = []
    for name in (name.split("/")[1] for name in sorted(names)):
        font = ImageFont.truetype(str(_file(folder / name)), FONT)
        missing = _pixels(font, "\uffff")
        for character in LETTERS + DIGITS:
            pixels = _pixels(font, character)
            if (pixels >= 128).sum() < LEAST_INK or np.array_equal(pixels, missing):
                continue
            line = middles(pixels[np.newaxis])[0]
            if line.sum() >= LEAST_INK:
                found.append(Written(name, character, followed(line)))
    return found


def _file(folder: Path) -> Path:
    for weight in WEIGHTS:
        path = folder / "files" / f"{folder.name}-latin-{weight}-normal.woff"
        if path.is_file():
            return path
    raise FileNotFoundError(f"no Latin letters in {folder}: npm install --prefix {HERE}")


def _pixels(font: ImageFont.FreeTypeFont, character: str) -> npt.NDArray[np.uint8]:
    """(SIDE, SIDE) in bytes, as large as its edges allow; empty where there is no ink."""
    canvas = Image.new("L", (CANVAS, CANVAS))
    ImageDraw.Draw(canvas).text((CANVAS // 3, CANVAS // 5), character, fill=255, font=font)
    found = Image.new("L", (SIDE, SIDE))
    box = canvas.getbbox()
    if box:
        cut = canvas.crop(box)
        scale = (SIDE - 4) / max(cut.size)
        width, height = (max(1, round(side * scale)) for side in cut.size)
        sized = cut.resize((width, height), Image.Resampling.LANCZOS)
        found.paste(sized, ((SIDE - width) // 2, (SIDE - height) // 2))
    return np.asarray(found)
