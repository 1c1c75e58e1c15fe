"""The gazetteer of a desk: districts, towns and rivers that its site's stand knows by name."""

from paser_command.picture.summary import Summary
from paser_command.stand.stand import Place


def findable_place(place: Place) -> Summary:
    """Return the place as one that can be searched for by its name and its codes."""
    return Summary(
        kind=place.kind,
        key=place.codes[0] if place.codes else place.name,
        name=place.name,
        words=" ".join((place.district, *place.codes)),
        lon=place.lon,
        lat=place.lat,
        district=place.district,
    )
