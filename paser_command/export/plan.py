"""What a plugin says of a kind of file that it makes of the picture."""

from collections.abc import Callable

import msgspec

from paser_command.language import Language
from paser_command.picture.picture import Picture
from paser_command.times import Instant


class ExportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file: its suffix, such as "csv", and who makes it.

    `make` gets a picture of its own, the moment that the clock shows, and the screen's language
    with the plugin's own words. It runs beside the window's loop, so it may take long. What people
    wrote is in the picture: leave that and what a `Summary` calls `personal` out of the file.
    """

    suffix: str
    make: Callable[[Picture, Instant, Language], bytes]
