"""A person's own hand: images of what they wrote, each with the name that they gave it.

Letters and signs as well as digits. The file is an `.npz` archive that any NumPy can open:

    format    a text, "pynn hand 1"
    images    (n, 28, 28) bytes, 0 paper to 255 ink, laid out as MNIST's are
    names     (n,) texts
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from pynn.digits import SIDE
from pynn.limits import as_numbers, check_whole, shown
from pynn.matmul import Array
from pynn.reader.reader import DIGITS

FORMAT = "pynn hand 1"
# So many examples of so many signs, each with a name of so many characters, are room enough.
MOST, MOST_SIGNS, LONGEST = 2000, 64, 12
# Of each sign, every fifth example is kept for testing.
TESTED = 5


class HandError(ValueError):
    """Examples that cannot be used: who, expected, got.

    code  name, many, images, file or few
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Hand:
    """Examples in the order in which they were given.

    images  (n, 28, 28) uint8
    names   what each of them is
    """

    def __init__(self, images: npt.ArrayLike = (), names: Sequence[str] = ()) -> None:
        """Raises HandError for images of another shape, other names, or too many."""
        if not isinstance(names, (list, tuple)):
            raise HandError("name", f"Hand: expected names as a list, got {shown(names)}")
        given = as_numbers("Hand: expected images", images)
        if given.size and not ((given >= 0) & (given <= 255) & (given == np.floor(given))).all():
            raise HandError(
                "images", "Hand: expected images of whole numbers from 0 to 255, got others"
            )
        if given.size != len(names) * SIDE * SIDE:
            raise HandError(
                "images",
                f"Hand: expected {len(names)} images of 28 x 28, got an array {given.shape}",
            )
        self.images = given.astype(np.uint8).reshape(-1, SIDE, SIDE)
        self.names = [check_name(name) for name in names]
        if len(names) > MOST or len(set(self.names)) > MOST_SIGNS:
            raise HandError(
                "many",
                f"Hand: expected at most {MOST:,} examples of {MOST_SIGNS} signs, got "
                f"{len(names):,} of {len(set(self.names))}",
            )

    def __len__(self) -> int:
        return len(self.names)

    def __add__(self, other: "Hand") -> "Hand":
        """Both; an example that is in the first already is not taken twice. Raises HandError."""
        if not isinstance(other, Hand):
            raise ValueError(f"Hand: expected another Hand to add, got {shown(other)}")
        known = {(name, i.tobytes()) for name, i in zip(self.names, self.images, strict=True)}
        new = [
            at
            for at, (name, image) in enumerate(zip(other.names, other.images, strict=True))
            if (name, image.tobytes()) not in known
        ]
        names = [other.names[at] for at in new]
        return Hand(np.concatenate([self.images, other.images[new]]), [*self.names, *names])

    def without(self, place: int) -> "Hand":
        """All but this one. Raises ValueError where there is none."""
        place = check_whole("Hand", "place", place, least=0, most=len(self) - 1)
        names = [name for at, name in enumerate(self.names) if at != place]
        return Hand(np.delete(self.images, place, axis=0), names)

    @property
    def signs(self) -> list[str]:
        """The names, each once: digits first, the others as they came."""
        found = list(dict.fromkeys(self.names))
        return [d for d in DIGITS if d in found] + [name for name in found if name not in DIGITS]

    @property
    def for_testing(self) -> npt.NDArray[np.bool_]:
        """(n,) which examples are not learned from: of each sign, every fifth."""
        counts: dict[str, int] = {}
        chosen = []
        for name in self.names:
            counts[name] = counts.get(name, 0) + 1
            chosen.append(counts[name] % TESTED == 0)
        return np.array(chosen, np.bool_)

    def numbers(self, signs: Sequence[str]) -> npt.NDArray[np.intp]:
        """(n,) the place of each example's name among these."""
        return np.array([signs.index(name) for name in self.names], np.intp)

    def to_bytes(self) -> bytes:
        """The content of a file."""
        content = io.BytesIO()
        arrays: dict[str, Array] = {
            "format": np.array(FORMAT),
            "images": self.images,
            "names": np.array(self.names, "U"),
        }
        np.savez_compressed(content, allow_pickle=False, **arrays)
        return content.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """What `to_bytes` gave. Raises HandError for anything else."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                if str(file["format"]) != FORMAT:
                    raise KeyError("format")
                images, names = file["images"], [str(name) for name in file["names"]]
            if images.dtype != np.uint8 or images.ndim != 3:
                raise KeyError("images")
        except (KeyError, OSError, EOFError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise HandError("file", "Hand: expected a file of examples, got another") from error
        return cls(images, names)


def check_name(name: object) -> str:
    """The name of a sign without blanks around it. Raises HandError."""
    text = name.strip() if isinstance(name, str) else ""
    if not 0 < len(text) <= LONGEST or not text.isprintable():
        raise HandError(
            "name",
            f"Hand: expected a name of 1 to {LONGEST} characters, got {shown(name) or 'none'}",
        )
    return text
