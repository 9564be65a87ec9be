"""Runs the sandbox in the foreground: `python -m segmind_flux_schnell_sandbox --port 8901`."""

import sys
from collections.abc import Sequence

from segmind_flux_schnell_sandbox.requirements import missing


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until interrupted or terminated, as `flux-schnell sandbox` does, and exit."""
    sentence = missing()
    if sentence is not None:
        print(sentence, file=sys.stderr)
        sys.exit(2)
    from segmind_flux_schnell_sandbox.command import sandbox

    sandbox.main(arguments, prog_name="python -m segmind_flux_schnell_sandbox")


if __name__ == "__main__":
    main()
