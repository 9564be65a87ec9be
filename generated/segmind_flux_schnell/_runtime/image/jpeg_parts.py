# @generated from openapi/runtime/image/jpeg_parts.py by `make generate`. Do not edit: change that file.
"""What a JPEG consists of: a frame with its components, and scans with the tables that are in force."""

from attrs import field, frozen

_SEQUENTIAL, _PROGRESSIVE, _LOSSLESS = frozenset((0xC0, 0xC1)), 0xC2, frozenset((0xC3, 0xC7, 0xCB, 0xCF))


@frozen
class Component:
    """A component of a frame, such as the luminance.

    Args:
        key: Its identifier in the file.
        across: Horizontal sampling factor.
        down: Vertical sampling factor.
    """

    key: int
    across: int
    down: int


@frozen(kw_only=True)
class Frame:
    """What a frame header says.

    Args:
        marker: Its kind: baseline, progressive, arithmetic and so on.
        width: In pixels.
        height: In pixels, or 0 if a segment behind the first scan has it.
        components: Its components.
    """

    marker: int
    width: int
    height: int
    components: tuple[Component, ...]

    @property
    def is_huffman(self) -> bool:
        """Whether it is coded with Huffman tables in blocks of 8 x 8, sequentially or progressively."""
        return self.marker in _SEQUENTIAL or self.marker == _PROGRESSIVE

    @property
    def is_lossless(self) -> bool:
        """Whether it has samples in place of blocks."""
        return self.marker in _LOSSLESS

    @property
    def is_progressive(self) -> bool:
        """Whether it is a progressive frame with Huffman tables."""
        return self.marker == _PROGRESSIVE

    def blocks(self, component: Component) -> int:
        """Number of blocks of a component, without those that only fill the last unit of several components."""
        most = max(one.across for one in self.components), max(one.down for one in self.components)
        sides = (self.width, component.across, most[0]), (self.height, component.down, most[1])
        across, down = (_ceil(_ceil(side * factor, largest), 8) for side, factor, largest in sides)
        return across * down

    def units(self) -> int:
        """Number of minimum coded units of a scan with several components."""
        across, down = max(one.across for one in self.components), max(one.down for one in self.components)
        return _ceil(self.width, 8 * across) * _ceil(self.height, 8 * down)


@frozen(kw_only=True)
class Scan:
    """A scan: its header, the tables that are in force, and where its data is.

    Args:
        components: Its components.
        tables: Numbers of the tables of each component, for DC and AC coefficients.
        first: Number of its first coefficient; 0 is the DC coefficient.
        refines: Whether it adds a bit to coefficients of earlier scans.
        huffman: The Huffman tables by class and number: the counts of codes by length, then their symbols.
        restart: Units between restart markers, or 0 for none.
        start: Where its data starts, in bytes from the beginning.
        end: Where its data ends.
    """

    components: tuple[Component, ...]
    tables: tuple[tuple[int, int], ...]
    first: int
    refines: bool
    huffman: dict[int, bytes] = field(repr=False)
    restart: int
    start: int
    end: int


@frozen(kw_only=True)
class JpegStructure:
    """A JPEG that is whole.

    Args:
        frame: Its frame.
        scans: Its scans.
        end: Where it ends, behind the end marker, in bytes from the beginning.
    """

    frame: Frame
    scans: tuple[Scan, ...]
    end: int


def _ceil(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
