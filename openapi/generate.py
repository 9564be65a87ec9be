"""Generate the client from the document: `python openapi/generate.py`, or `make generate`.

An operation that uses what has a problem is left out, and the others are generated; left-out.md beside the package, and
the table at the end, say which, why, and where the client does something else than the document says.

Exits with 0 when anything was generated, 1 when `--check` finds that the generated files are not as they would be
written, 2 when no client can be made, and 3 when `--strict` finds that it would not be all that the document says.
"""

import argparse
import gc
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from generator.document.document import SpecError  # noqa: E402
from generator.output.folders import replacing_folder  # noqa: E402
from generator.output.left_out import counted, summary  # noqa: E402
from generator.output.package import Generated, differences, generated  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        with generated(options.spec, options.settings, options.package, options.overlay, options.root) as fresh:
            if options.strict and not fresh.selection.is_whole:
                return _refused(str(fresh.selection.error), options.output, 3)
            return _check(options.output, fresh) if options.check else _write(options.output, fresh)
    except SpecError as error:
        return _refused(str(error), options.output)
    except OSError as error:
        return _refused(f"{error.filename}: {error.strerror}" if error.filename else str(error), options.output)


def _refused(reason: str, output: Path, code: int = 2) -> int:
    print(f"{reason}\nNothing was generated; {output.name}/ is as it was.", file=sys.stderr)
    return code


def _write(output: Path, fresh: Generated) -> int:
    with replacing_folder(output) as folder:
        shutil.copytree(fresh.folder, folder, dirs_exist_ok=True)
    print(f"Generated {output.name}/: {counted(fresh.selection)}")
    if not fresh.selection.is_whole:
        print(f"\n{_summary(fresh)}", end="")
    return 0


def _check(output: Path, fresh: Generated) -> int:
    difference = differences(output, fresh.folder)
    if not difference:
        return 0
    print(f"{difference}\n{output.name}/ is not what `make generate` writes: run it, and do not edit there.")
    return 1


def _summary(fresh: Generated) -> str:
    return summary(fresh.selection, shutil.get_terminal_size().columns)


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
    parser.add_argument("--strict", action="store_true", help="generate all that the document says, or nothing")
    return parser


if __name__ == "__main__":
    # A run is short and leaves hardly any cycles: looking for them took an eighth of its time.
    gc.disable()
    sys.exit(main())
