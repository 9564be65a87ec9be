"""Images of a batch that no journal has: a run was killed after it had saved them, and before it wrote that down."""

from collections.abc import Container, Iterator
from pathlib import Path

from .image_store import ImageStore
from .listing import listed


def unlisted_images(folder: Path, named: Container[str]) -> Iterator[Path]:
    """The files of a folder that are whole images of a batch: their names are those of their content.

    Args:
        folder: The folder.
        named: The names of the files that a journal has. These are not read.

    Raises:
        OSError: The folder cannot be listed.
    """
    store = ImageStore(folder, folder)
    yield from (path for path in listed(folder, "*") if path.name not in named and store.holds(path.name))
