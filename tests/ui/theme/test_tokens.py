"""What is on the screen can be read, and a severity can be told by its shape alone."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter

from paser_command.records import Severity
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import DARK

TEXTS = ("text", "text_2", "text_3")
GROUNDS = ("ground", "panel", "raised")
LADDER = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)


def luminance(colour):
    """Return the relative luminance (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.getRgbF()[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def drawn(severity, *, filled):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    draw_symbol(painter, severity, QPointF(20, 20), 32, filled)
    painter.end()
    return image


def inked(image):
    return {(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).lightness() > 40}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_stands_out_from_every_ground(text, ground):
    assert contrast(getattr(DARK, text), getattr(DARK, ground)) >= 4.5


@pytest.mark.parametrize("ground", ["panel", "alarm"])
@pytest.mark.parametrize("severity", LADDER)
def test_a_severity_can_be_read_as_a_word(severity, ground):
    from paser_ui.alarms.strip import _tinted

    behind = DARK.panel if ground == "panel" else _tinted(DARK.severity(severity))

    assert contrast(DARK.severity(severity), behind) >= 4.5
    assert contrast(DARK.text_2, behind) >= 4.5


def test_words_on_the_band_of_a_replay_can_be_read():
    assert contrast(DARK.ground, DARK.replay) >= 4.5


@pytest.mark.parametrize(
    ("severity", "colour"),
    [
        (Severity.CRITICAL, "#ff5a5f"),
        (Severity.HIGH, "#ff9f43"),
        (Severity.MEDIUM, "#f2d45c"),
        (Severity.LOW, "#66c7f4"),
    ],
)
def test_a_filled_symbol_has_its_exact_colour_inside(severity, colour):
    assert drawn(severity, filled=True).pixelColor(20, 22) == QColor(colour)


@pytest.mark.parametrize("severity", LADDER)
def test_an_outlined_symbol_is_empty_inside(severity):
    assert drawn(severity, filled=False).pixelColor(20, 22) == QColor("black")


def test_shapes_differ_without_colour():
    shapes = [frozenset(inked(drawn(severity, filled=True))) for severity in LADDER]

    differing = [len(a ^ b) for n, a in enumerate(shapes) for b in shapes[:n]]

    assert min(differing) > 100


def test_the_bundled_font_is_used_at_every_weight():
    families = {QFontInfo(font(14, weight)).family() for weight in font(14).weight().__class__}

    assert {family.split(" Semibold")[0] for family in families} == {"Source Sans Pro"}


def test_tabular_figures_have_one_width():
    metrics = QFontMetricsF(font(24, tabular=True))

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
