"""Telephone numbers and NIK are masked however people write them, and no other number is."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paser_command import personal
from paser_command.personal import MASK, without_contacts

MASKED = [
    # Mobile numbers, with what keyboards, telephones and word processors put between.
    *("081234567890", "0812-3456-7890", "0812 3456 7890", "0812 34 56 78 90", "081 234 567 890"),
    *("08 12 34 56 78 90", "08.12.34.56.78.90", "0 8 1 2 3 4 5 6 7 8 9 0", "0-812-3456-7890"),
    *("0812.3456.7890", "0812/3456/7890", "0812_3456_7890", "0812~3456~7890", "0812,3456,7890"),
    *("0812\\3456\\7890", "0812|3456|7890", "0812 - 3456 - 7890", "0812 . 3456 . 7890"),
    *("0812\u20133456\u20137890", "0812\u20143456\u20147890", "0812\u20113456\u20117890"),
    *("0812\u22123456\u22127890", "0812\u00a03456\u00a07890", "0812\u20093456\u20097890"),
    *("0812\u202f3456\u202f7890", "0812\u20073456\u20077890", "0812\u200b3456\u200b7890"),
    *("0812\u00ad3456\u00ad7890", "0812\u00b73456\u00b77890", "0812\u20223456\u20227890"),
    *(
        "(0812) 3456 7890",
        "(0812)34567890",
        "0812(3456)7890",
        "[0812] 3456-7890",
        "(0)812-3456-7890",
    ),
    *("0811 345 678", "0812 3456 789", "0812 3456 12.34", "0812 30 11 2026", "0812 1234567890"),
    *("0812-3456-7890 / 0813-1111-2222", "0812-3456-7890/0813-1111-2222", "0812 3456 (7890)"),
    # Without the 0, or with letters in front and behind.
    *("81234567890", "812-3456-7890", "812 3456 7890", "wa081234567890", "wa0812-3456-7890"),
    *("WA:081234567890", "hp.0812 3456 7890", "08123456789wa", "wa.me/6281234567890"),
    # With a country.
    *(
        "6281234567890",
        "62-812-3456-7890",
        "62 812 3456 7890",
        "62.812.3456.7890",
        "62 0812 3456 7890",
    ),
    *("+6281234567890", "+62 812 3456 7890", "+62-812-3456-7890", "+62 (812) 3456-7890"),
    *("(+62) 812 3456 7890", "+62 (0)812-3456-7890", "+62.81234567890", "+ 62 812 3456 7890"),
    *("0062 812 3456 7890", "00 62 812 3456 7890", "006281234567890", "tel:+62-812-3456-7890"),
    *("+60 12-345 6789", "+1 (202) 555-0143", "+65 6123 4567"),
    # Landlines.
    *("(0543) 21010", "(0543)21010", "0543-21010", "0543 21010", "054321010", "0543/21010"),
    *("021-5551234", "(021) 555 1234", "021.5551234", "021 555-12-34", "+62 543 21010"),
    *("+62 21 555 1234", "62-543-21010", "62 21 555 1234", "0543-21010/21011", "0800-1-234567"),
    # Other digits.
    "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10",
    "\uff10\uff18\uff11\uff12\uff0d\uff13\uff14\uff15\uff16\uff0d\uff17\uff18\uff19\uff10",
    "\uff0b\uff16\uff12 \uff18\uff11\uff12 \uff13\uff14\uff15\uff16 \uff17\uff18\uff19\uff10",
    "\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660",
    # NIK, and the numbers of family cards.
    *("6401042011900001", "6401 0420 1190 0001", "6401-0420-1190-0001", "6401.0420.1190.0001"),
    *("640104-201190-0001", "640104.201190.0001", "640104 201190 0001", "640104/201190/0001"),
    *("64.01.04.201190.0001", "64 01 04 20 11 90 0001", "640104 6011900001", "NIK6401042011900001"),
    *("6401\u20130420\u20131190\u20130001", "6401\u00a00420\u00a01190\u00a00001"),
    "\uff16\uff14\uff10\uff11\uff10\uff14\uff12\uff10\uff11\uff11\uff19\uff10\uff10\uff10\uff10\uff11",
    # Mail.
    *("budi.s@contoh.id", "b+posko@mail.contoh.go.id", "budi\uff20contoh.id"),
]

NAMED = [
    *("Telp 21010", "Telp. 555 1234", "HP: 555-1234", "hubungi 21010", "wa 21010", "Fax (21010)"),
]
"""A number of the town alone is one only behind a word that says so."""

SEEN = [
    # Amounts and counts.
    *("Rp 62.500.000.000", "Rp 8.123.456.789", "Rp8123456789", "Rp 62.812.345.678"),
    *("62.812.345.678 rupiah", "Rp 3.621.000.000.000.000", "Rp 812.345.678,00", "812.345.678"),
    *("850.000.000 m3", "10.000 jiwa", "5 x 1.200 liter", "1.250.000 ha", "812.345 ha", "628 ha"),
    *("85,5 %", "99,99%", "62 %", "24 jam", "12-15 km/jam", "+8 jam", "M 5,6", "1:50.000"),
    # Water levels, rain, and lists of them.
    *("3,42 m", "0,81 m", "+1.25 m", "0.8 1.2 1.5 1.7 2.0 2.2", "62.50 63.20 64.10 65.00 66.10"),
    *("812.5 813.2 814.1", "+1.25 2.50 3.75 4.10", "100-150-200 mm", "0 500 1000 2000"),
    # Dates and times.
    *("2026-11-30 08:15", "30-11-2026", "30/11/2026 08.15", "08/12/2026", "08-12-2026"),
    *("08.12.2026", "08-12-26 08.15", "2026-11-30T08:15:00+08:00", "08.15 30/11/2026"),
    *("08.15 2026-11-30", "08.15 WITA", "08.00-16.00", "08.00-12.00 13.00-16.00"),
    *("08.00 10.00 12.00 14.00", "08/12/2026-09/12/2026", "30.11.2026 pukul 08.15.30"),
    *(
        "2026",
        "2025/2026",
        "2021 2022 2023 2024",
        "1998 1999 2000 2001",
        "20261130",
        "202611300815",
    ),
    *("1764489600", "UTC+08:00 2026-12-01", "08 12 2026 14.30"),
    # Places.
    *("-1.90512, 116.19512", "-1.90512 116.19512", "+1.90512345 +116.19512345", "-08.1234567"),
    *(
        "0.51234567 117.15341234",
        "1\u00b054'18\" LS",
        "UTM 50M 412345 9789123",
        "UTM 812345 9789123",
    ),
    *("KM 38.500", "KM 38+500", "STA 12+345.67", "KM 8 - KM 12", "Tanah Grogot 76211"),
    *("64.01.04.2001", "62.01.04.2001", "64.01.04", "6401042001", "EPSG:32750", "192.168.10.12"),
    *("RT 001/002 76211", "RT 05/02 76211", "RT 08 RW 12", "No. 360/123/BPBD/2026"),
    # Numbers of offices, which everybody may know.
    *("112", "110 112 113 115 119", "112/110/119/115", "hubungi 112", "Call center 14045"),
    *("1500-290", "Telp 112"),
]


@pytest.mark.parametrize("number", MASKED)
def test_a_number_is_masked_however_it_is_written(number):
    masked = without_contacts(f"Posko 2, hub: {number}, 3,42 m")

    left = masked.removeprefix("Posko 2, hub").removesuffix(", 3,42 m")
    assert MASK in left
    assert not any(sign.isdigit() for sign in left), masked


@pytest.mark.parametrize("text", NAMED)
def test_a_number_of_the_town_is_masked_behind_a_word_that_says_so(text):
    assert not any(sign.isdigit() for sign in without_contacts(text))
    assert without_contacts("21010") == "21010"


@pytest.mark.parametrize("text", SEEN)
def test_any_other_number_is_seen(text):
    assert without_contacts(text) == text
    assert without_contacts(f"Muara Telake {text}, siaga") == f"Muara Telake {text}, siaga"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("hubungi 0812-3456-7890 2 orang hilang", f"hubungi {MASK} 2 orang hilang"),
        ("hubungi 0812-3456-7890. 2 orang hilang", f"hubungi {MASK}. 2 orang hilang"),
        ("0812-3456-7890 30-11-2026", f"{MASK} 30-11-2026"),
        ("2026-11-30 0812-3456-7890", f"2026-11-30 {MASK}"),
        ("pukul 08.15 0812-3456-7890", f"pukul 08.15 {MASK}"),
        ("64.01.04.2001 0812-3456-7890", f"64.01.04.2001 {MASK}"),
        ("Posko 2 (0543) 21010 (24 jam)", f"Posko 2 {MASK} (24 jam)"),
        ("(0812-3456-7890)", f"({MASK})"),
        ("(+62 812 3456 7890)", f"({MASK})"),
        ("112 atau 0812-3456-7890", f"112 atau {MASK}"),
    ],
)
def test_what_stands_beside_a_number_is_seen(text, seen):
    assert without_contacts(text) == seen


_GAPS = st.sampled_from(
    [
        *("", "", " ", "-", ".", "/", "\u2013", "\u2014", "\u2011", "\u00a0", "\u2009", "\u202f"),
        *("  ", " - ", "_", "\u200b", "\u00b7", "-\u00a0"),
    ]
)
_WORDS = st.sampled_from(["posko", "hub", "Pak Budi", "siaga 2", "3,42 m", "KM 38.500", "112"])


@st.composite
def _numbers(draw: st.DrawFn) -> str:
    """A mobile number with something, or nothing, between any of its digits but the first."""
    begin = draw(st.sampled_from(["0812", "0857", "+62 812", "+62-857", "(0812)", "wa0812"]))
    digits = draw(st.text("0123456789", min_size=6, max_size=9))
    return begin + "".join(draw(_GAPS) + digit for digit in digits)


@settings(max_examples=300, deadline=None)
@given(_numbers(), st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=4))
@example("0812\u20133456/78 90", ["siaga 2"], ["112"])
def test_nobody_can_dial_what_is_left_of_a_number(number, before, after):
    begin, end = ", ".join([*before, ""]), ", ".join(["", *after])

    masked = without_contacts(begin + number + end)

    assert masked.startswith(begin)
    assert masked.endswith(end)
    left = masked.removeprefix(begin).removesuffix(end)
    assert MASK in left
    # Behind a blank there may be a count or a level: 0812-345-678 12 orang, 0812-345-678 0.50 m.
    assert sum(sign.isdigit() for sign in left) <= 3, masked


@pytest.mark.parametrize(
    "piece", ["0812 ", "0 8 ", "62.", "6401 ", "+62-", "wa 2 ", "20.11.", "0812-3456-7890 ", "08.1"]
)
def test_ten_times_the_text_is_ten_times_the_work(piece, monkeypatch):
    looked, ahead = Counter[str](), personal._ahead

    def counted(run, at, count):
        looked["ahead"] += 1
        return ahead(run, at, count)

    monkeypatch.setattr(personal, "_ahead", counted)

    def work(count):
        looked.clear()
        without_contacts.__wrapped__(piece * count)
        return looked["ahead"]

    assert 0 < work(2_000) <= 10 * work(200) + 20


@pytest.mark.parametrize("piece", ["0", "08", "-", " ", ".", "+", "(", "\u200b", "a", "a@", "a.b@"])
def test_a_million_digits_or_separators_come_to_an_end(piece):
    text = (piece * 1_000_000)[:1_000_000]

    assert len(without_contacts.__wrapped__(text)) <= len(text)


@pytest.mark.parametrize("piece", ["0 8 ", "1 ", "0812-3456-7890 ", "62.", "0.1", "08.15 ", "6 4 "])
def test_numbers_without_end_come_to_an_end(piece):
    text = (piece * 50_000)[:50_000]

    assert len(without_contacts.__wrapped__(text)) <= len(text)
