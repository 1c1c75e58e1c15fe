"""Reports from a city's service requests (Open311 GeoReport v2).

GeoReport finds requests by when they were made, not by when they changed. So each poll reads all
pages of the last days again: that is how a request that was closed is seen to be. What has not
changed is dropped by the inbox.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from paser_command.api import (
    DAY,
    HOUR,
    FeedContext,
    ParseError,
    Report,
    clean_line,
    clean_text,
    decode_json,
    decode_part,
    instant,
    iso,
    number,
    place,
    readable,
)
from paser_plugins.open311.categories import SEVERITIES, category_of, read_categories

MOST_PAGES = 40
PAGE_SIZE = 200


class _Request(msgspec.Struct):
    service_request_id: str | int
    requested_datetime: str
    updated_datetime: str | None = None
    status: str | None = None
    status_notes: str | None = None
    service_name: str | None = None
    service_code: str | int | None = None
    description: str | None = None
    address: str | None = None
    lat: float | str | None = None
    long: float | str | None = None


class Page(NamedTuple):
    """The reports of a page, and how many requests it had."""

    reports: list[Report]
    requests: int


_page = msgspec.json.Decoder(list[msgspec.Raw])
_request = msgspec.json.Decoder(_Request)


class RequestFeed:
    """Polls the service requests of the last days."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._own = read_categories(str(context.settings["categories"]))
        address = context.url.rstrip("/")
        self._url = address if address.endswith(".json") else f"{address}/requests.json"

    def poll(self) -> Iterator[Report]:
        """Give all requests of the backlog, page by page."""
        backlog = int(float(self._context.settings["backlog_days"]) * DAY)
        start = (self._context.now() - backlog) // HOUR * HOUR
        seen: set[str] = set()
        largest = 0
        for number_of_page in range(1, MOST_PAGES + 1):
            page = self._page(start, number_of_page)
            fresh = [report for report in page.reports if report.key not in seen]
            yield from fresh
            seen.update(report.key for report in fresh)
            largest = max(largest, page.requests)
            # A server without pages answers the same for each; a shorter page is the last one.
            if not fresh or page.requests < largest:
                break

    def _page(self, start: int, page: int) -> Page:
        asked = {"start_date": iso(start), "page": str(page), "page_size": str(PAGE_SIZE)}
        answer = self._context.http.get(self._url, asked)
        return parse_requests(answer.body, self._context, self._own)


def parse_requests(body: bytes, context: FeedContext, own: Mapping[str, str]) -> Page:
    """Return a page of requests; `own` are the site's categories by service code."""
    requests = decode_json(body, _page)
    reports = readable(
        requests,
        lambda request: _report(decode_part(request, _request), context, own),
        context.passed_over,
    )
    return Page(list(reports), len(requests))


def _report(request: _Request, context: FeedContext, own: Mapping[str, str]) -> Report:
    latest = context.now() + DAY
    began = instant(request.requested_datetime, "requested_datetime", latest)
    updated = request.updated_datetime
    name, code = clean_line(request.service_name), clean_line(request.service_code)
    category = category_of(code, name, own)
    key = clean_line(request.service_request_id)
    if not key:
        raise ParseError("bad_value", where="service_request_id")
    lon, lat = _place(request)
    return Report(
        feed=context.feed,
        key=context.key(key),
        at=instant(updated, "updated_datetime", latest) if updated else began,
        began=began,
        category=category,
        severity=SEVERITIES[category],
        title=name or clean_line(request.description, 80) or code or category,
        text=_text(request),
        lon=lon,
        lat=lat,
        place=clean_line(request.address),
        status=clean_line(request.status),
        closed=clean_line(request.status).casefold() == "closed",
    )


def _place(request: _Request) -> tuple[float, float] | tuple[None, None]:
    """Return longitude and latitude; none where the request gives none, or zeros for none."""
    if request.lat in (None, "") or request.long in (None, ""):
        return None, None
    lon, lat = number(request.long, "long"), number(request.lat, "lat")
    return (None, None) if lon == lat == 0.0 else place(lon, lat, "long")


def _text(request: _Request) -> str:
    description, notes = clean_text(request.description), clean_text(request.status_notes)
    return clean_text(f"{description}\n\n{notes}") if notes else description
