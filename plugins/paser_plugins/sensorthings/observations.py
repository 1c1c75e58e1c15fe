"""Observations from a page of SensorThings observations: the fast path of the collector."""

from typing import NamedTuple

import msgspec

from paser_command.api import (
    DAY,
    FeedContext,
    Instant,
    Observation,
    ParseError,
    clean_line,
    decode_json,
    decode_part,
    instant,
    number,
    readable,
)


class _Datastream(msgspec.Struct, gc=False, rename={"id": "@iot.id"}):
    id: str | int


class _Observation(
    msgspec.Struct, gc=False, rename={"time": "phenomenonTime", "stream": "Datastream"}
):
    time: str
    stream: _Datastream
    result: float | bool | str | None = None


class _Page(msgspec.Struct, rename={"next": "@iot.nextLink"}):
    value: list[_Observation]
    next: str | None = None


class _RawPage(msgspec.Struct, rename={"next": "@iot.nextLink"}):
    value: list[msgspec.Raw]
    next: str | None = None


class ObservationPage(NamedTuple):
    """A page in the server's order, and the link to the next one or ""."""

    observations: list[Observation]
    next: str


_page = msgspec.json.Decoder(_Page)
_raw_page = msgspec.json.Decoder(_RawPage)
_observation = msgspec.json.Decoder(_Observation)


def parse_observations(body: bytes, context: FeedContext) -> ObservationPage:
    """Return the numbers of a page. A result of null is no number, and no fault."""
    reader = _Reader(context)
    try:
        page = decode_json(body, _page)
    except ParseError as misfit:
        if misfit.code not in ("wrong_shape", "bad_value"):
            raise
        return _bit_by_bit(body, reader, context)
    observations = readable(page.value, reader.observation, context.passed_over)
    return ObservationPage(list(observations), page.next or "")


def _bit_by_bit(body: bytes, reader: "_Reader", context: FeedContext) -> ObservationPage:
    """Read a page with an observation that does not fit: the others are kept."""
    page = decode_json(body, _raw_page)
    observations = readable(
        page.value,
        lambda part: reader.observation(decode_part(part, _observation)),
        context.passed_over,
    )
    return ObservationPage(list(observations), page.next or "")


class _Reader:
    """Makes observations; stations share instants and streams repeat, so both are read once."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._latest = context.now() + DAY
        self._instants: dict[str, Instant] = {}
        self._keys: dict[str | int, str] = {}

    def observation(self, told: _Observation) -> Observation | None:
        result = told.result
        if result is None:
            return None
        if type(result) is not float:
            result = number(result, "result")
        at = self._instants.get(told.time)
        if at is None:
            at = self._instants[told.time] = self._instant(told.time)
        own = told.stream.id
        key = self._keys.get(own)
        if key is None:
            key = self._keys[own] = self._context.key(clean_line(own))
        return Observation(feed=self._context.feed, key=key, at=at, value=result)

    def _instant(self, text: str) -> Instant:
        """Return the instant, or the end of the interval "start/end"."""
        return instant(text.rpartition("/")[2], "phenomenonTime", self._latest)
