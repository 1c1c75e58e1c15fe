"""A question to one of the city's backends, and its answer."""

from collections.abc import Mapping

import msgspec

from paser_command.exercise.city import City
from paser_command.times import Instant


class Asked(msgspec.Struct, frozen=True):
    """A GET: the path behind the backend's own prefix, the parameters, and what is true now.

    `base_url` is the backend's own address, without a slash at its end.
    """

    path: str
    params: Mapping[str, str]
    city: City
    now: Instant
    base_url: str


class Reply(msgspec.Struct, frozen=True):
    """An answer, whole."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


class BadQuestion(Exception):
    """What was asked is not there, or is asked wrongly: told in the backend's own manner."""

    def __init__(self, status: int, told: str) -> None:
        self.status = status
        self.told = told
        super().__init__(told)


NOT_FOUND = (404, "not found")


def as_json(values: object, content_type: str = "application/json", status: int = 200) -> Reply:
    """Return the values as a JSON answer."""
    return Reply(msgspec.json.encode(values), content_type, status)


def number_of(asked: Asked, name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number among the parameters; BadQuestion where it is none in the range."""
    text = asked.params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:
        raise BadQuestion(400, f"{name} is not a whole number of at least {least}")
    return min(int(text), most)
