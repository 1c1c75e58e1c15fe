"""Reports of citizens and calls to 112, as Open311 GeoReport v2 answers them.

http://wiki.open311.org/GeoReport_v2/ with the parameters `page`, `page_size` and `updated_after`
that most servers have beside it.
"""

from collections.abc import Callable

from paser_command.exercise.asked import (
    NOT_FOUND,
    Asked,
    BadQuestion,
    Reply,
    as_json,
    number_of,
)
from paser_command.exercise.city import WITA, Ticket
from paser_command.exercise.scenario import Backend
from paser_command.times import Instant, parse, to_datetime

_PAGE_SIZE = 50
_PAGE_SIZE_MOST = 1000


def citizens(asked: Asked) -> Reply:
    """Answer from the desk where citizens report."""
    return _answer(asked, "warga")


def calls(asked: Asked) -> Reply:
    """Answer from the desk of the emergency number."""
    return _answer(asked, "panggilan-112")


def _answer(asked: Asked, backend: Backend) -> Reply:
    if asked.path == "v2/requests.json":
        return as_json([_request(ticket) for ticket in _page(asked, backend)])
    if asked.path == "v2/services.json":
        return as_json(_services(asked))
    for ticket in asked.city.tickets(backend, asked.now):
        if asked.path == f"v2/requests/{ticket.id}.json":
            return as_json([_request(ticket)])
    raise BadQuestion(*NOT_FOUND)


def _page(asked: Asked, backend: Backend) -> list[Ticket]:
    """Return the page that is asked for, newest first."""
    tickets = asked.city.tickets(backend, asked.now)
    for fits in _filters(asked):
        tickets = [ticket for ticket in tickets if fits(ticket)]
    size = number_of(asked, "page_size", _PAGE_SIZE, least=1, most=_PAGE_SIZE_MOST)
    page = number_of(asked, "page", 1, least=1, most=10**6)
    return tickets[::-1][(page - 1) * size : page * size]


def _filters(asked: Asked) -> list[Callable[[Ticket], bool]]:
    params, filters = asked.params, list[Callable[[Ticket], bool]]()
    if "start_date" in params:
        start = _instant(params["start_date"])
        filters.append(lambda ticket: ticket.requested >= start)
    if "end_date" in params:
        end = _instant(params["end_date"])
        filters.append(lambda ticket: ticket.requested <= end)
    if "updated_after" in params:
        after = _instant(params["updated_after"])
        filters.append(lambda ticket: ticket.updated >= after)
    if "status" in params:
        statuses = params["status"].split(",")
        filters.append(lambda ticket: ticket.status in statuses)
    if "service_code" in params:
        codes = params["service_code"].split(",")
        filters.append(lambda ticket: ticket.service.code in codes)
    return filters


def _instant(text: str) -> Instant:
    # A plus sign that was not encoded arrives as a blank.
    try:
        return parse(text.replace(" ", "+"))
    except ValueError as cause:
        raise BadQuestion(400, "a date is W3C date and time, 2026-11-20T03:00:00Z") from cause


def _request(ticket: Ticket) -> dict[str, object]:
    return {
        "service_request_id": ticket.id,
        "status": ticket.status,
        "status_notes": ticket.notes or None,
        "service_name": ticket.service.name,
        "service_code": ticket.service.code,
        "description": ticket.text,
        "agency_responsible": ticket.service.agency,
        "service_notice": None,
        "requested_datetime": _local(ticket.requested),
        "updated_datetime": _local(ticket.updated),
        "expected_datetime": None,
        "address": ticket.address,
        "address_id": None,
        "zipcode": None,
        "lat": ticket.lat,
        "long": ticket.lon,
        "media_url": None,
    }


def _services(asked: Asked) -> list[dict[str, object]]:
    return [
        {
            "service_code": service.code,
            "service_name": service.name,
            "description": service.name,
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": service.agency,
        }
        for service in asked.city.scenario.services
    ]


def _local(at: Instant) -> str:
    return to_datetime(at).astimezone(WITA).isoformat()
