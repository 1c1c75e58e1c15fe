"""Acknowledge: somebody took notice of an incident or an alarm. The first one counts."""

from paser_command.picture.alarms import AlarmState, occurrence
from paser_command.picture.incidents import ACKNOWLEDGE, Acknowledgement
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.verbs.verb import Lost, Verb, VerbValue, decoded

_UNACKNOWLEDGED = "unacknowledged"
"""What is expected of an incident. Of an alarm it is the occurrence that a person sees."""


class Acknowledge(VerbValue, frozen=True):
    """Take notice of the subject, an incident or an alarm."""


def _expects(picture: Picture, subject: str) -> str:
    if subject in picture.incidents:
        return _UNACKNOWLEDGED
    alarm = picture.alarms.get(subject)
    return "" if alarm is None else occurrence(alarm)


def _lost(picture: Picture, command: Command) -> Lost | None:
    incident = picture.incidents.get(command.subject)
    if incident is not None:
        return _to(incident.acknowledged)
    alarm = picture.alarms.get(command.subject)
    if alarm is None:
        return _over(picture, command)
    return _to(alarm.acknowledged) or _changed(alarm, command)


def _to(first: Acknowledgement | None) -> Lost | None:
    if first is None:
        return None
    return Lost(
        words="{who} ({seat}) acknowledged it at {time}",
        who=first.who,
        seat=first.seat,
        at=first.at,
    )


def _over(picture: Picture, command: Command) -> Lost | None:
    """Of an alarm that stands no more: somebody took notice of the same occurrence."""
    if not command.expected:
        return None
    for act in picture.acts(command.subject):
        if act.verb == ACKNOWLEDGE and act.expected == command.expected:
            return _to(Acknowledgement(act.at, act.who, act.seat))
    return None


def _changed(alarm: AlarmState, command: Command) -> Lost | None:
    if command.expected in ("", occurrence(alarm)):
        return None
    return Lost(words="It has risen since: look at it, and acknowledge it anew")


VERB = Verb(
    name=ACKNOWLEDGE,
    values=(Acknowledge,),
    words="acknowledge",
    subject="incident or alarm",
    right="acknowledge",
    decode=lambda arguments: decoded(ACKNOWLEDGE, Acknowledge, arguments),
    once=True,
    expects=_expects,
    lost=_lost,
)
