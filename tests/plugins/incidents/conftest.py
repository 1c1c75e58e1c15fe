"""What the tests of the incidents panel share."""

import pytest

from paser_plugins.incidents.panel import IncidentsPanel
from tests.plugins.panel_kit import FakeContext, theme

__all__ = ["theme"]


@pytest.fixture
def context():
    """Return a context that speaks Indonesian."""
    return FakeContext("incidents")


@pytest.fixture
def panel(qtbot, context):
    """Return the panel on the screen."""
    made = IncidentsPanel(context)
    qtbot.addWidget(made)
    made.resize(850, 600)
    made.show()
    return made
