"""Documents with a few bad bytes, mended so that they can be read: one bad byte costs one item.

What cannot be read becomes U+FFFD, which is seen; what is no number a text, which no reader of
numbers takes: its item is passed over, and told.
"""

import re

_CONTROLS = bytes(range(0x20))
_TO_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_XML_CONTROLS = bytes(set(_CONTROLS) - set(b"\t\n\r"))
_XML_TO_SPACES = bytes.maketrans(_XML_CONTROLS, b" " * len(_XML_CONTROLS))

# A string as a whole, so that nothing in it is taken for a number.
_STRING_OR_NUMBER = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
    rb"|\\."
)
_BAD_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[1245-9]|2\d|3[01])|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.-]{1,20})["']""")
_CODINGS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
}
"""Encodings that an XML document may declare, and how they are read: as browsers do."""


def mended_json(body: bytes) -> bytes:
    """Return JSON with its bad bytes replaced, raw controls as spaces, NaN as a text."""
    body = _replaced(body).translate(_TO_SPACES)
    if b"NaN" in body or b"Infinity" in body:
        body = _STRING_OR_NUMBER.sub(_number_as_text, body)
    return _ESCAPES.sub(_whole_escape, body) if b"\\u" in body else body


def mended_xml(body: bytes) -> bytes:
    """Return XML in UTF-8: of the encoding that it declares, else with its bad bytes replaced."""
    if not _is_utf8(body):
        declared = _DECLARED.match(body[:200])
        coding = _CODINGS.get(declared[1].decode().lower()) if declared else None
        body = _replaced(body, coding or "utf-8")
    return _BAD_REFERENCE.sub(b" ", body.translate(_XML_TO_SPACES))


def mended_text(body: bytes) -> str:
    """Return a text with its bad bytes replaced."""
    return body.decode(errors="replace")


def _replaced(body: bytes, coding: str = "utf-8") -> bytes:
    return body.decode(coding, errors="replace").encode()


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _number_as_text(match: "re.Match[bytes]") -> bytes:
    return match[0] if match[0].startswith(b'"') else b'"%s"' % match[0]


def _whole_escape(match: "re.Match[bytes]") -> bytes:
    """Return an escape as it is, half of a pair of surrogates as U+FFFD."""
    lone = len(match[0]) == 6 and match[0][1:2] == b"u"
    return rb"\ufffd" if lone else match[0]
