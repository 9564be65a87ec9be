"""What an import costs, and what it loads."""

import json

from tests.bench.peers import MODULES, is_installed
from tests.bench.report import OURS, Goal, Section
from tests.bench.scale import Scale
from tests.bench.servers import Service
from tests.bench.starting import fresh, interleaved_starts

PEERS = (OURS, "httpx", "openai", "replicate", "fal-client", "segmind", "requests", "aiohttp", "pyreqwest")

HEAVY = ("httpx", "httpcore", "anyio", "ssl", "asyncio")
"""What our import must not load: the first client does."""

_LOADED = "import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"


def measure(_service: Service, scale: Scale) -> list[Section]:
    """Time, and modules."""
    there = [name for name in PEERS if is_installed(name)]
    measured = interleaved_starts({name: f"import {MODULES[name]}" for name in there}, scale.starts)
    modules = {name: _loaded(MODULES[name]) for name in measured.medians}
    bare = _loaded("sys")
    heavy = {name: sorted(modules[name].intersection(HEAVY)) for name in modules}
    return [
        Section(
            title="import",
            unit="ms",
            figures={name: measured.figure(name, 1e3) for name in PEERS},
            reference="httpx",
            goals=(Goal(bound=0.1, beside="httpx"),),
            remarks=measured.crashes,
        ),
        Section(
            title="modules that it loads",
            unit="modules",
            figures={name: len(modules[name] - bare) if name in modules else None for name in PEERS},
            reference="httpx",
        ),
        Section(
            title=f"of {', '.join(HEAVY)} it loads",
            unit="modules",
            figures={name: len(heavy[name]) if name in heavy else None for name in PEERS},
            goals=(Goal(bound=0.0),),
            remarks={name: ", ".join(found) for name, found in heavy.items()},
        ),
    ]


def _loaded(module: str) -> set[str]:
    return set(json.loads(fresh(_LOADED.format(module=module))))
