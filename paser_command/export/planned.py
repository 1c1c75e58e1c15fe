"""A plugin's file of the picture of one moment, as the room knew it then."""

import logging

from paser_command.errors import PaserError, PluginError
from paser_command.export.plan import ExportPlan
from paser_command.journal.reader import Reader
from paser_command.journal.store import Journal
from paser_command.language import Language
from paser_command.times import Instant

_log = logging.getLogger(__name__)


def made(journal: Journal, plan: ExportPlan, now: Instant, language: Language) -> bytes:
    """Return the file's body; JournalError, or PluginError where the plugin fails.

    Called in any thread.
    """
    reader = Reader(journal)
    try:
        picture, _ = reader.picture(now)
    finally:
        reader.close()
    try:
        body = plan.make(picture, now, language)
    except PaserError:
        raise
    # A stranger's code may raise anything, and may even ask the program to exit.
    except (Exception, SystemExit) as cause:
        _log.exception("an export of a plugin failed")
        raise PluginError("the plugin failed to make the file; the log tells why") from cause
    if not isinstance(body, bytes):
        raise PluginError("the plugin gave no bytes for the file")
    return body
