"""From a place of the document to its place in a file, which need not be the file of the document."""

from collections.abc import Iterator, Mapping, Sequence

from .pointers import child, is_within
from .problems import Place
from .reading import SourceFile
from .spots import all_spots, spots_to

Origin = tuple[SourceFile, str]
"""A file, and the JSON pointer of a place in it."""


class SourceMap(Mapping[str, int]):
    """The line of each place of a document, by JSON pointer. The first line is 1.

    Args:
        main: The file of the document.
        grafts: Where the parts come from that the file does not hold at their own place, by pointer.
    """

    def __init__(self, main: SourceFile, grafts: Mapping[str, Origin] | None = None) -> None:
        self.main = main
        self.grafts = dict(grafts or {})

    def origin(self, pointer: str) -> Origin:
        """Where a place comes from."""
        if not self.grafts:
            return self.main, pointer
        outer = pointer
        while outer not in self.grafts:
            if not outer:
                return self.main, pointer
            outer = outer.rpartition("/")[0]
        file, start = self.grafts[outer]
        return file, start + pointer[len(outer) :]

    def place(self, pointer: str) -> Place:
        """The place of a value in its file, or of the nearest value around it that has one."""
        file, place = self.origin(pointer)
        return file.place(place)

    def graft(self, pointer: str, origin: Origin) -> None:
        """Note that a place, with all below it, comes from elsewhere."""
        for known in [known for known in self.grafts if is_within(known, pointer)]:
            del self.grafts[known]
        self.grafts[pointer] = origin

    def reduce(self, pointer: str, kept: Sequence[int]) -> None:
        """Follow the members of an array of which only some are left.

        Args:
            pointer: The array.
            kept: The former indexes of what is left.
        """
        grafts = {at: origin for at, origin in self.grafts.items() if at == pointer or not is_within(at, pointer)}
        for index, former in enumerate(kept):
            old, new = child(pointer, str(former)), child(pointer, str(index))
            grafts[new] = self.origin(old)
            grafts |= {new + at[len(old) :]: origin for at, origin in self.grafts.items() if at.startswith(f"{old}/")}
        self.grafts = grafts

    def __getitem__(self, pointer: str) -> int:
        file, place = self.origin(pointer)
        found = spots_to(file.spots, place)
        if len(found) <= place.count("/"):
            raise KeyError(pointer)
        return found[-1].line + 1

    def __iter__(self) -> Iterator[str]:
        starts = {"": self.main.spots}
        starts |= {start: spots_to(file.spots, place)[-1] for start, (file, place) in self.grafts.items()}
        found = (pointer for start, spot in starts.items() for pointer, _ in all_spots(spot, start))
        return (pointer for pointer in dict.fromkeys(found) if pointer in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def below(origin: Origin, *parts: str) -> Origin:
    """The origin of what lies below a place."""
    return origin[0], child(origin[1], *parts)
