"""Training on many machines, by Dask: data that no single one has room for.

    from dask.distributed import Client
    from pynn.distributed import fit

    client = Client("scheduler:8786")       # or LocalCluster(n_workers=4).get_client()
    fit(network, x, y, client=client, loss="cross_entropy", optimizer="adam", epochs=5)

x and y are Dask arrays, or x is a list of .npz files; they are dealt to `members`, each of
which works where its rows are. Three ways to train:

    members=1         all in one place: bit by bit what `pynn.fit` does
    members=n         in step: each works out the gradient of its rows of every mini-batch,
                      and the sum moves the network; what `pynn.fit` does, but for rounding
    local_steps=k     each goes k steps alone, then the networks are averaged; another
                      training, with k times less to send

Network and optimizer stay with who calls. All that is sent out are functions of their
arguments, which Dask may work out again when a worker dies: no row is trained twice or lost,
and the numbers are those of a training without the fault. (Bits are those of processors of
one kind. A worker has one BLAS thread where Dask starts it, and a product that two threads have
made can differ in its last.)

Searches need nothing of this: `GridSearchCV(NetworkClassifier(), …)` of `pynn.sklearn` goes to
the workers inside `with joblib.parallel_config(backend="dask", client=client):`.
"""

try:
    import distributed  # noqa: F401  the engine
except ImportError as error:
    raise ImportError(
        "pynn.distributed: expected Dask with its scheduler; pip install pynn-playground[dask]"
    ) from error

from pynn.distributed.cluster import ClusterLost
from pynn.distributed.fitting import fit
from pynn.distributed.training import train

__all__ = ["ClusterLost", "fit", "train"]
