"""What a person takes home of a planar run, besides its script: files of the usual kinds."""

import csv
import io
from typing import Any, ClassVar

from pynn.frame import Frame, make_frame
from pynn.live.history import History
from pynn.live.notebook import notebook
from pynn.model_format import to_bytes
from pynn.network import Network

COLUMNS = ("epoch", "train_loss", "test_loss")


class TakenAlong:
    """An experiment with a network and a curve, which `script` writes out."""

    taken: ClassVar[dict[str, Any]] = {"model": (), "curves": (), "notebook": ()}

    network: Network
    history: History
    classes: int
    measured: float

    def script(self, step: int) -> Frame:
        raise NotImplementedError

    def model(self) -> Frame:
        """The network as a model file, as the frame's blob. Raises ModelFileError."""
        return make_frame({}, blob=to_bytes(self.network))

    def curves(self) -> Frame:
        """The curve's points as CSV, as the frame's blob; of a long run every second, fourth, …"""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        share = "accuracy" if self.classes else "r2"
        table.writerow([*COLUMNS, f"train_{share}", f"test_{share}", "mini_batches"])
        table.writerows([int(row[0]), *row[1:5], int(row[5])] for row in self.history.whole())
        return make_frame({}, blob=text.getvalue().encode())

    def notebook(self) -> Frame:
        """The script of what is shown, as a Jupyter notebook's text."""
        script = self.script(int(self.measured)).head["script"]
        return make_frame({"notebook": notebook(script)})
