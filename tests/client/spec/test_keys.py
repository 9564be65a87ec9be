"""Where a client gets its key from, and which keys it refuses."""

from typing import Any

import pytest

from segmind_flux_schnell import ConfigurationError, MissingKeyError
from tests.client.calling import Recorder
from tests.client.conftest import Calling, Make
from tests.client.documented import KEY_HEADER

VARIABLE = "SEGMIND_API_KEY"


def test_the_key_comes_from_the_environment(
    calling: Calling, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `api_key` a client takes the key from the variable that the document names."""
    monkeypatch.setenv(VARIABLE, "from-the-environment\n")
    calling(api_key=None, transport=recorder.transport)(prompt="a tiger")
    assert recorder.sent.headers[KEY_HEADER] == "from-the-environment"


def test_a_given_key_takes_precedence(calling: Calling, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """`api_key` takes precedence over the environment; blanks and line ends around it are not sent."""
    monkeypatch.setenv(VARIABLE, "from-the-environment")
    calling(api_key=" given\r\n", transport=recorder.transport)(prompt="a tiger")
    assert recorder.sent.headers.get_list(KEY_HEADER) == ["given"]


@pytest.mark.parametrize("value", [None, "", " \n"])
def test_a_missing_key_is_refused_when_the_client_is_made(
    make: Make, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """Without a key no client is made, and the error says where to put one; an empty variable holds no key."""
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(MissingKeyError) as raised:
        make()
    assert str(raised.value) == (
        "The client needs a key, as api_key=… or in the environment variable SEGMIND_API_KEY. Nothing was sent."
    )


UNSENDABLE = (
    "holds a line break, another control character or a letter beyond ASCII among its 5 characters, "
    "which no header can hold. Nothing was sent."
)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "api_key is empty. Nothing was sent."),
        (" \n", "api_key is empty. Nothing was sent."),
        ("ke\ny1", f"api_key {UNSENDABLE}"),
        ("key\x001", f"api_key {UNSENDABLE}"),
        ("kéy12", f"api_key {UNSENDABLE}"),
        ("ke\udcff12", f"api_key {UNSENDABLE}"),
        (b"key", "api_key is bytes, not str. Nothing was sent."),
        (12345, "api_key is int, not str. Nothing was sent."),
    ],
)
def test_a_key_that_cannot_be_sent_is_refused_unseen(
    make: Make, monkeypatch: pytest.MonkeyPatch, key: Any, message: str
) -> None:
    """The error does not show a key that no header can hold, and the key of the environment does not replace it."""
    monkeypatch.setenv(VARIABLE, "from-the-environment")
    with pytest.raises(ConfigurationError) as raised:
        make(api_key=key)
    assert str(raised.value) == message


def test_the_source_of_a_wrong_key_is_named(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says if the key is that of the environment."""
    monkeypatch.setenv(VARIABLE, "kéy12")
    with pytest.raises(ConfigurationError) as raised:
        make()
    assert str(raised.value) == f"The environment variable SEGMIND_API_KEY {UNSENDABLE}"


def test_an_empty_key_is_not_a_missing_key(make: Make) -> None:
    """An empty `api_key` is a mistake: the error says that it is empty."""
    with pytest.raises(ConfigurationError, match="api_key is empty"):
        make(api_key="")
