"""What the tests of the map panel share."""

from tests.plugins.panel_kit import theme

__all__ = ["theme"]
