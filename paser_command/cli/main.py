"""`paser-command`: reads the command line and runs what it asks for.

Exit codes: 0 done, 1 failed, 2 wrong input.

Given arguments, `main` runs all of it in this process. Without, it is the program that somebody
started: then this process keeps the console, which is its child.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from paser_command import __version__
from paser_command.cli.options import parsed
from paser_command.errors import PaserError

Command = Callable[[Namespace], int]

_CONSOLE, _KEPT_CONSOLE = "console:console", "keeping:keep"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    return told(lambda: _run(arguments))


def told(act: Callable[[], int]) -> int:
    """Return the exit code of the act, or that of the error which it complained of."""
    try:
        return act()
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


def _run(arguments: Sequence[str] | None) -> int:
    options = parsed(arguments)
    if arguments is None and options.run == _CONSOLE:
        options.run = _KEPT_CONSOLE
    return _command(options.run)(options)


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
