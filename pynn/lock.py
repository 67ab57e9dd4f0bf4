"""A lock that its owner can be copied with."""

import threading


class Lock:
    """A re-entrant lock; a deep or pickled copy of its owner gets a lock of its own.

    A shallow copy of a network shares the layers, and so it shares the lock too.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *raised: object) -> None:
        self._lock.release()

    def __reduce__(self) -> tuple[type["Lock"], tuple[()]]:
        return Lock, ()
