"""Incidents in any number, what is picked of them, and the parts of their panel."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from paser_command.api import SECOND, Report, Selection
from tests.plugins.panel_kit import NOW, report

Kind = TypeVar("Kind", bound=QObject)


def many(count: int) -> list[Report]:
    """Return reports of as many incidents, each a second older than the one before."""
    return [report(f"r{number:05}", received=NOW - number * SECOND) for number in range(count)]


def picked(key: str) -> Selection:
    """Return the selection of an incident."""
    return Selection("incident", key)


def part(panel: QWidget, kind: type[Kind], name: str) -> Kind:
    """Return a part of the panel by its kind and name."""
    found = panel.findChild(kind, f"incidents.{name}")
    assert isinstance(found, kind)
    return found
