"""`make documents`, or `python -m tests.generator.public_documents [FOLDER] [--only NAME] [--fast]`."""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.generator import ROOT
from tests.generator.public_documents import GIVEN, WORK, document_files
from tests.generator.public_documents.measuring import Measure, Options, measured
from tests.generator.public_documents.report import refreshed, report, summary, table

README = ROOT / "openapi" / "README.md"
"""Where the report of the given documents is quoted."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 if every document was measured."""
    options = _parser().parse_args(arguments)
    if not options.folder.is_dir():
        print(f"{options.folder} is not a folder of documents; name one with DOCUMENTS=.", file=sys.stderr)
        return 2
    documents = document_files(options.folder.resolve())
    if options.only:
        documents = [one for one in documents if one.name in options.only or one.stem in options.only]
    if not documents:
        print(f"There are no documents in {options.folder}.", file=sys.stderr)
        return 2
    WORK.mkdir(parents=True, exist_ok=True)
    wanted = Options(3 if options.fast else 8, not options.fast, options.operation)
    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        # The largest first: at the end, no process waits for the other.
        ordered = sorted(documents, key=lambda path: -path.stat().st_size)
        measures = sorted(pool.map(lambda path: _measured(path, wanted), ordered), key=lambda one: one.name.lower())
    text = report(measures)
    target = WORK / ("report.md" if not options.only else "report-only.md")
    target.write_text(text, encoding="utf-8")
    if options.folder.resolve() == GIVEN.resolve() and not (options.only or options.fast):
        README.write_text(refreshed(README.read_text(encoding="utf-8"), measures), encoding="utf-8")
    print(text if options.only else f"{summary(measures)}\n\n{table(measures)}")
    print(f"\n{time.monotonic() - started:.0f} s; the whole report is in {target}")
    return 0


def _measured(document: Path, options: Options) -> Measure:
    try:
        return measured(document, options)
    except Exception as error:
        print(f"{document.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return Measure(document.name, 0, message=f"not measured: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make documents", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=GIVEN, help="folder with the documents")
    parser.add_argument("--only", action="append", help="name of a document; can be repeated")
    parser.add_argument("--operation", help="id of the only operation that is called, or its method and path")
    parser.add_argument("--fast", action="store_true", help="fewer values, and no mypy")
    return parser


if __name__ == "__main__":
    sys.exit(main())
