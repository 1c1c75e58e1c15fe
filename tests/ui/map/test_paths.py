"""Paths from arrays are those that Qt builds position by position."""

import numpy as np
import pytest
from PySide6.QtGui import QPainterPath

from paser_map.paths import path_of


def step_by_step(x, y, joined):
    path = QPainterPath()
    for number, (px, py) in enumerate(zip(x, y, strict=True)):
        if number and joined[number - 1]:
            path.lineTo(px, py)
        else:
            path.moveTo(px, py)
    return path


def elements(path):
    return [
        (path.elementAt(n).type, path.elementAt(n).x, path.elementAt(n).y)
        for n in range(path.elementCount())
    ]


@pytest.mark.parametrize("kind", [bool, np.int32])
def test_a_path_breaks_where_positions_are_not_joined(kind):
    x, y = np.linspace(0.0, 6.25, 6), np.linspace(-17.5, 0.0, 6)
    joined = np.array([1, 0, 1, 1, 0, 0], kind)

    assert elements(path_of(x, y, joined)) == elements(step_by_step(x, y, joined))


def test_without_a_word_all_are_joined():
    x, y = np.array([0.0, 1e9, -2.5]), np.array([7.0, 8.0, 1e-9])

    assert elements(path_of(x, y)) == elements(step_by_step(x, y, [True] * 3))


def test_a_path_from_an_array_can_be_gone_on_with():
    path = path_of(np.array([0.0, 4.0, 4.0]), np.array([0.0, 0.0, 4.0]))
    path.closeSubpath()

    assert path.contains(path.boundingRect().center())
    assert elements(path)[-1][1:] == (0.0, 0.0)


def test_no_position_is_no_path():
    assert path_of(np.empty(0), np.empty(0)).isEmpty()
