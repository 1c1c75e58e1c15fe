"""In which district a place lies, asked of borders that are read once, in another thread."""

import logging
from typing import NamedTuple

from paser_command.areas import Areas
from paser_command.config import AreaSettings
from paser_command.errors import InputError
from paser_command.maps.districts import districts_of, shipped_districts

_LOG = logging.getLogger(__name__)


class District(NamedTuple):
    """A district's code and name, "" outside of all; `schematic` where no border is official."""

    code: str
    name: str
    schematic: bool


class Borders:
    """The borders of a site's districts. Making it reads a file; asked by one thread after that.

    Where the site's file cannot be read these are the shipped cells, as the collector, which ends
    with that file, says why.
    """

    def __init__(self, settings: AreaSettings | None) -> None:
        try:
            districts = districts_of(settings)
        except InputError as error:
            _LOG.warning("the shipped districts are used: %s", error)
            districts = shipped_districts()
        self._schematic = districts.schematic
        self._areas = Areas(districts.areas)

    def district_at(self, lon: float, lat: float) -> District:
        """Return the district of a place in degrees."""
        tag = self._areas.of(lon, lat)
        return District(tag.district, tag.district_name, self._schematic and bool(tag.district))
