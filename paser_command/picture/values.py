"""How a measured value is told: with its unit, and whether it can still be believed."""

from paser_command.language import Language
from paser_command.picture.picture import SILENT, Picture
from paser_command.picture.source_words import source_word
from paser_command.times import SECOND, Instant

_LEAST_S = 5.0
"""Nobody calls a value old before, however often it comes."""

_LEVEL_UNITS = ("m", "m3/s", "m³/s")


def decimals_of(value: float, unit: str) -> int:
    """Return how many decimals a person needs of the value: levels in metres always have two."""
    if unit in _LEVEL_UNITS:
        return 2
    size = abs(value)
    if size == round(size) and size < 1e6:
        return 0
    return 2 if size < 1 else 1 if size < 100 else 0


def value_text(language: Language, value: float, unit: str) -> str:
    """Return the value with its unit as the language writes it: 3,42 m."""
    shown = source_word(language, unit)[:16]
    return f"{language.quantity(value, decimals_of(value, unit))} {shown}".rstrip()


def is_stale(picture: Picture, stream: str, now: Instant) -> bool:
    """Tell whether the stream's latest value is older than two intervals, or its feed is not live.

    The longer interval counts: that of the stream, or that at which its feed is asked. A stream
    without any value is stale.
    """
    latest = picture.latest.get(stream)
    if latest is None:
        return True
    if picture.feed_state(latest.feed, now) in SILENT:
        return True
    described, health = picture.streams.get(stream), picture.feeds.get(latest.feed)
    interval_s = described.interval_s if described else 60.0
    asked_s = health.interval_s if health else 0.0
    return now - latest.at > max(2 * interval_s, 2 * asked_s, _LEAST_S) * SECOND
