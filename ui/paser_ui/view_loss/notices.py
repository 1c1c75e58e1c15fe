"""What else cannot be shown, in one line each for the banner."""

from paser_command.language import Language
from paser_command.picture.picture import Picture
from paser_command.session.tail import Reloaded


def unread(picture: Picture, unfolded: int, language: Language) -> str:
    """Return how many records the picture cannot show, and what to do; "" where it shows all."""
    tr = language.tr
    newer = sum(one.count for one in picture.unread.values() if not one.damaged)
    damaged = [one for one in picture.unread.values() if one.damaged]
    told = []
    if newer:
        told.append(
            language.counted(
                "One record of a newer program is not shown: update this console.",
                "{n} records of a newer program are not shown: update this console.",
                newer,
            )
        )
    if damaged:
        told.append(
            language.counted(
                "Record {seq} cannot be read: run paser-command journal verify.",
                "{n} records cannot be read, the last is {seq}: run paser-command journal verify.",
                sum(one.count for one in damaged),
                seq=max(one.seq for one in damaged),
            )
        )
    if unfolded:
        n = language.number(unfolded)
        told.append(tr("Records that cannot be shown: {n}. Make a diagnosis and report it.", n=n))
    return " ".join(told)


def stopped(picture: Picture, language: Language) -> str:
    """Return which parts of plugins stand still since they failed; "" where none does."""
    if not picture.stopped:
        return ""
    return language.tr(
        "Stands still since it failed: {names}. What it showed may be old: look at the log, "
        "and tell the plugin's maker.",
        names=", ".join(sorted(picture.stopped)),
    )


def reloaded(one: Reloaded, language: Language) -> str:
    """Return that the journal is another one than before, and since when it is shown."""
    return language.tr(
        "The journal was exchanged or set back, and was read anew at {time}: {error}.",
        time=language.time(one.at, seconds=True),
        error=language.error(one.why),
    )
