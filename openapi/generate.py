"""Generate the client from the document: `python openapi/generate.py`, or `make generate`.

Exits with 0 when all went well, 1 when `--check` finds that the generated files are not as they would be written, and 2
when the document cannot be made into a client.
"""

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from generator.document.document import SpecError  # noqa: E402
from generator.output.folders import replacing_folder  # noqa: E402
from generator.output.package import differences, generated  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        with generated(options.spec, options.settings, options.package, options.overlay, options.root) as fresh:
            return _check(options.output, fresh) if options.check else _write(options.output, fresh)
    except (SpecError, OSError) as error:
        print(f"{error}\nNothing was generated; {options.output.name}/ is as it was.", file=sys.stderr)
        return 2


def _write(output: Path, fresh: Path) -> int:
    with replacing_folder(output) as folder:
        shutil.copytree(fresh, folder, dirs_exist_ok=True)
    print(f"Generated {output.name}/")
    return 0


def _check(output: Path, fresh: Path) -> int:
    difference = differences(output, fresh)
    if not difference:
        return 0
    print(f"{difference}\n{output.name}/ is not what `make generate` writes: run it, and do not edit there.")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Generate the client from the OpenAPI document.")
    parser.add_argument("--spec", type=Path, default=HERE / "flux-schnell.yaml", help="the document")
    parser.add_argument(
        "--overlay", type=Path, action="append", default=[], help="an overlay of the document; repeatable, in order"
    )
    parser.add_argument("--root", type=Path, help="folder of files that the document may refer to, by default its own")
    parser.add_argument("--settings", type=Path, default=HERE / "generator.yaml", help="of openapi-python-client")
    parser.add_argument("--output", type=Path, default=HERE.parent / "generated", help="folder to write")
    parser.add_argument("--package", help="name of the package, by default that of the settings")
    parser.add_argument("--check", action="store_true", help="write nothing; show what would change")
    return parser


if __name__ == "__main__":
    sys.exit(main())
