"""What finding needs of the program: a part of a panel's context."""

from typing import Protocol

from paser_command.language import Language
from paser_command.maps.services import MapServices
from paser_command.region import Region
from paser_command.session.frames import Selection


class Room(Protocol):
    """The part of `PanelContext` that finding uses."""

    @property
    def language(self) -> Language:
        """The language that the screen speaks now."""
        ...

    @property
    def maps(self) -> MapServices:
        """The map's way to the disk."""
        ...

    def select(self, selection: Selection) -> None:
        """Pick a thing for all panels."""
        ...

    def look_at(self, area: Region | None) -> None:
        """Limit all panels' lists to an area."""
        ...
