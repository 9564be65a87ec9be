"""From nothing to the first response, each time in a fresh process: import, client, connection, one image."""

from tests.bench.peers import BODY, FIELDS, HEADERS, KEY, PATH, is_installed
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.starting import interleaved_starts

_OURS = """
from segmind_flux_schnell import Client
with Client(api_key={key!r}, base_url={base_url!r}) as client:
    client.generate_image(**{fields!r})
"""

_HTTPX = """
import httpx
with httpx.Client() as client:
    client.post({url!r}, content={body!r}, headers={headers!r}).content
"""

_SEGMIND = """
import segmind
segmind.SegmindClient(api_key={key!r}, base_url={url!r}.rpartition("/")[0]).run_sync("flux-schnell", **{fields!r})
"""

_CALLED = {OURS: _OURS, "httpx": _HTTPX, "segmind": _SEGMIND}

_OPENED = {
    OURS: "from segmind_flux_schnell import Client; Client(api_key='k')",
    "httpx": "import httpx; httpx.Client()",
    "segmind": "import segmind; segmind.SegmindClient(api_key='k')",
}


def measure(service: Service, scale: Scale) -> list[Section]:
    """A whole first call without TLS, and as far as a client that can speak it."""
    base_url = service.responding(1000)
    facts = {
        "key": KEY,
        "base_url": base_url,
        "fields": FIELDS,
        "url": base_url + PATH,
        "body": BODY,
        "headers": HEADERS,
    }
    called = {name: code.format(**facts) for name, code in _CALLED.items()}
    loaded = "import httpx, segmind_flux_schnell, segmind"
    return [
        _section("from import to the first response", called, scale, goal=1.0),
        _section("from Client() to the first response, all imported", called, scale, setup=loaded, goal=1.1),
        _section("from import to a client with TLS", _OPENED, scale),
    ]


def _section(title: str, codes: dict[str, str], scale: Scale, *, setup: str = "", goal: float | None = None) -> Section:
    there = {name: code for name, code in codes.items() if is_installed(name)}
    measured = interleaved_starts(there, scale.starts, setup)
    return Section(
        title=title,
        unit="ms",
        figures={name: measured.figure(name, 1e3) for name in codes},
        reference="httpx",
        goals=() if goal is None else (Goal(bound=goal, beside="httpx"),),
        remarks=measured.crashes,
    )
