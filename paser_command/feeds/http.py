"""The one safe way out over HTTP."""

from collections.abc import Mapping

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: the inflated body, or `unchanged` where it said so (304)."""

    url: str
    status: int
    content_type: str
    body: bytes
    unchanged: bool = False


class Http:
    """A client bound to one origin."""

    def get(self, url: str, params: Mapping[str, str] | None = None) -> Answer:
        """Return the answer; TransportError where it does not come whole and in time."""
        raise NotImplementedError
