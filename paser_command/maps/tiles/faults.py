"""What a failed transport means for tiles, in a sentence."""

from paser_command.errors import PaserError, TransportError

ABSENT = (204, 404, 410)
"""Answers that say: there is no tile here. No fault of the server."""

_AWAY = ("timeout", "refused", "unreachable", "broken_transfer")


def is_absent(error: TransportError) -> bool:
    """Tell whether the server knows no such tile."""
    return error.code == "http_status" and error.codes_facts["status"] in ABSENT


def is_away(error: TransportError) -> bool:
    """Tell whether the server cannot be reached, so that what is kept must do."""
    return error.code in _AWAY


def told(error: TransportError, host: str) -> PaserError:
    """Return the error as a sentence that names the server."""
    facts = {"host": host, **error.codes_facts}
    match error.code:
        case "timeout":
            return PaserError(
                "the tile server {host} gives no whole answer within {deadline_s} s", **facts
            )
        case "refused" | "unreachable":
            return PaserError(
                "the tile server {host} cannot be reached: check the network and the address",
                host=host,
            )
        case "http_status":
            return PaserError("the tile server {host} answers with error {status}", **facts)
        case "redirect":
            return PaserError(
                "the tile server sends us on to {host}, where we do not go: correct the address",
                host=error.codes_facts["host"],
            )
        case "too_large":
            return PaserError(
                "the tile server {host} sends more than {limit_mib} MiB at once", **facts
            )
        case "tls":
            return PaserError("the certificate of the tile server {host} is not trusted", host=host)
        case _:
            return PaserError(
                "the connection to the tile server {host} breaks in the middle", host=host
            )
