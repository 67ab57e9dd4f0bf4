"""`train` on a cluster: reads and checks the data, and makes the training that suits."""

from typing import Any

import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.chance import Seed
from pynn.distributed.cluster import Cluster
from pynn.distributed.in_step import InStep
from pynn.distributed.members import Loading
from pynn.distributed.remote import Numbers, Remote
from pynn.distributed.rounds import RoundNumbers, Rounds
from pynn.distributed.shards import sources
from pynn.distributed.whole import Whole
from pynn.example_weights import ClassWeight
from pynn.limits import check_whole, shown
from pynn.losses import Loss
from pynn.matmul import Array
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.training import planned


def train(
    network: Network,
    x: Any,
    y: Any = None,
    *,
    client: Any,
    members: int | None = None,
    local_steps: int | None = None,
    loss: str | Loss,
    optimizer: str | Optimizer,
    batch_size: int = 32,
    epochs: int | None = 1,
    seed: Seed = 0,
    shuffle: bool = True,
    augment: Augmentation | None = None,
    sample_weight: npt.ArrayLike | None = None,
    class_weight: ClassWeight | None = None,
    clip_norm: float | None = None,
) -> Remote:
    """Trains while it is iterated over, as `pynn.train`, whose words the others are.

    x, y         Dask arrays in as many chunks along the first axis alone; or x is a list of
                 .npz files with x and y, which every worker can read, and y is None
    client       the `distributed.Client` of the cluster
    members      among how many the data are dealt, each chunk or file to one; None: as many
                 as there are workers now. A member's rows lie in the memory of one worker,
                 and need twice that while they are read
    local_steps  None: members go in step, and `batch_size` is of all together; a number: a
                 step is a round of so many steps of each alone, and `batch_size` is a member's

    The numbers depend on the members, not on where they work. The state of a training goes on
    in another with the same data, members and words; that of one member in `pynn.train` too.

    Raises ValueError, which names the shard if it is one's, before anything is trained;
    Diverged; and ClusterLost, with the training where its last step left it.
    """
    words = loss, optimizer, batch_size, epochs, seed, shuffle, augment, clip_norm
    weights = sample_weight, class_weight
    return prepared("train", network, x, y, client, members, local_steps, words, weights)[0]


def prepared(
    who: str,
    network: Network,
    x: Any,
    y: Any,
    client: Any,
    members: int | None,
    local_steps: int | None,
    words: tuple[Any, ...],
    weights: tuple[npt.ArrayLike | None, ClassWeight | None],
    held_out: float | None = None,
) -> tuple[Remote, tuple[Array, Array] | None, Array]:
    """The training; rows and targets of the share that is held out; extremes of all rows."""
    plan = planned(network, *words)
    shards = sources(who, x, y)
    if local_steps is not None:
        local_steps = check_whole(who, "local_steps", local_steps)
    if members is None:
        members = min(Cluster(who, client, None).members, len(shards))
    # Before there is a list of so many.
    elif check_whole(who, "members", members) > len(shards):
        raise ValueError(
            f"{who}: expected at least one shard for each of {shown(members)} members, "
            f"got {len(shards)}"
        )
    cluster = Cluster(who, client, members)
    loading = Loading(cluster, network, plan, shards, weights[1] is not None)
    measured = None if held_out is None else loading.hold_out(held_out, words[4])
    ours = loading.members(loading.weights(*weights))
    known = network, plan
    told = loading.extremes, loading.telling
    if members == 1:
        training: Remote = Whole(*known, ours, Numbers(*known, sum(ours.counts), *told))
    elif local_steps is None:
        training = InStep(*known, ours, Numbers(*known, sum(ours.counts), *told))
    else:
        most = max(ours.counts)
        rounds = RoundNumbers(*known, most, *told, local_steps=local_steps, members=members)
        training = Rounds(*known, ours, rounds)
    return training, measured, loading.extremes
