"""What spoke for an answer, and what against: each small piece of the image turned over in turn.

Ink becomes paper there and paper ink. Where that makes the answer less likely, the piece as it is
speaks for the answer; where it makes it likelier, against. So an empty place can speak too: what
tells a 7 from a 9 is the loop that is not there.
"""

import numpy as np

from pynn.digits import SIDE
from pynn.limits import as_numbers, cast, check_whole, shown
from pynn.matmul import Array
from pynn.network import Network, check_network

# Pixels along a side of a piece: less hardly changes an answer, more blurs where it was.
PIECE = 2


def evidence(network: Network, image: Array, answer: int) -> Array:
    """(28, 28) from -1, strongest against, to 1, strongest for; all 0 where nothing speaks.

    image   (784,) or (28, 28), 0 to 1, as the network sees it
    answer  the number of an output

    Measured in the logarithm of its probability. Raises ValueError.
    """
    check_network("evidence", network)
    check_whole("evidence", "answer", answer, least=0, most=network.outputs - 1)
    given = cast(as_numbers("evidence: expected image", image), np.float32)
    if given.shape not in ((SIDE * SIDE,), (SIDE, SIDE)) or not np.isfinite(given).all():
        raise ValueError(
            f"evidence: expected image as finite numbers of shape (784,) or (28, 28), "
            f"got {shown(image)}"
        )
    plain = given.reshape(SIDE, SIDE)
    pieces = SIDE // PIECE
    turned = np.repeat(plain[np.newaxis], 1 + pieces**2, axis=0)
    for number in range(pieces**2):
        rows = slice(number // pieces * PIECE, (number // pieces + 1) * PIECE)
        columns = slice(number % pieces * PIECE, (number % pieces + 1) * PIECE)
        turned[1 + number, rows, columns] = 1.0 - plain[rows, columns]
    likely = network.predict(network.as_rows(turned))[:, answer]
    logs = np.log(np.maximum(np.nan_to_num(likely), 1e-12))
    speaks = (logs[0] - logs[1:]).reshape(pieces, pieces)
    most = np.abs(speaks).max()
    if most > 0:
        speaks = speaks / most
    found: Array = np.kron(speaks, np.ones((PIECE, PIECE))).astype(np.float32)
    return found
