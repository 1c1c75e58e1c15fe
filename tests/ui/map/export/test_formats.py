"""A saved map says what it is, where, when, if it is real, and whose data it shows."""

import os
import shutil
import subprocess

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from paser_command.language import Language
from paser_command.records import Severity
from paser_map.canvas import MapCanvas
from paser_map.export.formats import Paper, pdf, png
from paser_map.export.page import Caption
from paser_map.points import Marker, PointLayer

REAL = Caption("Banjir Kandilo", "Kabupaten Paser", "Senin, 23 November 2026", "LANGSUNG")
EXERCISE = REAL._replace(exercise="LATIHAN")
HOSTILE = REAL._replace(title='<img src="/etc/passwd">\u202e\n' + "x" * 500)

SIZES_PT = {
    (Paper.A4, False): "842 x 595 pts (A4)",
    (Paper.A4, True): "595 x 842 pts (A4)",
    (Paper.A3, False): "1191 x 842 pts (A3)",
    (Paper.A3, True): "842 x 1191 pts (A3)",
}


@pytest.fixture
def canvas(qtbot):
    """Return a map of Paser with an incident of a feed that wants to be named."""
    made = MapCanvas()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.retranslate(Language("id", catalogues=("paser_plugins.map", "paser_resources")).tr)
    incidents = PointLayer("incident")
    incidents.put([Marker("1", "Banjir", 116.19, -1.91, Severity.CRITICAL, True)])
    made.set_layer("incidents", incidents, ["Dinas Contoh (CC BY)"])
    return made


def poppler(program: str, body: bytes, *options: str) -> str:
    """Return what a program of poppler says of a PDF."""
    if shutil.which(program) is None:
        missing = f"{program} is not installed: apt-get install poppler-utils"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    told = subprocess.run([program, "-", *options], input=body, capture_output=True, check=True)
    return told.stdout.decode()


def text_of(body: bytes) -> str:
    """Return the text that can be searched and copied."""
    return poppler("pdftotext", body, "-")


def page(canvas, caption, paper=Paper.A4, *, upright=False) -> bytes:
    return pdf(canvas, canvas.view, caption, paper=paper, upright=upright)


def picture(canvas, caption, scale=1.0) -> QImage:
    return QImage.fromData(png(canvas, canvas.view, caption, size=QSize(640, 480), scale=scale))


def test_a_page_has_its_words_as_text_and_names_every_source(canvas):
    text = text_of(page(canvas, EXERCISE))

    for words in (
        *("Banjir Kandilo", "Kabupaten Paser", "Senin, 23 November 2026 · LANGSUNG", "LATIHAN"),
        *("Keterangan", "20 km", "Dinas Contoh (CC BY)", "GSHHG (LGPL)", "GeoNames (CC BY 4.0)"),
        *("batas kecamatan: skematis", "Tanah Grogot"),
    ):
        assert words in text


def test_only_an_exercise_is_marked_as_one(canvas):
    assert "LATIHAN" not in text_of(page(canvas, REAL))


@pytest.mark.parametrize(("paper", "upright"), SIZES_PT)
def test_a_page_is_one_sheet_of_its_paper_with_a_title(canvas, paper, upright):
    told = poppler("pdfinfo", page(canvas, REAL, paper, upright=upright))

    assert f"Page size:       {SIZES_PT[(paper, upright)]}" in told
    assert "Pages:           1" in told
    assert "Title:           Banjir Kandilo" in told


def test_a_page_brings_its_fonts_with_it(canvas):
    rows = poppler("pdffonts", page(canvas, REAL)).splitlines()[2:]

    assert rows
    assert all("SourceSansPro" in row and " yes " in row for row in rows)


def test_a_layer_that_is_off_is_not_named(canvas):
    canvas.drop_layer("incidents")

    assert "Dinas Contoh" not in text_of(page(canvas, REAL))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_picture_has_the_pixels_that_were_asked_for(canvas, scale):
    image = picture(canvas, REAL, scale)

    assert (image.width(), image.height()) == (640 * scale, 480 * scale)
    assert image.text("Title") == "Banjir Kandilo"


def test_an_exercise_marks_the_picture_too(canvas):
    assert picture(canvas, REAL).copy(0, 0, 640, 22) != picture(canvas, EXERCISE).copy(
        0, 0, 640, 22
    )


def test_a_title_is_plain_text_on_one_line(canvas):
    text = text_of(page(canvas, HOSTILE))

    assert '<img src="/etc/passwd">' in text
    assert "\u202e" not in text


def test_all_that_was_seen_is_on_the_page(canvas):
    seen = canvas.view.zoomed(9.0, 320, 240)
    west, north = seen.to_degrees(0, 0)
    inside = [Marker("w", "", west + 0.001, north - 0.001, Severity.CRITICAL, True)]
    corner = PointLayer("incident")
    corner.put(inside)
    before = pdf(canvas, seen, REAL, paper=Paper.A4, upright=True)

    canvas.set_layer("corner", corner)

    assert pdf(canvas, seen, REAL, paper=Paper.A4, upright=True) != before
