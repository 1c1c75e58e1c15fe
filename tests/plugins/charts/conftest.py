"""What the tests of the charts panel share."""

import pytest

from paser_plugins.charts.panel import SeriesPanel
from tests.plugins.panel_kit import FakeContext, level, picture_of, theme

__all__ = ["theme"]


@pytest.fixture
def context():
    """Return a context that speaks Indonesian."""
    return FakeContext("charts")


@pytest.fixture
def panel(qtbot, context):
    """Return the panel on the screen."""
    made = SeriesPanel(context)
    qtbot.addWidget(made)
    made.resize(950, 600)
    made.show()
    return made


@pytest.fixture
def rivers():
    """Return a picture of three gauges."""
    return picture_of(level("kandilo", 3.42), level("telake", 1.9), level("third", 0.5))
