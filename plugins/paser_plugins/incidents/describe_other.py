"""An alert or a stream in words, for when one of them is picked."""

from paser_command.api import (
    Alert,
    FeedState,
    Instant,
    Language,
    Limit,
    Picture,
    Severity,
    Stream,
    shown_name,
)
from paser_plugins.incidents.description import Description, Fact, Passage
from paser_plugins.incidents.places import place_text, when
from paser_plugins.incidents.words import Translate, running
from paser_ui.api import SEVERITY_WORDS, PanelContext, is_stale, source_word, value_text


def describe_alert(
    context: PanelContext, picture: Picture, alert: Alert, now: Instant
) -> Description:
    """Return the warning's description at the moment."""
    tr, language = context.tr, context.language
    facts = (
        Fact(tr("State"), _force(tr, language, picture, alert, now)),
        Fact(tr("Severity"), f"{tr(SEVERITY_WORDS[alert.severity])} · {alert.event[:120]}"),
        Fact(tr("Area"), alert.area[:600] or tr("unknown")),
        Fact(tr("Urgency"), f"{_cap(tr, alert.urgency)} · {_cap(tr, alert.certainty)}"),
        Fact(tr("In force"), _span(language, alert, now)),
        Fact(tr("Sent"), when(language, alert.at, now)),
        Fact(tr("Sender"), _sender(context, picture, alert)),
        Fact(tr("Kind"), f"{_cap(tr, alert.msg_type)} · {_cap(tr, alert.status)}"),
    )
    passages = [
        Passage(head, text)
        for head, text in (
            (tr("What is said"), alert.description),
            (tr("What to do"), alert.instruction),
            (tr("More at"), alert.web),
        )
        if text
    ]
    return Description(
        title=alert.headline or alert.event,
        tag=alert.key,
        severity=alert.severity,
        facts=facts,
        passages=tuple(passages),
    )


def describe_stream(
    context: PanelContext, picture: Picture, stream: Stream, now: Instant
) -> Description:
    """Return the stream's description at the moment."""
    tr, language = context.tr, context.language
    reached = picture.limit_reached(stream.key)
    facts = [
        Fact(tr("Value"), _value(tr, language, picture, stream)),
        Fact(tr("Age"), _age(tr, language, picture, stream, now)),
        Fact(tr("Reached"), _limit(tr, language, stream, reached) if reached else tr("no limit")),
        Fact(tr("Feed"), _feed(tr, picture, stream.feed, now)),
        Fact(tr("Where"), place_text(tr, "", stream.lon, stream.lat)),
        Fact(tr("Interval"), language.age(int(stream.interval_s * 1_000_000))),
    ]
    limits = [_limit(tr, language, stream, limit) for limit in reversed(stream.limits)]
    return Description(
        title=shown_name(stream.name, stream.key),
        tag=stream.key,
        severity=reached.severity if reached else Severity.NONE,
        taken=stream.key not in picture.waiting(),
        facts=tuple(facts),
        passages=(Passage(tr("Limits"), "\n".join(limits) or tr("none")),),
    )


def _force(tr: Translate, language: Language, picture: Picture, alert: Alert, now: Instant) -> str:
    if now >= alert.expires:
        return tr("over since {time}", time=when(language, alert.expires, now))
    if now < alert.effective:
        return tr("begins at {time}", time=when(language, alert.effective, now))
    if all(standing.key != alert.key for standing in picture.alerts_in_force(now)):
        return tr("withdrawn or replaced")
    return tr("in force, {left} left", left=running(language, alert.expires - now))


def _span(language: Language, alert: Alert, now: Instant) -> str:
    return f"{when(language, alert.effective, now)} – {when(language, alert.expires, now)}"


def _sender(context: PanelContext, picture: Picture, alert: Alert) -> str:
    health = picture.feeds.get(alert.feed)
    named = context.attribution(health.source) if health else ""
    told = dict.fromkeys((alert.sender[:120], named[:120], alert.feed))
    return " · ".join(word for word in told if word)


def _cap(tr: Translate, code: str) -> str:
    words = {
        "Immediate": tr("Immediate"),
        "Expected": tr("Expected"),
        "Future": tr("Future"),
        "Past": tr("Past"),
        "Observed": tr("Observed"),
        "Likely": tr("Likely"),
        "Possible": tr("Possible"),
        "Unlikely": tr("Unlikely"),
        "Unknown": tr("unknown"),
        "Alert": tr("Warning"),
        "Update": tr("Update"),
        "Cancel": tr("Cancellation"),
        "Actual": tr("actual"),
        "Exercise": tr("exercise"),
        "Test": tr("test"),
        "System": tr("system"),
        "Draft": tr("draft"),
    }
    return words.get(code, code[:40])


def _value(tr: Translate, language: Language, picture: Picture, stream: Stream) -> str:
    latest = picture.latest.get(stream.key)
    return value_text(language, latest.value, stream.unit) if latest else tr("no value yet")


def _age(tr: Translate, language: Language, picture: Picture, stream: Stream, now: Instant) -> str:
    latest = picture.latest.get(stream.key)
    if latest is None:
        return tr("no value yet")
    told = f"{language.age(now - latest.at)} · {when(language, latest.at, now)}"
    return tr("{age}, late", age=told) if is_stale(picture, stream.key, now) else told


def _limit(tr: Translate, language: Language, stream: Stream, limit: Limit) -> str:
    value = value_text(language, limit.value, stream.unit)
    name = source_word(language, limit.name)[:60]
    return f"{name} · {value} · {tr(SEVERITY_WORDS[limit.severity])}"


def _feed(tr: Translate, picture: Picture, name: str, now: Instant) -> str:
    words = {
        FeedState.STARTING: tr("starting"),
        FeedState.LIVE: tr("live"),
        FeedState.LATE: tr("late"),
        FeedState.FAILING: tr("failing"),
    }
    told = words[picture.feed_state(name, now)]
    return f"{name} · {told}" if name in picture.feeds else name
