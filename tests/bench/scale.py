"""How much is measured."""

from attrs import frozen


@frozen(kw_only=True)
class Scale:
    """How often and how much.

    Args:
        calls: Blocking calls, and asynchronous ones that are alone, of each peer.
        burst: How many of those in a row, before it is another peer's turn.
        rounds: Batches of asynchronous calls of each peer.
        batch: Calls in such a batch.
        crowd: Requests in flight at once against a slow service.
        crowds: How often that is done.
        seconds: How long the slow service takes.
        poll_timeout: Seconds after which a peer is given up on there.
        streamed: Bytes of the response that is written to a file.
        probes: Processes whose memory is measured, of each peer.
        jobs: Jobs of the queue that are waited for at once.
        polled: Seconds in which that is measured.
        images: Images of 300 kB that are fetched one after another, 50 at a time.
        shown: Images of the gallery that a browser opens.
        starts: Times that it does, and fresh processes for each import and each first call.
        runs: Runs of the commands of this repository.
    """

    calls: int
    burst: int
    rounds: int
    batch: int
    crowd: int
    crowds: int
    seconds: float
    poll_timeout: float
    streamed: int
    probes: int
    jobs: int
    polled: float
    images: int
    shown: int
    starts: int
    runs: int


FULL = Scale(
    calls=300,
    burst=10,
    rounds=5,
    batch=200,
    crowd=1000,
    crowds=3,
    seconds=3.0,
    poll_timeout=15.0,
    streamed=200_000_000,
    probes=3,
    jobs=1000,
    polled=20.0,
    images=1000,
    shown=1000,
    starts=5,
    runs=2,
)

QUICK = Scale(
    calls=20,
    burst=5,
    rounds=1,
    batch=100,
    crowd=50,
    crowds=1,
    seconds=0.3,
    poll_timeout=5.0,
    streamed=20_000_000,
    probes=1,
    jobs=1000,
    polled=3.0,
    images=100,
    shown=100,
    starts=1,
    runs=1,
)
