"""What became of an act, in words."""

from paser_command.language import Language
from paser_command.outbox.ticket import Ticket, TicketState, Unsaved
from paser_command.verbs.verb import Lost

_LONGEST = 60


def ticket_text(ticket: Ticket, language: Language) -> str:
    """Return what became of an act; "" where it is saved, which the picture shows."""
    match ticket.state:
        case TicketState.REFUSED if ticket.error is not None:
            return language.error(ticket.error)
        case TicketState.LOST if ticket.lost is not None:
            return _lost(ticket.lost, language)
        case TicketState.WAITING if ticket.away_since is not None:
            since = language.time(ticket.away_since)
            return language.tr("not saved yet: the journal is away since {time}", time=since)
        case TicketState.SAVING:
            return language.tr("not saved yet") if ticket.late else language.tr("being saved")
    return ""


def unsaved_text(unsaved: Unsaved, language: Language) -> str:
    """Return how many acts are being saved, "" for none."""
    if not unsaved.count:
        return ""
    count = language.number(unsaved.count)
    if unsaved.late:
        return language.tr("not saved yet ({n})", n=count)
    return language.tr("being saved ({n})", n=count)


def _lost(lost: Lost, language: Language) -> str:
    who, seat = lost.who[:_LONGEST] or "?", lost.seat[:_LONGEST] or "?"
    time = language.time(lost.at) if lost.at else ""
    return language.tr(lost.words, who=who, seat=seat, time=time)
