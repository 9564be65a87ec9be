"""What an edit of the document means for users: `python openapi/changes.py`, or `make changes`.

Compares the document and the package with those of the last release, by its tag in git, and says which version has to
follow. Files that are not committed count; nothing is checked out, and nothing but the named reports is written.

Exits with 0 when `info.version` is high enough, or nothing has been released; with 1 when it is too low; with 2 when
the two cannot be compared.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from generator.changes.compared import ComparisonError, Sources, compared  # noqa: E402
from generator.changes.draft import draft  # noqa: E402
from generator.changes.releases import ReleaseError, last_release, named_release  # noqa: E402
from generator.changes.report import as_json, markdown, text  # noqa: E402
from generator.changes.tools import further_packages  # noqa: E402
from generator.document.document import SpecError  # noqa: E402
from generator.output.package import generated  # noqa: E402
from generator.upstream.settings import package_name  # noqa: E402

_DOCUMENT = HERE / "flux-schnell.yaml"
_UNRELEASED = "Nothing has been released yet, so any version may follow: `info.version` is free."


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (ComparisonError, ReleaseError, SpecError) as error:
        print(f"{error}\nNothing was compared.", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else str(error), file=sys.stderr)
    return 2


def _run(options: argparse.Namespace) -> int:
    folder = options.spec.resolve().parent
    release = named_release(folder, options.base) if options.base else last_release(folder)
    if release is None:
        _write(options, _UNRELEASED, f"{_UNRELEASED}\n", "null", "")
        return 0
    name = options.package or package_name(options.settings)
    tools = HERE.parent if options.spec == _DOCUMENT else None
    sources = Sources(
        options.spec,
        options.output / name,
        tuple(options.overlay),
        options.root,
        tools,
        further_packages(tools, name),
    )
    # The package is generated here and now: that of the folder may be older than the document.
    with generated(options.spec, options.settings, options.package, options.overlay, options.root) as fresh:
        found = compared(folder, release, sources, fresh.folder / name)
    _write(options, text(found), markdown(found), as_json(found), draft(found))
    return 0 if found.is_enough or options.exit_zero else 1


def _write(options: argparse.Namespace, said: str, page: str, data: str, section: str) -> None:
    print(said)
    for path, content in ((options.json, data), (options.markdown, page), (options.draft, section)):
        if path is not None and str(path) == "-":
            print(f"\n{content}")
        elif path is not None:
            path.write_text(f"{content.rstrip()}\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Say what the edits since the last release mean for users.")
    parser.add_argument("--base", metavar="REF", help="compare with this tag, branch or commit, not the last release")
    parser.add_argument("--spec", type=Path, default=_DOCUMENT, help="the document")
    parser.add_argument(
        "--overlay", type=Path, action="append", default=[], help="an overlay of the document; repeatable, in order"
    )
    parser.add_argument("--root", type=Path, help="folder of files that the document may refer to, by default its own")
    parser.add_argument("--settings", type=Path, default=HERE / "generator.yaml", help="of openapi-python-client")
    parser.add_argument("--output", type=Path, default=HERE.parent / "generated", help="folder of the released package")
    parser.add_argument("--package", help="name of the package, by default that of the settings")
    parser.add_argument("--draft", type=Path, metavar="FILE", help="write the draft of the changelog; - prints it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all differences as JSON; - prints it")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the report as Markdown; - prints it")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even if the version is too low")
    return parser


if __name__ == "__main__":
    sys.exit(main())
