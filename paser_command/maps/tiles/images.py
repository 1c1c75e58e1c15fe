"""What a server sends for a tile: a picture, or what it is in place of one."""

import zlib
from xml.etree.ElementTree import Element

from paser_command.errors import ParseError, PaserError
from paser_command.feeds.documents import clean_line, decode_xml

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_SPARE_BYTES = 64
"""Some programs write a little after a picture's end."""

_EXCEPTIONS = ("ServiceExceptionReport", "ExceptionReport")
_TOLD_LENGTH = 200


def format_of(body: bytes) -> str:
    """Return "png", "jpeg" or "webp" by the first bytes; "" for all else, which is not shown."""
    if body.startswith(_PNG):
        return "png"
    if body.startswith(_JPEG):
        return "jpeg"
    return "webp" if body[:4] == b"RIFF" and body[8:12] == b"WEBP" else ""


def is_picture(body: bytes) -> bool:
    """Tell whether these are the bytes of a PNG, JPEG or WebP from its beginning to its end."""
    match format_of(body):
        case "png":
            return _is_whole_png(body)
        case "jpeg":
            return _JPEG_END in body[-_SPARE_BYTES:]
        case "webp":
            return 0 <= len(body) - 8 - int.from_bytes(body[4:8], "little") <= _SPARE_BYTES
        case _:
            return False


def no_picture(body: bytes, host: str) -> PaserError:
    """Return what to say about a body that is no picture."""
    if not body.strip():
        return PaserError("the tile server {host} answers with nothing", host=host)
    try:
        root = decode_xml(body, with_dtd=True)  # exceptions of WMS 1.1.1 have a document type
    except ParseError as error:
        if error.code == "html":
            return PaserError(
                "the tile server {host} answers with a web page: check the address", host=host
            )
        return PaserError(
            "the tile server {host} sends no whole picture that is PNG, JPEG or WebP", host=host
        )
    return exception_of(root, host) or PaserError(
        "the tile server {host} answers with a document and no picture", host=host
    )


def exception_of(root: Element, host: str) -> PaserError | None:
    """Return what an exception of OGC's services says, in its own words; None where it is none."""
    if root.tag not in _EXCEPTIONS:
        return None
    said = clean_line(" ".join(root.itertext()), _TOLD_LENGTH)
    code = next((one.get("code") or one.get("exceptionCode") or "" for one in root), "")
    return PaserError(
        "the tile server {host} refuses: {said}", host=host, said=said or clean_line(code) or "?"
    )


def _is_whole_png(body: bytes) -> bool:
    """Walk the chunks up to the last one, each with its checksum (PNG, section 5.3)."""
    at = len(_PNG)
    while at + 12 <= len(body):
        end = at + 12 + int.from_bytes(body[at : at + 4], "big")
        checksum = int.from_bytes(body[end - 4 : end], "big")
        if end > len(body) or zlib.crc32(body[at + 4 : end - 4]) != checksum:
            return False
        if body[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False
