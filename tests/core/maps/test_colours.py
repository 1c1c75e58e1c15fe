"""Style colours are told apart with every colour vision, and none looks like an alarm.

Dichromacies after Machado, Oliveira and Fernandes 2009 (severity 1.0); distances in CIELAB, D65.
"""

from itertools import combinations, pairwise

import numpy as np
import pytest

from paser_command.maps.colours import CATEGORIES, RAMPS, categories, ramp

VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.95047], [1.0], [1.08883]])
ALARMS = ("#ff5a5f", "#ff9f43", "#f2d45c", "#66c7f4", "#4c9be8", "#9d7cf2")
"""Those of the four severities, of what is picked, and of a replay."""


def lab(colour, vision="normal"):
    part = np.array(list(bytes.fromhex(colour[1:]))) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_categories_are_told_apart(vision):
    seen = [lab(colour, vision) for colour in CATEGORIES]

    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 18


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_rises_in_lightness_alone(name, vision):
    lightness = [lab(colour, vision)[0] for colour in ramp(name, 7)]

    assert min(after - before for before, after in pairwise(lightness)) > 5


def test_no_colour_of_a_style_looks_like_an_alarm():
    alarms = [lab(colour) for colour in ALARMS]
    ours = [*CATEGORIES, *(colour for name in RAMPS for colour in ramp(name, 12))]

    assert min(float(np.linalg.norm(lab(a) - b)) for a in ours for b in alarms) > 18


def test_a_ramp_begins_and_ends_with_its_own_colours():
    assert ramp("slate", 3) == RAMPS["slate"]
    assert ramp("slate", 1) == ("#2f4553",)
    assert ramp("slate", 5)[::2] == RAMPS["slate"]


def test_there_are_colours_for_any_number_of_categories():
    assert categories(10) == (*CATEGORIES, *CATEGORIES[:2])
