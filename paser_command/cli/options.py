"""The options of the command line: what may be given, and what is wrong with what was given.

An option that all commands know (`--json`) may stand before the command or after it.
"""

import re
from argparse import SUPPRESS, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from paser_command.errors import InputError, Words
from paser_command.language import LANGUAGES
from paser_command.picture.picture import Reading
from paser_command.times import Instant, parse
from paser_command.toml_check import unknown

MOST = 1_000_000
ROLES = ("viewer", "operator", "collector", "administrator")
"""What a role of a database may be: the values of `paser_command.journal.grants.Role`."""

_OPTIONS = {
    "for_s": "--for",
    "config": "--config",
    "exercise": "--exercise",
    "speed": "--speed",
    "journal": "--journal",
    "screenshot": "--screenshot",
    "language": "--language",
    "who": "--who",
    "seat": "--seat",
    "safe_mode": "--safe-mode",
}
"""The console's options by the name of their value: most of them mean nothing to a command."""

_MISSING = re.compile(r"the following arguments are required: (.+)")
_FOREIGN = re.compile(r"unrecognized arguments: (.+)", re.DOTALL)
_VALUELESS = re.compile(r"argument (\S+): expected one argument")
_CHOICE = re.compile(r"argument .+: invalid choice: '(.*)' \(choose from (.+)\)", re.DOTALL)


def parsed(arguments: Sequence[str] | None) -> Namespace:
    """Return the options; InputError where they are wrong."""
    options = _parser().parse_args(arguments, Namespace(json=False, for_s=None))
    if options.version:
        options.run = "main:version"
    takes = options.takes
    for name, option in _OPTIONS.items():
        if takes is not None and name not in takes and getattr(options, name) is not None:
            raise InputError("{option} means nothing to this command", option=option)
    return options


class _Parser(ArgumentParser):
    """A parser whose complaint is one of ours, so that it reads and exits like all others."""

    def error(self, message: str) -> NoReturn:
        help_line = f"{self.prog} --help"
        if found := _MISSING.fullmatch(message):
            raise InputError("{what} is missing; see {help}", what=found[1], help=help_line)
        if found := _FOREIGN.fullmatch(message):
            raise InputError("{what} is not understood; see {help}", what=found[1], help=help_line)
        if found := _VALUELESS.fullmatch(message):
            raise InputError("{option} needs a value; see {help}", option=found[1], help=help_line)
        if found := _CHOICE.fullmatch(message):
            raise unknown(found[1], re.findall(r"[\w-]+", found[2]))
        raise InputError("{message}; see {help}", message=message, help=help_line)


def _amount(option: str) -> Callable[[str], float]:
    def amount(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0 < value < MOST:
            raise InputError(
                "{option}: must be a number above 0 and below {most}, and is {found}",
                option=option,
                most=MOST,
                found=text[:80],
            )
        return value

    return amount


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) < 65_536):
        raise InputError(
            "--port: must be a whole number from 0 to 65535, and is {found}", found=text[:80]
        )
    return int(text)


def _moment(option: str) -> Callable[[str], Instant]:
    def moment(text: str) -> Instant:
        try:
            return parse(text)
        except ValueError as cause:
            raise InputError(
                "{option}: must be a time with its zone from 1900 to 2200, "
                "such as 2026-11-20T03:00:00Z, and is {found}",
                option=option,
                found=text[:80],
            ) from cause

    return moment


def _one_of(option: str, known: Iterable[str]) -> Callable[[str], str]:
    words = sorted(known)

    def one(text: str) -> str:
        if text not in words:
            error = unknown(text, words)
            raise InputError(
                "{option}: {wrong}", option=option, wrong=Words(error.template, **error.facts)
            )
        return text

    return one


def _parser() -> _Parser:
    # What is not given is not there, so that a command does not undo what stood before it; and
    # parents share their options, so that a default set here would be every command's.
    json = _Parser(add_help=False, argument_default=SUPPRESS)
    json.add_argument("--json", action="store_true", help="print JSON")
    which = _Parser(add_help=False, argument_default=SUPPRESS, parents=[json])
    which.add_argument("--journal", metavar="URL", help="the journal")
    which.add_argument("--config", metavar="FILE", help="the site file that names the journal")
    ended = _Parser(add_help=False, argument_default=SUPPRESS, parents=[json])
    ended.add_argument(
        "--for", dest="for_s", type=_amount("--for"), metavar="SECONDS", help="end then"
    )
    watched = _Parser(add_help=False, argument_default=SUPPRESS, parents=[ended])
    watched.add_argument(
        "--watch-stdin",
        action="store_true",
        default=False,
        help="end when standard input is closed",
    )

    parser = _Parser(
        prog="paser-command",
        description="One console for a city's command room. Without a command: the console.",
        epilog="Exit codes: 0 done, 1 failed, 2 wrong input.",
        parents=[ended],
        allow_abbrev=False,
    )
    parser.set_defaults(run="console:console", takes=None)
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--config", metavar="FILE", help="the site file")
    parser.add_argument("--exercise", metavar="NAME", help="play this scenario's city")
    parser.add_argument(
        "--speed", type=_amount("--speed"), metavar="N", help="play it so many times faster"
    )
    parser.add_argument("--journal", metavar="URL", help="the exercise's journal")
    parser.add_argument("--screenshot", metavar="DIR", help="save a picture of each window")
    parser.add_argument(
        "--language",
        type=_one_of("--language", LANGUAGES),
        metavar="|".join(sorted(LANGUAGES)),
        help="the screen's language",
    )
    parser.add_argument("--who", metavar="NAME", help="the operator (default: the system's user)")
    parser.add_argument("--seat", metavar="NAME", help="the seat (default: this computer's name)")
    parser.add_argument(
        "--safe-mode",
        action="store_const",
        const=True,
        help="without others' panels, the remembered layout and automation",
    )
    _add_commands(parser, json, which, watched)
    return parser


def _add_commands(parser: _Parser, json: _Parser, which: _Parser, watched: _Parser) -> None:
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    collect = _command(commands, "collect", "run the collector alone", watched)
    collect.add_argument("--config", metavar="FILE", default=SUPPRESS, help="the site file")
    collect.add_argument(
        "--seat", metavar="NAME", default=SUPPRESS, help="the seat (default: this computer's name)"
    )
    collect.add_argument(
        "--one-feed", action="store_true", help="serve one feed to a collector, on its pipes"
    )
    collect.set_defaults(run="processes:collect", takes={"for_s", "config", "seat"})

    check = _command(commands, "check", "check a site file: every mistake at once", json)
    check.add_argument("file", metavar="FILE")
    check.set_defaults(run="checking:check", takes=())

    diagnose = _command(commands, "diagnose", "what support needs to know, in one file", json)
    diagnose.add_argument("file", metavar="FILE", nargs="?", help="the zip file to write")
    diagnose.add_argument("--config", metavar="FILE", default=SUPPRESS, help="the site file")
    diagnose.set_defaults(run="diagnoses:diagnose", takes={"config"})

    exercise = _command(commands, "exercise", "serve an exercise's city", watched)
    exercise.add_argument("name", metavar="NAME")
    exercise.add_argument(
        "--began", type=_moment("--began"), metavar="INSTANT", help="when it began (default: now)"
    )
    exercise.add_argument(
        "--speed",
        type=_amount("--speed"),
        default=SUPPRESS,
        metavar="N",
        help="play it so many times faster",
    )
    exercise.add_argument(
        "--port", type=_port, default=0, help="the port on loopback (default: any)"
    )
    exercise.set_defaults(run="processes:exercise", takes={"for_s", "speed"})

    _add_journals(commands, which)
    _add_layers(commands, json)
    _add_exports(commands, which)

    installed = _command(commands, "verify", "whether the installed files are as signed", json)
    installed.add_argument("--key", metavar="FILE", help="the release key, from elsewhere")
    installed.add_argument(
        "--repository",
        action="store_true",
        help="ask, besides, whether the repository shows its newest index",
    )
    installed.set_defaults(run="installations:verify", takes=())
    _add_sites(commands, json)

    picture = _command(commands, "picture", "the picture at a moment", which)
    picture.add_argument(
        "--at", type=_moment("--at"), metavar="INSTANT", help="RFC 3339 with a zone (default: now)"
    )
    readings = [reading.value for reading in Reading]
    picture.add_argument(
        "--as",
        dest="reading",
        type=_one_of("--as", readings),
        default=Reading.KNOWN.value,
        metavar="|".join(readings),
        help="what the room knew then, or what was so then",
    )
    picture.set_defaults(run="journals:show_picture", takes={"journal", "config"})


def _add_journals(commands: "_SubParsersAction[_Parser]", which: _Parser) -> None:
    journal = _command(commands, "journal", "look after a journal", which)
    names = "stats|verify|head|repair|quarantine|room|grants"
    acts = journal.add_subparsers(metavar=names, required=True, parser_class=_Parser)
    stats = _command(acts, "stats", "how much of what it holds", which)
    stats.set_defaults(run="journals:show_stats")
    verify = _command(acts, "verify", "whether it is sound", which)
    verify.add_argument("--head", metavar="FILE", default=None, help="a signed head of it")
    verify.set_defaults(run="journals:show_verify")
    head = _command(acts, "head", "its last record and digest, signed, to keep elsewhere", which)
    head.set_defaults(run="journals:show_head")
    repair = _command(acts, "repair", "save what can be read into a new journal", which)
    repair.add_argument("--into", metavar="URL", required=True, help="the new journal")
    repair.set_defaults(run="journals:run_repair")
    _add_quarantine(acts, which)
    room = _command(acts, "room", "who works on it, who collects, how it is replicated", which)
    room.set_defaults(run="rooms:show_room")
    grants = _command(acts, "grants", "the SQL that gives a database's role its rights", which)
    grants.add_argument(
        "--role",
        required=True,
        type=_one_of("--role", ROLES),
        metavar="|".join(ROLES),
        help="what it may do",
    )
    grants.add_argument("name", metavar="NAME", help="the database's role")
    grants.set_defaults(run="rooms:show_grants")
    journal.set_defaults(takes={"journal", "config"})


def _add_quarantine(journal: "_SubParsersAction[_Parser]", which: _Parser) -> None:
    of_feed = _Parser(add_help=False, parents=[which])
    of_feed.add_argument("--feed", metavar="ID", help="of this feed only")
    kept = _command(journal, "quarantine", "records that were not taken", of_feed)
    kept.set_defaults(run="quarantine:show")
    acts = kept.add_subparsers(metavar="replay|clear", parser_class=_Parser)
    replay = _command(acts, "replay", "take up those that are good now", of_feed)
    replay.set_defaults(run="quarantine:replay")
    clear = _command(acts, "clear", "let them go", of_feed)
    clear.set_defaults(run="quarantine:clear")


def _add_sites(commands: "_SubParsersAction[_Parser]", json: _Parser) -> None:
    site = _command(commands, "site", "a site for many machines", json)
    acts = site.add_subparsers(metavar="build", required=True, parser_class=_Parser)
    build = _command(acts, "build", "a Debian package of a folder with its site.toml", json)
    build.add_argument("folder", metavar="FOLDER")
    build.add_argument("--name", required=True, metavar="NAME", help="the site's short name")
    build.add_argument(
        "--package-version", required=True, metavar="VERSION", help="the package's version"
    )
    build.add_argument("--output", default=".", metavar="DIR", help="where to (default: here)")
    build.set_defaults(run="installations:build_site", takes=())
    site.set_defaults(takes=())


def _add_layers(commands: "_SubParsersAction[_Parser]", json: _Parser) -> None:
    vector = _Parser(add_help=False, parents=[json])
    vector.add_argument("file", metavar="FILE")
    vector.add_argument("--table", default="", metavar="NAME", help="the table in the file")
    vector.add_argument("--crs", default="", metavar="EPSG:N", help="its coordinate system")
    vector.add_argument("--encoding", default="", metavar="NAME", help="the encoding of its texts")
    vector.add_argument("--x-field", default="", metavar="COLUMN", help="a table's eastings")
    vector.add_argument("--y-field", default="", metavar="COLUMN", help="a table's northings")
    layer = _command(commands, "layer", "look at a file for the map", json)
    acts = layer.add_subparsers(metavar="check|read", required=True, parser_class=_Parser)
    check = _command(acts, "check", "what is in a file, and what would be left out", vector)
    check.set_defaults(run="layers:check")
    read = _command(acts, "read", "read a file for a console, as columns", vector)
    read.add_argument("--into", required=True, metavar="FOLDER", help="where the columns go")
    read.set_defaults(run="layers:read")
    layer.set_defaults(takes=())


def _add_exports(commands: "_SubParsersAction[_Parser]", which: _Parser) -> None:
    export = _command(commands, "export", "put into files what a journal holds", which)
    forms = export.add_subparsers(metavar="map", required=True, parser_class=_Parser)
    web_map = _command(forms, "map", "a web map, which opens without a network", which)
    web_map.add_argument("output", metavar="FILE", help="the HTML file to write")
    web_map.add_argument("--title", metavar="TEXT", help="what stands above it (default: Map)")
    web_map.add_argument(
        "--from", dest="start", type=_moment("--from"), metavar="INSTANT", help="make it a span"
    )
    web_map.add_argument(
        "--at", type=_moment("--at"), metavar="INSTANT", help="the moment, or the end of the span"
    )
    web_map.add_argument(
        "--language",
        type=_one_of("--language", LANGUAGES),
        default=SUPPRESS,
        metavar="|".join(sorted(LANGUAGES)),
        help="the map's language",
    )
    web_map.add_argument(
        "--personal", action="store_true", help="with streets and operators' names"
    )
    web_map.set_defaults(run="maps:export_map", takes={"journal", "config", "language"})


def _command(
    commands: "_SubParsersAction[_Parser]", name: str, does: str, parent: _Parser
) -> _Parser:
    return commands.add_parser(
        name, help=does, description=does, parents=[parent], allow_abbrev=False
    )
