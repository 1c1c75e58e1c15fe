"""What the tests of the charts panel share."""

import pytest

from paser_plugins.charts.panel import SeriesPanel
from tests.plugins.panel_kit import FakeContext, theme

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
