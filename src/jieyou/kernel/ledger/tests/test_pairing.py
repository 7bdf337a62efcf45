"""Who stands alone, whatever the order and the number."""

from random import Random
from uuid import UUID

from jieyou.kernel.ledger.pairing import Pairing


def test_the_lonely_on_both_sides_are_named() -> None:
    pairs = Pairing()
    ids = [UUID(int=n).hex for n in range(20_000)]
    for id in Random(1).sample(ids[:-1], len(ids) - 1):
        pairs.left(id, "left")
    for id in ids[1:]:
        pairs.right(id)
    assert list(pairs.lonely_left()) == [(ids[0], "left")]
    assert list(pairs.lonely_right()) == [(ids[-1], "")]
    pairs.close()
