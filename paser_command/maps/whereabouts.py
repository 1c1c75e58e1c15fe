"""In which district a place lies, asked of borders that are made ready once, in another thread."""

from typing import NamedTuple

from paser_command.areas import Areas
from paser_command.stand.stand import Stand


class District(NamedTuple):
    """A district's code and name, "" outside of all; `schematic` where no border is official."""

    code: str
    name: str
    schematic: bool


class Borders:
    """The borders of a stand's districts. Making it takes a while; asked by one thread after."""

    def __init__(self, stand: Stand) -> None:
        self._schematic = stand.schematic
        self._areas = Areas(stand.districts)

    def district_at(self, lon: float, lat: float) -> District:
        """Return the district of a place in degrees."""
        tag = self._areas.of(lon, lat)
        return District(tag.district, tag.district_name, self._schematic and bool(tag.district))
