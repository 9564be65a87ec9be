"""The instruments of these tests notice what they look for."""

import asyncio
import logging
import socket
import threading

import pytest

from tests.client.faults.traces import (
    CANARY,
    everything_logged,
    leaks,
    parts_of,
    parts_of_records,
    pending_tasks,
    sightings,
)


def test_a_key_is_seen_along_the_whole_chain_of_an_error() -> None:
    """In message, arguments, attributes and pickle, also of an error that hangs on it."""
    inner = KeyError(CANARY)
    outer = ValueError("harmless")
    outer.__context__ = inner
    vars(outer)["request"] = {"x-api-key": CANARY}
    seen = sightings(parts_of(outer))
    assert set(seen) >= {"pickle", "ValueError.request", "str of KeyError", "args of KeyError"}
    assert not sightings(parts_of(ValueError("harmless")))


def test_a_key_is_seen_in_local_variables_of_others() -> None:
    """Those of the tests do not count, those of all other code do."""
    key = CANARY
    with pytest.raises(ValueError, match="no level") as raised:
        logging.Logger(key).setLevel("no level")
    assert "local variables of setLevel" in sightings(parts_of(raised.value))
    with pytest.raises(ZeroDivisionError) as raised_here:
        assert key in str(1 / 0)
    assert not sightings(parts_of(raised_here.value))


def test_a_key_is_seen_in_log_records() -> None:
    """In the message, and in what was only to be put into it; loggers that were silent speak."""
    # Clients that other tests have made remove their keys from the logs of the HTTP libraries.
    logger = logging.getLogger("library_that_no_client_knows")
    with everything_logged() as records:
        logger.debug("headers %s", {"x-api-key": CANARY})
    assert sightings(parts_of_records(records)) == ["a record of library_that_no_client_knows"]
    assert not logger.isEnabledFor(logging.DEBUG)


def test_open_sockets_and_living_threads_are_leaks() -> None:
    """What was open or alive before is none."""
    stop = threading.Event()
    with leaks() as leaked:
        left_open = socket.socket()
        thread = threading.Thread(target=stop.wait, name="left alone")
        thread.start()
    stop.set()
    thread.join()
    left_open.close()
    assert len(leaked.found) == 2
    assert leaked.found[0].startswith("open: socket:")
    assert leaked.found[1] == "alive: left alone"


def test_an_unclosed_socket_is_a_leak_though_it_was_collected() -> None:
    """Python closes it and warns."""
    with leaks() as leaked:
        socket.socket()
    assert any("unclosed" in text for text in leaked.found)


async def test_a_task_that_goes_on_is_pending() -> None:
    """One that ends within a few turns is not."""
    going_on = asyncio.create_task(asyncio.sleep(60))
    asyncio.create_task(asyncio.sleep(0))  # noqa: RUF006
    assert len(await pending_tasks()) == 1
    going_on.cancel()
