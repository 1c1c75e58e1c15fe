"""What is on the screen can be read in both themes, and severities differ by shape alone."""

import numpy as np
import pytest
from msgspec.structs import asdict
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter

from paser_command.records import Severity
from paser_ui.theme.fonts import font
from paser_ui.theme.symbols import draw_symbol
from paser_ui.theme.tokens import COLOURS, DARK, LIGHT, choose

TEXTS = ("text", "text_2", "text_3")
GROUNDS = ("ground", "panel", "raised", "field")
SRGB_TO_XYZ = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)
DEFICIENCIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
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


def as_seen(colour, deficiency):
    """Return the colour in CIELAB as somebody with the deficiency sees it (Machado et al. 2009)."""
    linear = np.array(
        [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in colour.getRgbF()[:3]
        ]
    )
    seen = np.clip(np.array(DEFICIENCIES.get(deficiency, np.eye(3))) @ linear, 0, 1)
    xyz = np.array(SRGB_TO_XYZ) @ seen / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (xyz * 24389 / 27 + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one, other):
    """Return how far two colours are from each other (CIE 1976)."""
    return float(np.linalg.norm(one - other))


def drawn(severity, *, filled):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    draw_symbol(painter, severity, QPointF(20, 20), 32, filled)
    painter.end()
    return image


def inked(image):
    return {(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).lightness() > 40}


@pytest.fixture
def chosen(request):
    """A theme, chosen for the test."""
    choose(request.param)
    yield request.param
    choose(DARK)


in_both_themes = pytest.mark.parametrize(
    "chosen", [DARK, LIGHT], ids=["dark", "light"], indirect=True
)


@in_both_themes
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_stands_out_from_every_ground(chosen, text, ground):
    assert contrast(getattr(chosen, text), getattr(chosen, ground)) >= 4.5


@in_both_themes
@pytest.mark.parametrize("text", ["text", "text_2"])
def test_the_texts_of_a_picked_row_stand_out(chosen, text):
    assert contrast(getattr(chosen, text), chosen.selected_row) >= 4.5


@in_both_themes
@pytest.mark.parametrize("ground", ["panel", "alarm"])
@pytest.mark.parametrize("severity", LADDER)
def test_a_severity_can_be_read_as_a_word(chosen, severity, ground):
    from paser_ui.alarms.strip import _tinted

    behind = chosen.panel if ground == "panel" else _tinted(chosen.severity(severity))

    assert contrast(chosen.severity(severity), behind) >= 4.5
    assert contrast(chosen.text_2, behind) >= 4.5


@in_both_themes
def test_words_on_the_band_of_a_replay_can_be_read(chosen):
    assert contrast(chosen.ground, chosen.replay) >= 4.5


@in_both_themes
@pytest.mark.parametrize("mark", ["selection", "live", "data_line", "data_bar", "data_point"])
def test_marks_stand_out_from_the_panel(chosen, mark):
    assert contrast(getattr(chosen, mark), chosen.panel) >= 3.0


@in_both_themes
@pytest.mark.parametrize("deficiency", ["none", *DEFICIENCIES])
def test_no_two_severities_look_alike_to_anybody(chosen, deficiency):
    seen = [as_seen(chosen.severity(severity), deficiency) for severity in LADDER]

    nearest = min(difference(a, b) for n, a in enumerate(seen) for b in seen[:n])

    assert nearest >= 9


@in_both_themes
@pytest.mark.parametrize("deficiency", ["none", *DEFICIENCIES])
def test_the_violet_of_a_replay_is_no_alarms_colour(chosen, deficiency):
    violet = as_seen(chosen.replay, deficiency)

    nearest = min(
        difference(violet, as_seen(chosen.severity(severity), deficiency)) for severity in LADDER
    )

    assert nearest >= 9


@in_both_themes
def test_the_violet_of_a_replay_is_used_for_nothing_else(chosen):
    others = {name: colour for name, colour in asdict(chosen).items() if name != "replay"}

    assert chosen.replay not in others.values()


@in_both_themes
def test_what_is_drawn_has_the_theme_that_was_chosen(chosen):
    assert asdict(COLOURS) == asdict(chosen)


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
