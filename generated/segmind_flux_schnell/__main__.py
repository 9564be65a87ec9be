# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The command line as `python -m`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
