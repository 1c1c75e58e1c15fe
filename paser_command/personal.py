"""Takes out of a text by what a person is reached or known: telephone numbers, mail, NIK.

A number is a run: groups of digits with separators between them. A text is walked through once,
group by group, and what a group decides looks at no more than the few that follow it, so the time
grows with the text's length alone. Where a run can be read in two ways, it is masked.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

MASK = "•••"

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++[@＠][\w-]++(?:\.[\w-]++)++")
_DIGITS = re.compile(r"\d+")
_SEPARATOR = (
    r"[^\S\r\n]|[-\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D_~]|[.\u00B7\u2022\u2024\u3002\uFF0E]"
    r"|[/\\|\u2044\u2215\uFF0F]|[()\[\]\uFF08\uFF09]|[\u00AD\u200B-\u200F\u2060\uFEFF]"
)
_GAP = re.compile(rf",|(?:{_SEPARATOR}){{1,5}}")
"""What may stand between two groups of one number; a comma with a blank begins something else."""

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_HARMLESS = re.compile(
    r"(?<!\d)(?:"
    + "|".join(
        rf"(?<!\d{s})(?:{_YEAR}{s}{_MONTH}{s}{_DAY}|{_DAY}{s}{_MONTH}{s}{_YEAR})(?!\d|{s}\d)"
        for s in (r"\.", "/", "-")
    )
    # A time of day, unless long groups follow it: 08.12 3456 7890 is a telephone number.
    + r"|(?<!\d\.)(?:[01]\d|2[0-3])\.[0-5]\d(?:\.[0-5]\d)?"
    + rf"(?!\.?\d|(?:{_SEPARATOR}){{1,3}}[1-9]\d\d)"
    + r"|(?<!\d[.,])0[.,]\d++(?!\.\d|,\d|-\d)"
    # The code of a district or a village: 64.01.04.2001
    + r"|(?<!\d\.)[1-9]\d\.[0-7]\d\.\d\d(?:\.[12]\d{3})?(?!\.?\d)"
    + r")"
)
_PLUS = re.compile(r"[+＋][\s(（\[]{0,2}$")
_OPENING = re.compile(r"(?:[(（\[]\s?)?[+＋][\s(（\[]{0,2}$|[(（\[]$")
_MONEY_BEFORE = re.compile(r"(?:\b(?:rp|idr|usd)\.?|[$€])\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s?rupiah|,-|,00(?!\d)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?<![^\W\d_])(?:tel|telp|telpon|telepon|tlp|phone|hp|wa|whatsapp|sms|call|cp|kontak|contact"
    r"|hub|hubungi|fax|faks)\.?\s?[:=]?\s?\(?$",
    re.IGNORECASE,
)
_COUNTRY_MOBILE = re.compile("628[1-9]|6208")
_PROVINCES = frozenset(
    {"11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35"}
    | {"36", "51", "52", "53", "61", "62", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
    | {"81", "82", "91", "92", "93", "94", "95", "96", "97"}
)
_NIK_DIGITS = 16


class _Group(NamedTuple):
    """Digits without a separator, and the gap before them.

    `harmless` is where a date or the like ends that begins here, 0 for none.
    """

    start: int
    end: int
    digits: str
    gap: str
    harmless: int


class _Kind(NamedTuple):
    """How many digits such a number has. A `sure` one goes through what looks like a time."""

    least: int
    most: int
    sure: bool = True


@lru_cache(4096)
def without_contacts(text: str) -> str:
    """Return the text with a mask for each telephone number, mail address and NIK."""
    text = _MAIL.sub(MASK, text)
    parts, after = [], 0
    for start, end in _found(text):
        parts += [text[after:start], MASK]
        after = end
    return "".join((*parts, text[after:]))


def _found(text: str) -> Iterator[tuple[int, int]]:
    for run in _runs(text):
        at = 0
        while at < len(run):
            end = _end_of_nik(run, at) or _end_of_telephone(text, run, at)
            if end:
                yield _beginning(text, run[at:end]), run[end - 1].end
            at = end or _next(run, at)


def _next(run: Sequence[_Group], at: int) -> int:
    """Return the index after this group, or after the date or the like that begins with it."""
    end = at + 1
    while end < len(run) and run[end].start < run[at].harmless:
        end += 1
    return end


def _runs(text: str) -> Iterator[list[_Group]]:
    harmless = {found.start(): found.end() for found in _HARMLESS.finditer(text)}
    run: list[_Group] = []
    for found in _DIGITS.finditer(text):
        gap = text[run[-1].end : found.start()] if run else ""
        if run and not _GAP.fullmatch(gap):
            yield run
            run, gap = [], ""
        digits = found[0] if found[0].isascii() else "".join(str(int(digit)) for digit in found[0])
        run.append(_Group(*found.span(), digits, gap, harmless.get(found.start(), 0)))
    if run:
        yield run


def _end_of_nik(run: Sequence[_Group], at: int) -> int:
    """Return the index after a NIK or the number of a family card that begins here, 0 for none."""
    if len(run[at].digits) == _NIK_DIGITS:
        return at + 1
    if _ahead(run, at, 2) not in _PROVINCES:
        return 0
    end, count = at, 0
    while end < len(run) and count < _NIK_DIGITS and not run[end].harmless:
        count += len(run[end].digits)
        end += 1
    return end if count == _NIK_DIGITS and _is_nik(run[at:end]) else 0


def _is_nik(groups: Sequence[_Group]) -> bool:
    """Tell whether 16 digits are one number, and neither a list, nor years, nor an amount."""
    digits = "".join(group.digits for group in groups)
    day, month = int(digits[6:8]), int(digits[8:10])
    # A woman's day of birth has 40 added.
    born = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
    years = all(re.fullmatch(_YEAR, group.digits) for group in groups)
    long = all(len(group.digits) >= 4 for group in groups)
    return (born or long) and not years and not _is_amount(groups)


def _end_of_telephone(text: str, run: Sequence[_Group], at: int) -> int:
    """Return the index after a telephone number that begins here, 0 for none."""
    kind = _kind(text, run, at)
    if kind is None:
        return 0
    count, spaced, end = len(run[at].digits), False, at + 1
    while end < len(run):
        group = run[end]
        complete = count >= kind.least
        if group.harmless and (complete or not kind.sure):
            break
        too_long = count + len(group.digits) > kind.most
        may_count = not spaced and end + 1 == len(run)
        if complete and _is_apart(group, too_long=too_long, may_count=may_count):
            break
        count += len(group.digits)
        spaced |= any(map(str.isspace, group.gap))
        end += 1
    return end if count >= kind.least else 0


def _is_apart(group: _Group, *, too_long: bool, may_count: bool) -> bool:
    """Tell whether something else begins after a number that could end here.

    What is joined without a blank is one with it. Behind a number without blanks inside, a blank
    and one or two digits are a count: 0812-3456-7890 2 orang.
    """
    if not any(map(str.isspace, group.gap)):
        return False
    counted = may_count and group.gap.isspace() and len(group.digits) <= 2
    return too_long or counted or any(sign in group.gap for sign in "./|(")


def _kind(text: str, run: Sequence[_Group], at: int) -> _Kind | None:
    """Return what kind of telephone number may begin with this group."""
    group, ahead = run[at], _ahead(run, at, 4)
    before = text[max(0, group.start - 16) : group.start] if at == 0 else ""
    if _PLUS.search(before):
        least = 11 if _COUNTRY_MOBILE.match(ahead) else 8
        return None if _is_decimal(run, at) else _Kind(least, 15)
    if group.harmless:
        return None
    if ahead[0] == "0" and (trunk := _trunk_kind(run, at, ahead)):
        return trunk
    if _MONEY_BEFORE.search(before) or _is_money(text, run, at):
        return None
    if ahead.startswith("62") and (country := _country_kind(run, at, ahead)):
        return country
    if re.match("8[1-9]", ahead) and _is_bare_mobile(run, at):
        return _Kind(10, 12)
    # Subscribers' own numbers never begin with 1: those are 112, 14045 and their like.
    return _Kind(5, 13) if ahead[0] != "1" and _NAMED.search(before) else None


def _trunk_kind(run: Sequence[_Group], at: int, ahead: str) -> _Kind | None:
    """Return the kind of what begins with 0: 0812, 0543, 0062."""
    size = len(run[at].digits)
    if re.match("08[1-9]", ahead):
        unsure = size <= 2
        return None if unsure and _is_decimal(run, at) else _Kind(10, 13, sure=not unsure)
    if re.match("00[1-9]", ahead) and (size > 3 or size == 2):
        return _Kind(11, 17)
    return _Kind(9, 13) if size > 2 and re.match("0[2-9]", ahead) else None


def _country_kind(run: Sequence[_Group], at: int, ahead: str) -> _Kind | None:
    """Return the kind of what begins with 62 and no plus."""
    if _is_decimal(run, at):
        return None
    if _COUNTRY_MOBILE.match(ahead):
        return _Kind(11, 15)
    short = any(len(group.digits) < 3 for group in run[at + 2 : at + 4])
    amount = _is_amount(run[at : at + 5])
    return _Kind(10, 13) if re.match("62[2-9]", ahead) and not (short or amount) else None


def _is_bare_mobile(run: Sequence[_Group], at: int) -> bool:
    """Tell whether it is a mobile number without its 0: 812-3456-7890."""
    size = len(run[at].digits)
    if size != 3:
        return 10 <= size <= 12
    following = run[at + 1 : at + 4]
    long = bool(following) and all(len(group.digits) >= 3 for group in following[:2])
    return long and not _is_decimal(run, at) and not _is_amount(run[at : at + 4])


def _is_money(text: str, run: Sequence[_Group], at: int) -> bool:
    end = at + 1
    while end < min(len(run), at + 7) and run[end].gap == "." and len(run[end].digits) == 3:
        end += 1
    return bool(_MONEY_AFTER.match(text, run[end - 1].end))


def _is_amount(groups: Sequence[_Group]) -> bool:
    """Tell whether they are thousands: 62.500.000.000"""
    thousands = all(len(group.digits) == 3 for group in groups[1:])
    gaps = {group.gap for group in groups[1:]}
    one_sign = len(gaps) == 1 and (gaps <= {".", ","} or "".join(gaps).isspace())
    return thousands and one_sign and len(groups[0].digits) <= 3 and not _is_mobile(groups)


def _is_mobile(groups: Sequence[_Group]) -> bool:
    return groups[0].digits == "62" and re.match("8[1-9]", groups[1].digits) is not None


def _is_decimal(run: Sequence[_Group], at: int) -> bool:
    """Tell whether it is one number with a point: +1.90512, 08.1234"""
    if at + 1 == len(run) or run[at + 1].gap not in {".", ","}:
        return False
    if _is_mobile(run[at : at + 2]) and len(run[at + 1].digits) > 2:
        return False
    return at + 2 == len(run) or run[at + 2].gap.isspace()


def _ahead(run: Sequence[_Group], at: int, count: int) -> str:
    """Return the next digits, whatever separates them."""
    return "".join(group.digits[:count] for group in run[at : at + count])[:count]


def _beginning(text: str, groups: Sequence[_Group]) -> int:
    """Return where the number begins: with its plus, and with a bracket that is closed inside."""
    start = groups[0].start
    opening = _OPENING.search(text[max(0, start - 4) : start])
    if opening is None:
        return start
    signs = opening[0]
    if not any(sign in group.gap for group in groups for sign in ")）]"):
        signs = signs.lstrip("(（[ ")
    return start - len(signs)
