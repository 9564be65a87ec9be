"""How much is measured."""

from attrs import frozen


@frozen(kw_only=True)
class Scale:
    """How often and how much.

    Args:
        calls: Blocking calls, and asynchronous ones that are alone, of each peer.
        rounds: Batches of asynchronous calls of each peer.
        batch: Calls in such a batch.
        crowd: Requests in flight at once against a slow service.
        crowds: How often that is done.
        seconds: How long the slow service takes.
        patience: Seconds after which a peer is given up on there.
        streamed: Bytes of the response that is written to a file.
        images: Images of 300 kB that are fetched one after another, 50 at a time.
        starts: Fresh processes for each import and each first call.
        runs: Runs of the commands of this repository.
    """

    calls: int
    rounds: int
    batch: int
    crowd: int
    crowds: int
    seconds: float
    poll_timeout: float
    streamed: int
    images: int
    starts: int
    runs: int


FULL = Scale(
    calls=300,
    rounds=5,
    batch=200,
    crowd=1000,
    crowds=3,
    seconds=3.0,
    poll_timeout=15.0,
    streamed=200_000_000,
    images=1000,
    starts=5,
    runs=2,
)

QUICK = Scale(
    calls=20,
    rounds=1,
    batch=100,
    crowd=50,
    crowds=1,
    seconds=0.3,
    poll_timeout=5.0,
    streamed=20_000_000,
    images=100,
    starts=1,
    runs=1,
)
