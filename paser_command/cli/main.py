"""`paser-command`: reads the command line and runs what it asks for.

Exit codes: 0 done, 1 failed, 2 wrong input.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from paser_command import __version__
from paser_command.errors import InputError, PaserError
from paser_command.language import LANGUAGES
from paser_command.picture.picture import Reading

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one of ours, so that it reads and exits like all others."""

    def error(self, message: str) -> NoReturn:
        raise InputError("{message}; see paser-command --help", message=message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    try:
        options = _parser().parse_args(arguments)
        return _command(options.run)(options)
    except PaserError as error:
        from paser_command.cli.output import complain

        return complain(error)
    except KeyboardInterrupt:
        return 130


def _command(path: str) -> Command:
    # Each command loads only what it needs: the console's start is counted in milliseconds.
    module, name = path.split(":")
    command: Command = getattr(import_module(f"paser_command.cli.{module}"), name)
    return command


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is not above 0 and below a million")
    return value


def _parser() -> argparse.ArgumentParser:
    json = _Parser(add_help=False)
    json.add_argument("--json", action="store_true", help="print JSON")
    which = _Parser(add_help=False, parents=[json])
    which.add_argument("--journal", metavar="URL", help="the journal")
    which.add_argument("--config", metavar="FILE", help="the site file that names the journal")
    ended = _Parser(add_help=False, parents=[json])
    ended.add_argument("--for", dest="for_s", type=_positive, metavar="SECONDS", help="end then")
    watched = _Parser(add_help=False, parents=[ended])
    watched.add_argument(
        "--watch-stdin", action="store_true", help="end when standard input is closed"
    )

    parser = _Parser(
        prog="paser-command",
        description="One console for a city's command room. Without a command: the console.",
        parents=[ended],
    )
    parser.set_defaults(run="console:console")
    parser.add_argument("--version", action="version", version=f"paser-command {__version__}")
    parser.add_argument("--config", metavar="FILE", help="the site file")
    parser.add_argument("--exercise", metavar="NAME", help="play this scenario's city")
    parser.add_argument("--speed", type=_positive, metavar="N", help="play it so many times faster")
    parser.add_argument("--journal", metavar="URL", help="the exercise's journal")
    parser.add_argument("--screenshot", metavar="DIR", help="save a picture of each window")
    parser.add_argument("--language", choices=sorted(LANGUAGES), help="the screen's language")
    parser.add_argument("--who", metavar="NAME", help="the operator (default: the system's user)")
    parser.add_argument("--seat", metavar="NAME", help="the seat (default: this computer's name)")

    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    collect = commands.add_parser("collect", help="run the collector alone", parents=[watched])
    collect.add_argument("--config", metavar="FILE", required=True, help="the site file")
    collect.set_defaults(run="processes:collect")
    check = commands.add_parser("check", help="check a site file", parents=[json])
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run="processes:check")
    exercise = commands.add_parser("exercise", help="serve an exercise's city", parents=[watched])
    exercise.add_argument("name", metavar="NAME")
    exercise.add_argument("--began", metavar="INSTANT", help="when it began (default: now)")
    exercise.add_argument("--speed", type=_positive, default=1.0, metavar="N")
    exercise.add_argument("--port", type=int, default=0, help="the port on loopback (default: any)")
    exercise.set_defaults(run="processes:exercise")
    journal = commands.add_parser("journal", help="look after a journal")
    acts = journal.add_subparsers(metavar="stats|verify", required=True, parser_class=_Parser)
    stats = acts.add_parser("stats", help="how much of what it holds", parents=[which])
    stats.set_defaults(run="journals:show_stats")
    verify = acts.add_parser("verify", help="whether it is sound", parents=[which])
    verify.set_defaults(run="journals:show_verify")
    picture = commands.add_parser("picture", help="the picture at a moment", parents=[which])
    picture.add_argument("--at", metavar="INSTANT", help="RFC 3339 with a zone (default: now)")
    picture.add_argument(
        "--as",
        dest="reading",
        choices=[reading.value for reading in Reading],
        default=Reading.KNOWN.value,
        help="what the room knew then, or what was so then",
    )
    picture.set_defaults(run="journals:show_picture")
    return parser


if __name__ == "__main__":
    sys.exit(main())
