"""The common operating picture: a pure fold, the same by whatever route its records came."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import takewhile
from typing import Any

from paser_command.picture.alarms import AlarmState, judged, taken
from paser_command.picture.body import State, decoded, encoded
from paser_command.picture.drawings import DRAWING_VERBS, Drawing, Step, Trails
from paser_command.picture.incidents import ACKNOWLEDGE, Incident, acknowledgement, compose
from paser_command.picture.screens import SCREEN_VERBS, Automated, Screens, Shown
from paser_command.records import (
    Alarm,
    Alert,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Record,
    Report,
    Stream,
)
from paser_command.times import DAY, HOUR, SECOND, Instant, floor

KEPT: Instant = DAY
"""How long what is over (closed incidents, expired alerts) stays in the picture."""

SILENT = (FeedState.LATE, FeedState.FAILING)
"""The states of a feed whose values can no longer be believed."""

_QUIET: Instant = 31 * SECOND
"""Two heartbeats of a feed's runner and a second: past that and two intervals it is not heard."""

_RECENT = 32_768
"""Of how many keys of each part the last change is remembered."""


class Reading(StrEnum):
    """Two readings of the past: what the room knew then, and what was so then."""

    KNOWN = "known"
    HAPPENED = "happened"


class Picture:
    """What stands at a moment, by key. Read it; only `apply` changes it.

    `revision` counts the changes of each part by its attribute's name, so that a panel can tell
    whether to draw anew, and `changes` tells which keys have changed since. Fold records in the
    order of the journal (as known) or of their `at` (as happened). Not thread-safe: one thread
    owns it.
    """

    def __init__(self, reading: Reading = Reading.KNOWN) -> None:
        self.reading = reading
        self.reports: dict[str, Report] = {}
        self.incidents: dict[str, Incident] = {}
        self.alerts: dict[str, Alert] = {}
        self.alarms: dict[str, AlarmState] = {}
        self.streams: dict[str, Stream] = {}
        self.latest: dict[str, Observation] = {}
        self.units: dict[str, Position] = {}
        self.features: dict[str, Feature] = {}
        self.feeds: dict[str, FeedHealth] = {}
        self.revision: dict[str, int] = dict.fromkeys(_PARTS, 0)
        self._recent: dict[str, OrderedDict[str, int]] = {part: OrderedDict() for part in _PARTS}
        self._forgotten: dict[str, int] = dict.fromkeys(_PARTS, 0)
        self._heard: dict[str, Instant] = {}
        self._cancelled: dict[str, Instant] = {}
        self._links: dict[str, dict[str, Report]] = {}
        self._acts: dict[str, list[Command]] = {}
        self._trails = Trails()
        self.drawings: dict[str, Drawing] = self._trails.drawings
        self._shown = Shown([], [])
        self.screens: dict[str, Screens] = self._shown.screens
        self.automation: dict[str, Automated] = self._shown.automation
        self._swept: Instant = 0

    def apply(self, record: Record) -> None:
        """Fold one record in."""
        moment = record.received if self.reading is Reading.KNOWN else record.at
        if not isinstance(record, Observation | Position):
            self._sweep(floor(moment, HOUR))
        _FOLDS[type(record)](self, record)

    def apply_all(self, records: Iterable[Record]) -> None:
        """Fold records in, in order."""
        for record in records:
            self.apply(record)

    def changes(self, part: str, since: int) -> set[str] | None:
        """Return the keys of a part that changed after the revision `since`, gone ones too.

        None where that is longer ago than is remembered: then all of it may have changed.
        """
        if not self._forgotten[part] <= since <= self.revision[part]:
            return None
        newest_first = reversed(self._recent[part].items())
        return {key for key, _ in takewhile(lambda change: change[1] > since, newest_first)}

    def alerts_in_force(self, now: Instant) -> list[Alert]:
        """Return the warnings that hold at the moment, the most severe first."""
        standing = [alert for alert in self.alerts.values() if self.is_in_force(alert, now)]
        return sorted(standing, key=lambda alert: (-alert.severity, alert.expires, alert.key))

    def is_in_force(self, alert: Alert, now: Instant) -> bool:
        """Tell whether a warning holds at the moment."""
        return (
            alert.effective <= now < alert.expires
            and alert.key not in self._cancelled
            and alert.msg_type != "Cancel"
        )

    def feed_state(self, key: str, now: Instant) -> FeedState:
        """Return what the feed does at the moment; one that nobody told of yet is starting.

        A collector that died cannot say so: a feed that was well is late once two of its intervals
        and two heartbeats of its runner have passed without a word.
        """
        health = self.feeds.get(key)
        if health is None:
            return FeedState.STARTING
        silence = now - health.at
        if health.state in SILENT or silence <= int(2 * health.interval_s * SECOND) + _QUIET:
            return health.state
        return FeedState.LATE

    def limit_reached(self, stream: str) -> Limit | None:
        """Return the highest limit at or below the stream's latest value."""
        latest, described = self.latest.get(stream), self.streams.get(stream)
        if latest is None or described is None:
            return None
        reached = [limit for limit in described.limits if latest.value >= limit.value]
        return max(reached, key=lambda limit: limit.value, default=None)

    def acts(self, subject: str) -> tuple[Command, ...]:
        """Return what was done on the subject, in order."""
        return tuple(self._acts.get(subject, ()))

    def undoable(self, who: str, seat: str) -> Step | None:
        """Return the last of somebody's own acts on a drawing that stands."""
        return self._trails.undoable(who, seat)

    def redoable(self, who: str, seat: str) -> Step | None:
        """Return the act on a drawing that somebody undid last and may do again."""
        return self._trails.redoable(who, seat)

    def body(self) -> bytes:
        """Return the whole picture as a keyframe's body."""
        state = State(
            reports=list(self.reports.values()),
            heard=self._heard,
            acts=[act for acts in self._acts.values() for act in acts],
            alerts=list(self.alerts.values()),
            cancelled=self._cancelled,
            alarms=list(self.alarms.values()),
            streams=list(self.streams.values()),
            latest=list(self.latest.values()),
            units=list(self.units.values()),
            features=list(self.features.values()),
            feeds=list(self.feeds.values()),
            trails=list(self._trails.trails.values()),
            turn=self._trails.turn,
            screens=list(self.screens.values()),
            automation=list(self.automation.values()),
            swept=self._swept,
        )
        return encoded(state)

    @classmethod
    def of_body(cls, body: bytes) -> "Picture | None":
        """Return the picture of a keyframe, None where another version of us wrote it.

        A keyframe is a shortcut, never the truth: without it the fold starts further back.
        """
        state = decoded(body)
        if state is None:
            return None
        picture = cls()
        for act in state.acts:
            picture._acts.setdefault(act.subject, []).append(act)
        picture._heard = state.heard
        for report in state.reports:
            picture._link(report)
        picture.alerts = {alert.key: alert for alert in state.alerts}
        picture._cancelled = state.cancelled
        picture.alarms = {stands.alarm.key: stands for stands in state.alarms}
        picture.streams = {stream.key: stream for stream in state.streams}
        picture.latest = {latest.key: latest for latest in state.latest}
        picture.units = {unit.key: unit for unit in state.units}
        picture.features = {feature.key: feature for feature in state.features}
        picture.feeds = {feed.key: feed for feed in state.feeds}
        picture._trails = Trails(state.trails, state.turn)
        picture.drawings = picture._trails.drawings
        picture._shown = Shown(state.screens, state.automation)
        picture.screens = picture._shown.screens
        picture.automation = picture._shown.automation
        picture._swept = state.swept
        return picture

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self._whole() == other._whole()

    __hash__ = None  # type: ignore[assignment]

    def _whole(self) -> tuple[Any, ...]:
        return (
            *(getattr(self, part) for part in _PARTS),
            self._heard,
            self._cancelled,
            self._acts,
            self._trails.trails,
            self._trails.turn,
        )

    def _changed(self, part: str, key: str) -> None:
        recent = self._recent[part]
        self.revision[part] += 1
        recent[key] = self.revision[part]
        recent.move_to_end(key)
        if len(recent) > _RECENT:
            _, self._forgotten[part] = recent.popitem(last=False)

    def _report(self, report: Report) -> None:
        before = self.reports.get(report.key)
        if before and before.at > report.at:
            return
        self._heard.setdefault(report.key, report.received)
        if before and before.incident != report.incident:
            # Taken out whole: the order of reports is the order of their links, in keyframes too.
            del self.reports[report.key]
            self._unlink(before)
        self._link(report)
        self._changed("reports", report.key)

    def _link(self, report: Report) -> None:
        self.reports[report.key] = report
        if report.incident:
            self._links.setdefault(report.incident, {})[report.key] = report
            self._recompose(report.incident)

    def _unlink(self, report: Report) -> None:
        if report.incident:
            self._links[report.incident].pop(report.key)
            self._recompose(report.incident)

    def _recompose(self, incident: str) -> None:
        if reports := self._links.get(incident):
            self.incidents[incident] = self._composed(incident, reports)
        else:
            self._links.pop(incident, None)
            self.incidents.pop(incident, None)
        self._changed("incidents", incident)

    def _composed(self, incident: str, reports: dict[str, Report]) -> Incident:
        known = min(self._heard[key] for key in reports)
        return compose(incident, reports, self._acts.get(incident, ()), known=known)

    def _command(self, command: Command) -> None:
        if command.verb in DRAWING_VERBS:
            if self._trails.apply(command):
                self._changed("drawings", command.subject)
            return
        if command.verb in SCREEN_VERBS:
            if changed := self._shown.apply(command):
                self._changed(*changed)
            return
        acts = self._acts.setdefault(command.subject, [])
        if any(act.key == command.key for act in acts):
            return
        acts.append(command)
        if command.verb == ACKNOWLEDGE and command.subject in self.alarms:
            stands = taken(self.alarms[command.subject], acknowledgement(command))
            self._put_alarm(command.subject, stands)
        if command.subject in self._links:
            self._recompose(command.subject)

    def _alert(self, alert: Alert) -> None:
        self.alerts[alert.key] = alert
        if alert.msg_type in ("Cancel", "Update"):
            for reference in alert.references:
                self._cancelled[reference] = alert.at
                self._changed("alerts", reference)
        self._changed("alerts", alert.key)

    def _alarm(self, alarm: Alarm) -> None:
        self._put_alarm(alarm.key, judged(self.alarms.get(alarm.key), alarm))

    def _put_alarm(self, key: str, stands: AlarmState | None) -> None:
        if stands:
            self.alarms[key] = stands
        else:
            self.alarms.pop(key, None)
        self._changed("alarms", key)

    def _stream(self, stream: Stream) -> None:
        self.streams[stream.key] = stream
        self._changed("streams", stream.key)

    def _observation(self, observation: Observation) -> None:
        before = self.latest.get(observation.key)
        if before is None or before.at <= observation.at:
            self.latest[observation.key] = observation
            self._changed("latest", observation.key)

    def _position(self, position: Position) -> None:
        before = self.units.get(position.key)
        if before is None or before.at <= position.at:
            self.units[position.key] = position
            self._changed("units", position.key)

    def _feature(self, feature: Feature) -> None:
        if feature.gone:
            self.features.pop(feature.key, None)
        else:
            self.features[feature.key] = feature
        self._changed("features", feature.key)

    def _health(self, health: FeedHealth) -> None:
        self.feeds[health.key] = health
        self._changed("feeds", health.key)

    def _sweep(self, hour: Instant) -> None:
        """Let go of what is over, once an hour of the journal's own time, so always alike."""
        if hour <= self._swept:
            return
        self._swept = hour
        oldest = hour - KEPT
        for incident in [i for i in self.incidents.values() if i.closed and i.updated < oldest]:
            self._forget_reports(incident.reports)
            del self._links[incident.key], self.incidents[incident.key]
            self._changed("incidents", incident.key)
        loose = [r.key for r in self.reports.values() if not r.incident and r.at < oldest]
        self._forget_reports(loose)
        for alert in [a for a in self.alerts.values() if a.expires < oldest]:
            del self.alerts[alert.key]
            self._changed("alerts", alert.key)
        for feature in [f for f in self.features.values() if f.until and f.until < hour]:
            del self.features[feature.key]
            self._changed("features", feature.key)
        self._trails.sweep(oldest)
        self._acts = {
            subject: acts
            for subject, acts in self._acts.items()
            if subject in self._links or acts[-1].at >= oldest
        }
        self._cancelled = {key: at for key, at in self._cancelled.items() if at >= oldest}

    def _forget_reports(self, keys: Iterable[str]) -> None:
        for key in keys:
            del self.reports[key], self._heard[key]
            self._changed("reports", key)


_PARTS = (
    "drawings",
    "reports",
    "incidents",
    "alerts",
    "alarms",
    "streams",
    "latest",
    "units",
    "features",
    "feeds",
    "screens",
    "automation",
)

_FOLDS: dict[type[Record], Callable[[Picture, Any], None]] = {
    Report: Picture._report,
    Command: Picture._command,
    Alert: Picture._alert,
    Alarm: Picture._alarm,
    Stream: Picture._stream,
    Observation: Picture._observation,
    Position: Picture._position,
    Feature: Picture._feature,
    FeedHealth: Picture._health,
}
