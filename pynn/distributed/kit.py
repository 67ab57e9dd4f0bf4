"""What a training is made of, on its way to the workers."""

import pickle
import threading
import uuid
from collections import OrderedDict
from dataclasses import dataclass

import cloudpickle
import numpy as np

from pynn.losses import Loss
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.training import Plan

# Trainings of which a thread keeps what it has unpacked.
KEPT = 4
_own = threading.local()
Parts = tuple[Network, Loss, Optimizer, np.random.Generator | None, np.random.Generator]


@dataclass(frozen=True)
class Kit:
    """Network, loss, optimizer, order and noise as bytes; each thread unpacks its own.

    They are packed together, so that an optimizer finds its network and two names of one
    generator stay so. What is unpacked has no memory that counts: every task first puts in
    the numbers that it was given.
    """

    name: str
    packed: bytes

    @staticmethod
    def of(network: Network, plan: Plan) -> "Kit":
        parts = network, plan.loss, plan.optimizer, plan.order, plan.noise
        return Kit(uuid.uuid4().hex, cloudpickle.dumps(parts))

    def unpacked(self) -> Parts:
        kept: OrderedDict[str, Parts] = vars(_own).setdefault("kept", OrderedDict())
        if self.name not in kept:
            while len(kept) >= KEPT:
                kept.popitem(last=False)
            kept[self.name] = pickle.loads(self.packed)
        kept.move_to_end(self.name)
        return kept[self.name]


def same(kit: Kit) -> Kit:
    """A task whose result is the kit, which workers hand on to one another."""
    return kit
