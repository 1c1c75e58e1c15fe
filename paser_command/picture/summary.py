"""What everybody asks of a thing in the picture, whatever it is: said once, by its own part."""

import msgspec

from paser_command.records import Severity
from paser_command.times import Instant


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """How the things of one table are shown by what lists things of all kinds.

    `kind` is that of a `Selection`, `words` the English plural on the screen. `nearby` and
    `exported` put them among what is around a place, and on maps that leave the building.
    """

    kind: str
    words: str
    searchable: bool = True
    nearby: bool = False
    exported: bool = False


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A thing by what search, lists, maps and exports need of it.

    `kind` and `key` are those of a `Selection`. `name` is what it is called, `words` are others by
    which it is found. `at` is when it was last heard of, 0 for what has no age. What is `over`
    stands behind the others. `what` says what it is where the kind is too wide a word for it.
    `personal` tells that people wrote the name: it is left out of what leaves the building.
    """

    kind: str
    key: str
    name: str
    words: str = ""
    lon: float | None = None
    lat: float | None = None
    district: str = ""
    severity: Severity = Severity.NONE
    at: Instant = 0
    over: bool = False
    what: str = ""
    personal: bool = False
