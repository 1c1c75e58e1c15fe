"""`paser-command`: reads the command line and runs what it asks for.

Exit codes: 0 done, 1 failed, 2 wrong input.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from paser_command import __version__
from paser_command.cli.options import parsed
from paser_command.errors import PaserError

Command = Callable[[Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    try:
        options = parsed(arguments)
        return _command(options.run)(options)
    except PaserError as error:
        return _complain(error)
    except OSError as cause:
        # A disk that is full or a folder that may not be entered can end any of the commands.
        place = f" ({cause.filename})" if cause.filename else ""
        told = f"{cause.strerror or cause}{place}"
        return _complain(PaserError("the system refused: {cause}", cause=told))
    except KeyboardInterrupt:
        return 130


def version(options: Namespace) -> int:
    """Print the version of the program."""
    from paser_command.cli.output import say

    say({"version": __version__}, [f"paser-command {__version__}"], as_json=options.json)
    return 0


def _complain(error: PaserError) -> int:
    from paser_command.cli.output import complain

    return complain(error)


def _command(path: str) -> Command:
    # Each command loads only what it needs: the console's start is counted in milliseconds.
    module, name = path.split(":")
    command: Command = getattr(import_module(f"paser_command.cli.{module}"), name)
    return command


if __name__ == "__main__":
    sys.exit(main())
