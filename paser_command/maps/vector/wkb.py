"""Well-known binary (OGC 06-103r4): how deep it nests, looked at before GEOS parses it.

GEOS recurses into every collection it meets; a body of a few hundred kilobytes can end its stack.
"""

from struct import error, unpack_from

_POINT, _LINE, _AREA = 1, 2, 3
_COLLECTIONS = frozenset((4, 5, 6, 7, 9, 10, 11, 12, 15, 16))
_RINGED = frozenset((_AREA, 17))
_EWKB_Z, _EWKB_M, _EWKB_SRID = 0x80000000, 0x40000000, 0x20000000


def nests_deeper(body: bytes, most: int) -> bool:
    """Tell whether collections lie in one another deeper than `most`; False where it breaks off."""
    open_parts = [1]
    at = 0
    try:
        while open_parts:
            if not open_parts[-1]:
                open_parts.pop()
                continue
            open_parts[-1] -= 1
            at, parts = _past(body, at)
            if parts:
                open_parts.append(parts)
                if len(open_parts) > most + 1:
                    return True
    except error:
        return False
    return False


def _past(body: bytes, at: int) -> tuple[int, int]:
    """Return where the geometry at `at` ends, or where its parts begin and how many they are."""
    order = "<" if body[at : at + 1] == b"\x01" else ">"
    code: int = unpack_from(f"{order}I", body, at + 1)[0]
    at += 9 if code & _EWKB_SRID else 5
    kind, size = (code & 0xFFFF) % 1000, 8 * _dimensions(code)
    if kind == _POINT:
        return at + size, 0
    count: int = unpack_from(f"{order}I", body, at)[0]
    at += 4
    if kind in _COLLECTIONS:
        return at, count
    if kind not in _RINGED:
        return at + count * size, 0
    for _ in range(count):
        at += 4 + size * int(unpack_from(f"{order}I", body, at)[0])
    return at, 0


def _dimensions(code: int) -> int:
    extended = bool(code & _EWKB_Z) + bool(code & _EWKB_M)
    return 2 + (extended or (0, 1, 1, 2)[(code & 0xFFFF) // 1000 % 4])
