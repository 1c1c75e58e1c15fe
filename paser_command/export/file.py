"""Writing a file whole or not at all."""

import errno
import os
from pathlib import Path

from paser_command.errors import InputError, PaserError


def write_whole(path: Path, body: bytes) -> None:
    """Put the body at the path in place of what is there: a reader sees the old or the new file.

    InputError where a person can choose a better place, PaserError where the disk does not take it.
    """
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        try:
            with beside.open("xb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as cause:
        raise _told(path, cause) from cause


def _told(path: Path, cause: OSError) -> PaserError:
    if cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return InputError("{path} may not be written: choose another folder", path=path)
    if cause.errno in (errno.ENOENT, errno.ENOTDIR):
        return InputError("there is no folder {folder}: choose another", folder=path.parent)
    if cause.errno == errno.EISDIR:
        return InputError("{path} is a folder: give the file a name", path=path)
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return PaserError("the disk is full: {path} was not written", path=path)
    return PaserError("{path} cannot be written: {cause}", path=path, cause=cause.strerror)
