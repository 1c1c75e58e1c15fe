"""Alarms with their ISA-18.2 states, as far as acknowledging goes."""

from enum import StrEnum

import msgspec

from paser_command.picture.incidents import Acknowledgement
from paser_command.records import Alarm
from paser_command.times import Instant


class AlarmPhase(StrEnum):
    """ISA-18.2's words. A normal alarm is not in the picture."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"


class AlarmState(msgspec.Struct, frozen=True):
    """An alarm that stands: what the rule last said, when it last rose, and who took it."""

    alarm: Alarm
    since: Instant
    acknowledged: Acknowledgement | None = None

    @property
    def phase(self) -> AlarmPhase:
        """Return the state by its ISA-18.2 word; "returned" is back to normal, never taken."""
        if not self.alarm.raised:
            return AlarmPhase.RETURNED
        if self.acknowledged:
            return AlarmPhase.ACKNOWLEDGED
        return AlarmPhase.UNACKNOWLEDGED


def occurrence(state: AlarmState) -> str:
    """Return what an act expects that means the alarm as it stands, and no later rise of it."""
    return f"since {state.since}"


def evaluated(before: AlarmState | None, alarm: Alarm) -> AlarmState | None:
    """Return the state after the rule spoke, None for normal.

    Rising in severity it must be acknowledged anew, and the worst it was stays to be read while it
    waits for that.
    """
    if alarm.raised:
        if before is None or not before.alarm.raised:
            return AlarmState(alarm, alarm.at)
        again = alarm.severity > before.alarm.severity
        since = alarm.at if again or _is_higher(alarm, before.alarm) else before.since
        return AlarmState(alarm, since, None if again else before.acknowledged)
    if before is None or before.acknowledged:
        return None
    cleared = msgspec.structs.replace(
        before.alarm, raised=False, at=alarm.at, received=alarm.received
    )
    return AlarmState(cleared, before.since)


def acknowledged(before: AlarmState, who: Acknowledgement) -> AlarmState | None:
    """Return the state after somebody acknowledged it, None for normal. The first one counts."""
    if not before.alarm.raised:
        return None
    if before.acknowledged:
        return before
    return AlarmState(before.alarm, before.since, who)


def _is_higher(alarm: Alarm, before: Alarm) -> bool:
    """Tell whether an alarm stands at a higher limit than before."""
    return bool(alarm.limit and before.limit and alarm.limit.value > before.limit.value)
