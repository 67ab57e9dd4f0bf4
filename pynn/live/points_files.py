"""Points that come from a file and go into one."""

from typing import Any, ClassVar

import numpy as np

from pynn.datasets import PointsError, read_csv, write_csv, write_points
from pynn.frame import Frame, make_frame
from pynn.live.planar_points import refused
from pynn.matmul import Array
from pynn.settings import Text


class PointsFiles:
    """An experiment whose `sets` are points of the plane, to train on first, to test on last."""

    filed: ClassVar[dict[str, Any]] = {
        "read_csv": (Text("csv", "", 1_000_000),),
        "write_csv": (),
    }

    sets: list[tuple[Array, Array]]

    def read_csv(self, csv: str) -> Frame:
        """What a CSV file has, as the setting `points`; this run stays. Raises SettingsError.

        `labels` are the words of the classes; `scaled`, whether points were moved into the plane.
        """
        try:
            found = read_csv(csv)
        except PointsError as error:
            raise refused(error) from None
        head = {"count": len(found.x), "labels": found.labels, "scaled": found.scaled}
        return make_frame({"points": write_points(found.x, found.y), **head})

    def write_csv(self) -> Frame:
        """All points, those that train first, as the frame's blob."""
        parts = self.sets if self.sets[0][0] is not self.sets[-1][0] else self.sets[:1]
        x, y = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        return make_frame({"count": len(x)}, blob=write_csv(x, y).encode())
