"""What the tests of the feeds panel share."""

import pytest

from paser_plugins.feeds.panel import HealthPanel
from tests.plugins.panel_kit import FakeContext, theme

__all__ = ["theme"]


@pytest.fixture
def context():
    """Return a context that speaks Indonesian."""
    return FakeContext("feeds")


@pytest.fixture
def panel(qtbot, context):
    """Return the panel on the screen."""
    made = HealthPanel(context)
    qtbot.addWidget(made)
    made.resize(850, 600)
    made.show()
    return made
