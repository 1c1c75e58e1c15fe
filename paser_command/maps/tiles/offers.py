"""What a server says that it has: its layers, as capabilities of WMS and WMTS tell them."""

from xml.etree.ElementTree import Element

import msgspec

from paser_command.errors import ParseError, PaserError
from paser_command.feeds.documents import clean_line, decode_xml
from paser_command.maps.tiles.images import exception_of

FORMATS = ("image/png", "image/jpeg", "image/webp", "image/png8")
"""What we can show, the most wanted first: the last is PNG by MapServer's and GeoServer's name."""

LINK = "{http://www.w3.org/1999/xlink}href"
_LATIN = b'encoding="iso-8859-1"'


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One layer of a server. `matrix_sets` are those we can use; of a WMS, the systems."""

    layer: str
    title: str
    attribution: str = ""
    styles: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    matrix_sets: tuple[str, ...] = ()


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """What a server has: its version, its own name, and the layers that we can show."""

    version: str
    title: str
    layers: tuple[Offer, ...]


def decode_capabilities(body: bytes, host: str) -> Element:
    """Return the root of a server's capabilities; PaserError where they are none."""
    try:
        # WMS 1.1.1 has a document type by its standard; ISO 8859-1 was MapServer's for long.
        root = decode_xml(_as_utf8(body), with_dtd=True)
    except ParseError as error:
        raise PaserError(
            "the server {host} does not answer with capabilities of WMS or WMTS: check the address",
            host=host,
        ) from error
    if refusal := exception_of(root, host):
        raise refusal
    return root


def text_of(element: Element | None, path: str) -> str:
    """Return the text under an element on one line; "" where there is none."""
    return "" if element is None else clean_line(element.findtext(path))


def shown_formats(formats: list[str]) -> tuple[str, ...]:
    """Return the formats that we can show, the most wanted first."""
    found = [one.strip().replace("image/jpg", "image/jpeg") for one in formats]
    return tuple(one for wanted in FORMATS for one in found if one.split(";")[0].strip() == wanted)


def _as_utf8(body: bytes) -> bytes:
    head = body[:200].lower().replace(b"'", b'"')
    return body.decode("latin-1").encode() if _LATIN in head else body
