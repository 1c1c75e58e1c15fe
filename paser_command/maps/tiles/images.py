"""What a server sends for a tile: a picture, or what it is in place of one."""

from xml.etree.ElementTree import Element

from paser_command.errors import ParseError, PaserError
from paser_command.feeds.documents import clean_line, decode_xml

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_EXCEPTIONS = ("ServiceExceptionReport", "ExceptionReport")
_TOLD_LENGTH = 200


def is_picture(body: bytes) -> bool:
    """Tell whether these are the first bytes of a PNG, JPEG or WebP; nothing else is shown."""
    webp = body[:4] == b"RIFF" and body[8:12] == b"WEBP"
    return body.startswith((_PNG, _JPEG)) or webp


def no_picture(body: bytes, host: str) -> PaserError:
    """Return what to say about a body that is no picture."""
    if not body.strip():
        return PaserError("the tile server {host} answers with nothing", host=host)
    try:
        root = decode_xml(body)
    except ParseError as error:
        if error.code == "html":
            return PaserError(
                "the tile server {host} answers with a web page: check the address", host=host
            )
        return PaserError(
            "the tile server {host} sends no picture that is PNG, JPEG or WebP", host=host
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
