"""A stand-in for Segmind's `flux-schnell` on loopback, written from the vendor's documentation.

It reads neither the project's OpenAPI document nor the client generated from it: if it did, tests
against it would prove nothing.

In pytest, use the fixture `flux_schnell_sandbox`, a `FluxSchnellSandbox`. Elsewhere, use `running_sandbox()`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from segmind_flux_schnell_sandbox.accounts import KEY
    from segmind_flux_schnell_sandbox.in_process import clients_call
    from segmind_flux_schnell_sandbox.ledger import Ledger, LedgerEntry
    from segmind_flux_schnell_sandbox.sandbox import FluxSchnellSandbox
    from segmind_flux_schnell_sandbox.server import running_sandbox

__all__ = ["KEY", "FluxSchnellSandbox", "Ledger", "LedgerEntry", "clients_call", "running_sandbox"]


def __getattr__(name: str) -> Any:
    """Load what is public when it is used: pytest imports this package in each of its runs, for the plugin."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from segmind_flux_schnell_sandbox.requirements import missing

    sentence = missing()
    if sentence is not None:
        raise ImportError(sentence)
    from segmind_flux_schnell_sandbox import accounts, in_process, ledger, sandbox, server

    modules = (accounts, in_process, ledger, sandbox, server)
    return next(getattr(module, name) for module in modules if hasattr(module, name))


def __dir__() -> list[str]:
    return [*globals(), *__all__]
