"""Rules of what brings a workspace up: a readable file, checked with every mistake named."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from paser_command.errors import InputError
from paser_command.records import FeedState, Severity
from paser_command.toml_check import Fault
from paser_command.toml_file import text_in
from paser_command.toml_lines import KeyPath
from paser_command.workspaces.definition import PanelType
from paser_command.workspaces.kept import KeptFile
from paser_command.workspaces.room import WorkspaceId
from paser_command.workspaces.versions import Upgrades, versioned
from paser_command.workspaces.writing import pairs

FILE = "automation.toml"
FORMAT = 1
MOST_RULES = 100

When = Literal["incident", "alert", "feed", "alarm"]
SeverityName = Literal["", "none", "low", "medium", "high", "critical"]
Code = Annotated[str, msgspec.Meta(max_length=200)]

WorkspaceIdOrNone = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([a-z0-9][a-z0-9-]{0,59})?\Z",
        description="an id of a workspace: 1 to 60 of the characters a to z, 0 to 9 and -",
    ),
]

_UPGRADES: Upgrades = {}

_CONDITIONS: Mapping[str, Sequence[str]] = {
    "incident": ("category", "severity", "area"),
    "alert": ("severity", "feed"),
    "feed": ("feed", "state"),
    "alarm": ("severity", "area"),
}


class Rule(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What it waits for, and what it does then. A condition that is "" is none.

    `severity` is the least, `state` of a feed too: what is late also holds for a failing one.
    `area` is the code of a district or of what it lies in, or the key of a geofence. A `workspace`
    comes up on the desk or on the walls; a wall goes back after `stay_s`, with 0 when somebody
    takes it back. `centre` moves the map to the thing, `open` are types of panels.
    """

    id: WorkspaceId
    enabled: bool = True
    when: When
    category: Code = ""
    severity: SeverityName = ""
    feed: Code = ""
    state: Literal["", "late", "failing"] = ""
    area: Code = ""
    workspace: WorkspaceIdOrNone = ""
    on: Literal["desk", "wall"] = "desk"
    centre: bool = False
    select: bool = False
    open: Annotated[tuple[PanelType, ...], msgspec.Meta(max_length=20)] = ()
    stay_s: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 0.0

    @property
    def least(self) -> int:
        """The least severity, as a number; of feeds the least rank of the state."""
        if self.when == "feed":
            return FEED_RANK[FeedState(self.state or FeedState.LATE)]
        return Severity[self.severity.upper()] if self.severity else Severity.NONE


FEED_RANK: Mapping[FeedState, int] = {
    FeedState.STARTING: 0,
    FeedState.LIVE: 0,
    FeedState.LATE: 1,
    FeedState.FAILING: 2,
}
"""How bad it is what a feed does, as severities are ranked for other things."""


class Rules(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"rules": "rule"}
):
    """All rules, in the order in which they act."""

    format: Annotated[int, msgspec.Meta(ge=1)] = FORMAT
    rules: Annotated[tuple[Rule, ...], msgspec.Meta(max_length=MOST_RULES)] = ()


def rules_file(home: Path, delivered: Path) -> KeptFile[Rules]:
    """Return the file in a person's folder; without it, or a good one of it, the delivered one."""
    return KeptFile(
        home / FILE,
        parse=parse,
        text_of=text_of,
        default=lambda: parse(delivered, text_in(delivered)),
    )


def parse(path: Path, text: str) -> Rules:
    """Return the rules in a file's text; ConfigError with every mistake in it."""
    file = versioned(path, text, Rules, _UPGRADES, ours=FORMAT)
    for where, rule in file.parts(Rule):
        file.refuse(_faults(rule, where))
    for _, rules in file.parts(Rules):
        file.refuse(_doubles(rules))
    return file.value()


def text_of(rules: Rules) -> str:
    """Return the rules as TOML."""
    lines = [f"format = {rules.format}"]
    for rule in rules.rules:
        lines += ["", "[[rule]]", *pairs(msgspec.to_builtins(rule))]
    return "\n".join(lines) + "\n"


def _faults(rule: Rule, where: KeyPath) -> Iterator[Fault]:
    for condition in ("category", "severity", "feed", "state", "area"):
        if getattr(rule, condition) and condition not in _CONDITIONS[rule.when]:
            yield (
                (*where, condition),
                InputError(
                    "{when} has no {condition}. Allowed: {known}",
                    when=rule.when,
                    condition=condition,
                    known=", ".join(_CONDITIONS[rule.when]),
                ),
            )
    if not (rule.workspace or rule.centre or rule.select or rule.open):
        yield (
            where,
            InputError("the rule does nothing: give it a workspace, centre, select or open"),
        )
    if rule.stay_s and (rule.on != "wall" or not rule.workspace):
        yield (
            (*where, "stay_s"),
            InputError("only a workspace on a wall goes back by itself"),
        )


def _doubles(rules: Rules) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, rule in enumerate(rules.rules):
        if rule.id in seen:
            yield ("rule", place, "id"), InputError("there is another rule {id}", id=rule.id)
        seen.add(rule.id)
