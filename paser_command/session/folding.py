"""Folding where one record that cannot be folded costs that record."""

import logging

from paser_command.picture.picture import Picture
from paser_command.records import Record

_log = logging.getLogger(__name__)


def folded(picture: Picture, record: Record) -> bool:
    """Fold a record in; tell whether that went well. What went wrong is logged with its trace."""
    try:
        picture.apply(record)
    except Exception:  # noqa: BLE001 - parts of plugins may raise anything; the others go on
        _log.exception("a record of %s cannot be shown: %s", record.feed, record.key)
        return False
    return True
