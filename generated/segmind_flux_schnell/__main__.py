# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""Where the command line starts, as a script and as `python -m`."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        from .cli import main as run
    except KeyboardInterrupt:
        # The import takes a moment, and nothing has begun.
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
