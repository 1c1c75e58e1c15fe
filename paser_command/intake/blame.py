"""Whether a write failed by what was written, or by the disk, the server or the journal."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from paser_command.errors import JournalError, PaserError

_OF_THE_JOURNAL = (OperationalError, InterfaceError)


def is_of_data(error: Exception) -> bool:
    """Tell whether the records are to blame: to write them again would fail again.

    Full, locked, broken or away is of the journal. A value that the database does not take, or
    that a function of ours cannot reckon with, is of the data.
    """
    if isinstance(error, JournalError):
        cause = error.__cause__
        return isinstance(cause, DBAPIError) and not isinstance(cause, _OF_THE_JOURNAL)
    return not isinstance(error, PaserError | OSError | MemoryError)
