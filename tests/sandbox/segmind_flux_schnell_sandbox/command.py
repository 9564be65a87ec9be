"""The command `sandbox`, which the client's command line loads by its entry point."""

import click

from segmind_flux_schnell_sandbox.requirements import missing

HOST = "127.0.0.1"
PORT = 8901


class _Unusable(click.ClickException):
    """The command cannot do its work; exit code 2."""

    exit_code = 2


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default=HOST, show_default=True, metavar="ADDRESS", help="A loopback address.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free port.")
def sandbox(host: str, port: int) -> None:
    """Serve a stand-in for the service on this machine.

    Images cost nothing there. It prints the environment variables to set, and runs until Ctrl-C.
    """
    sentence = missing()
    if sentence is not None:
        raise _Unusable(sentence)
    from segmind_flux_schnell_sandbox.foreground import CannotListen, serve

    try:
        serve(host, port)
    except CannotListen as error:
        raise _Unusable(str(error)) from error
