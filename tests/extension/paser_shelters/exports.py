"""The shelters as a table."""

from paser_command.api import ExportPlan, Instant, Language, Picture


def table(picture: Picture, now: Instant, language: Language) -> bytes:
    """Return the shelters of the moment, a line each."""
    lines = [
        f"{one.name};{one.people};{one.room}" for one in picture.table("shelters.shelters").values()
    ]
    return "\n".join((language.moment(now), *sorted(lines))).encode()


TABLE = ExportPlan(suffix="csv", make=table)
