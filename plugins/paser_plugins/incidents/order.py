"""Which incidents stand in the list, and in which order: what wants a person comes first."""

from collections.abc import Iterable

import msgspec

from paser_command.api import Incident, Region

Rank = tuple[bool, bool, int, int, str]


class Filter(msgspec.Struct, frozen=True):
    """What a person wants to see: only what is open, has these words in it, lies in the area."""

    open_only: bool = True
    words: str = ""
    area: Region | None = None

    def takes(self, incident: Incident) -> bool:
        """Tell whether the incident stands in the list."""
        if self.open_only and incident.closed:
            return False
        if self.area is not None and not self.area.contains(incident.lon, incident.lat):
            return False
        if not self.words:
            return True
        told = f"{incident.title[:500]}\n{incident.place[:200]}\n{incident.key[:200]}".casefold()
        return all(word in told for word in self.words.casefold().split())


def rank(incident: Incident) -> Rank:
    """Return the sort key: open, unacknowledged, severe and new first; no two are alike."""
    return (
        incident.closed,
        incident.acknowledged is not None,
        -incident.severity,
        -incident.known,
        incident.key,
    )


def count_open(incidents: Iterable[Incident]) -> int:
    """Return how many are open."""
    return sum(not incident.closed for incident in incidents)


def count_inside(incidents: Iterable[Incident], area: Region, *, open_only: bool) -> int:
    """Return how many lie in the area; what has no place lies nowhere."""
    return sum(
        area.contains(incident.lon, incident.lat)
        for incident in incidents
        if not (open_only and incident.closed)
    )
