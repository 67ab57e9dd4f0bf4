"""One step opened up for a page: which moments it has, their numbers, and where each is from."""

from typing import Any, ClassVar

import numpy as np

from pynn.digits import SIDE
from pynn.frame import Frame, make_frame
from pynn.opened import Moment, OpenedStep
from pynn.settings import Integer, SettingsError
from pynn.settings.kinds import within

MOST = 2**31 - 1


class Opening:
    """An experiment whose network can be opened: how a step begins, the experiment says."""

    opening: ClassVar[dict[str, Any]] = {
        "open_example": (Integer("place", 0, 0, MOST),),
        "opened_moment": (Integer("number", 0, 0, 1000),),
        "opened_cell": (Integer("number", 0, 0, 1000), Integer("place", 0, 0, MOST)),
    }

    opened_step: OpenedStep | None = None

    def open_example(self, place: int) -> Frame:
        """A step with an example to train on; after the last they begin anew."""
        raise NotImplementedError

    def _opened_step(self, step: OpenedStep, head: dict[str, Any]) -> Frame:
        """All moments of this step, of which each tells its array's name and shape."""
        self.opened_step = step
        moments = [
            {
                "phase": moment.phase,
                "name": moment.name,
                "letter": moment.letter,
                "shape": list(moment.values.shape),
                "lines": [[line.file, line.number, line.text] for line in moment.lines],
            }
            for moment in step.moments
        ]
        image = step.input.size == SIDE * SIDE
        input_ = step.input.reshape(SIDE, SIDE) if image else step.input
        head = {**head, "moments": moments, "loss": step.loss, "optimizer": repr(step.optimizer)}
        return make_frame(head, {"input": input_, "prediction": step.prediction})

    def opened_moment(self, number: int) -> Frame:
        """Its numbers, as `values`."""
        return make_frame({}, {"values": self._opened(number).values})

    def opened_cell(self, number: int, place: int) -> Frame:
        """Where the number at that place of the flat array comes from."""
        moment = self._opened(number)
        within(Integer("place", 0, 0, moment.values.size - 1), place, place)
        cell = moment.cell(place)
        products = [[list(p.at), p.first, p.second] for p in cell.products]
        return make_frame(
            {
                "at": [int(i) for i in np.unravel_index(place, moment.values.shape)],
                "equation": cell.equation,
                "value": cell.value,
                "numbers": [[letter, number] for letter, number in cell.numbers.items()],
                "factors": list(cell.factors),
                "products": products,
                "others": list(cell.others),
            }
        )

    def _opened(self, number: int) -> Moment:
        if self.opened_step is None:
            raise SettingsError("step", "opened_moment: expected a step that is opened, got none")
        moments = self.opened_step.moments
        within(Integer("number", 0, 0, len(moments) - 1), number, number)
        return moments[number]
