"""XMP packets: read, and given properties of ours. Everything else in them stays as it is, byte for byte.

A packet can come from anywhere. One with a document type is refused where that starts, before any entity is declared:
so no entity is ever expanded or fetched. One that is not UTF-8, as XMP in a JPEG has to be, is refused as well.
"""

import re
from collections.abc import Mapping
from xml.parsers import expat

from attrs import field, frozen

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    # Ours. Nobody needs to register a UUID.
    "call": "urn:uuid:5c0d6d2e-6b0f-4b6c-9a53-3f1c5b0e7a41#",
}
RECORD = "call:record"
"""The property that is ours alone."""
DESCRIPTION, CREATOR_TOOL, CREATE_DATE = "dc:description", "xmp:CreatorTool", "xmp:CreateDate"

_OPENING = "<rdf:Description" + "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_CLOSING = "</rdf:Description>\n"
# None lies inside another: so each byte of a packet is searched once.
_OURS = re.compile(
    re.escape(_OPENING).encode() + rb' rdf:about="[^"<>]*">(?:(?!<rdf:Description).)*?' + re.escape(_CLOSING).encode(),
    re.DOTALL,
)
# XML 1.0 cannot hold these, neither as they are nor as references.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The ampersand first: the references of the others have one.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}


@frozen(kw_only=True)
class Packet:
    """An XMP packet, as it was read.

    Args:
        content: The packet.
        properties: The texts of its properties by their names; the text of a property with parts is of no use. A
            property of another namespace than those of this module has the name `namespace name`.
        about: The resource that has the properties; mostly "", this file.
        end: Where the list of properties ends in the content, in bytes.
    """

    content: bytes = field(repr=False)
    properties: Mapping[str, str]
    about: str
    end: int

    @classmethod
    def read(cls, content: bytes) -> "Packet | None":
        """Read a packet; None if it is not one, or has no list of properties to which one can be added."""
        reader = _Reader()
        try:
            # Some programs fill the segment up with zeros.
            reader.parser.Parse(content.rstrip(b"\0"), True)
        except (expat.ExpatError, ValueError):
            return None
        if reader.end is None or not content.startswith(b"</", reader.end):
            return None
        return cls(content=content, properties=reader.properties, about=reader.about, end=reader.end)

    def with_properties(self, properties: Mapping[str, str]) -> bytes:
        """The packet with further properties, except those that it has: XMP allows each of them once."""
        lines = "".join(_element(name, text) for name, text in properties.items() if name not in self.properties)
        ours = f'{_OPENING} rdf:about="{_escaped(self.about)}">\n{lines}{_CLOSING}'.encode()
        return self.content[: self.end] + ours + self.content[self.end :]

    def without_ours(self) -> "Packet | None":
        """The packet without what `with_properties` added; None if another program has rewritten that."""
        packet = Packet.read(_OURS.sub(b"", self.content))
        return packet if packet and RECORD not in packet.properties else None


def _empty() -> Packet:
    content = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF xmlns:rdf="{_NAMESPACES["rdf"]}">\n'
        '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()
    return Packet(content=content, properties={}, about="", end=content.index(b"</rdf:RDF>"))


EMPTY = _empty()
"""A packet without properties."""


def _element(name: str, text: str) -> str:
    value = _escaped(text)
    if name == DESCRIPTION:
        # XMP defines it as a text in several languages.
        value = f'<rdf:Alt><rdf:li xml:lang="x-default">{value}</rdf:li></rdf:Alt>'
    return f"<{name}>{value}</{name}>\n"


def _escaped(text: str) -> str:
    text = _NOT_XML.sub("\ufffd", text)
    for character, reference in _ESCAPES.items():
        text = text.replace(character, reference)
    return text


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{_NAMESPACES[prefix]} {local}"


_LIST, _RESOURCE = _expanded("rdf:RDF"), _expanded("rdf:Description")
_ABOUT = _expanded("rdf:about")
_SHORT = {_expanded(name): name for name in (RECORD, DESCRIPTION, CREATOR_TOOL, CREATE_DATE)}


class _Reader:
    """Reads the properties of one packet."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.about = ""
        self.end: int | None = None
        self._path: list[str] = []
        self._texts: list[str] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append

    @staticmethod
    def _doctype(*_: object) -> None:
        raise ValueError("XMP has no document type")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        if self._ends_with(_LIST, _RESOURCE):
            self.about = attributes.get(_ABOUT, self.about)
            self.properties |= {_SHORT.get(key, key): text for key, text in attributes.items() if key != _ABOUT}
        elif self._ends_with(_LIST, _RESOURCE, name):
            self._texts.clear()

    def _end(self, name: str) -> None:
        if self._ends_with(_LIST, _RESOURCE, name):
            self.properties[_SHORT.get(name, name)] = "".join(self._texts)
        elif self._ends_with(_LIST) and self.end is None:
            self.end = self.parser.CurrentByteIndex
        self._path.pop()

    def _ends_with(self, *names: str) -> bool:
        # Only the outermost list counts: a property can hold RDF of its own.
        start = self._path.index(_LIST) if _LIST in self._path[:2] else len(self._path)
        return len(self._path) - start == len(names) and tuple(self._path[start:]) == names
