"""`python -m tests.edits [KIND…]`, or `make edits`: make each kind of change in a copy, and run the tests there."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.edits.kinds import KINDS, Kind
from tests.edits.project import Project

# Those that know most of the document; the others take minutes for each kind.
TESTS = (
    *("tests/contract/test_consistency.py", "tests/contract/test_document.py", "tests/contract/test_documentation.py"),
    *("tests/contract/test_drift.py", "tests/contract/test_probes.py", "tests/contract/test_replay.py"),
    *("tests/generator/test_altered_document.py", "tests/generator/test_causes.py", "tests/generator/test_guards.py"),
    *("tests/generator/test_many.py", "tests/generator/test_money.py"),
    *("tests/client/base", "tests/client/client", "tests/client/image", "tests/client/package"),
    *("tests/client/validation", "tests/client/cli/test_misuse.py", "tests/client/cli/test_option_table.py"),
    *("tests/client/cli/test_plan.py", "tests/client/faults/test_statuses.py", "tests/test_readmes.py"),
)


def main() -> int:
    """Run the command line and return its exit code: 1 if a test fails that is not about the changed fact."""
    options = _parser().parse_args()
    kinds = [kind for kind in KINDS if not options.kinds or any(part in kind.name for part in options.kinds)]
    if not kinds:
        print(f"No kind of change has {' or '.join(options.kinds)} in its name:", file=sys.stderr)
        print(*(f"  {kind.name}" for kind in KINDS), sep="\n", file=sys.stderr)
        return 2
    tests = ("tests",) if options.all else TESTS
    others = [_judged(kind, tests) for kind in kinds]
    print(f"{others.count(False)} of {len(kinds)} kinds of change fail a test that is not about them.")
    return 0 if all(others) else 1


def _judged(kind: Kind, tests: tuple[str, ...]) -> bool:
    """Print what one kind of change makes fail, and tell whether all of it is about the changed fact."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="edits-") as folder:
        project = Project.copied(Path(folder) / "project")
        project.edit(kind.edits)
        project.generate()
        failing = project.failing(tests)
    meant = [test for test in failing if kind.means(test)]
    print(f"{kind.name}  ({time.monotonic() - started:.0f} s)")
    for test in failing:
        print(f"  {'meant' if test in meant else 'FAILS'}  {test}")
    sys.stdout.flush()
    return meant == failing


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.edits", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="a part of the name of a kind; by default all")
    parser.add_argument("--all", action="store_true", help="run all tests, not only those that know most of it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
