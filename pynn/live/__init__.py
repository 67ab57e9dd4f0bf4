"""Experiments that a user interface drives: settings in, frames out.

Nothing here knows about browsers. A page's worker, a notebook or a test asks a
`Desk` for an experiment by name and calls its actions with plain data.
"""

from pynn.frame import Frame
from pynn.live.desk import Desk
from pynn.live.experiment import Experiment

__all__ = ["Desk", "Experiment", "Frame"]
