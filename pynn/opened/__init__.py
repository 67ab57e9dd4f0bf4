"""One training step, opened up: every number on the way forward, back and into the weights.

    step = OpenedStep(network, "cross_entropy", SGD(0.1), x[0], y[0])
    for moment in step.moments:
        print(moment.name, moment.values.shape)
    print(step.moments[0].cell(3).equation)

The network that is given is not changed: a copy takes the step, by the very layers.
"""

from pynn.opened.moment import Cell, Moment
from pynn.opened.step import OpenedStep

__all__ = ["Cell", "Moment", "OpenedStep"]
