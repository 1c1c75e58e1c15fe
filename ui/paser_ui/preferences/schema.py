"""What can be set, read from the settings' own type: words, choices, when it takes effect."""

from collections.abc import Iterator

import msgspec
from msgspec import inspect

from paser_ui.settings import Settings

Value = str | int | bool


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A setting: its name in `Settings`, its English words, and what it may be."""

    name: str
    title: str
    help: str
    choices: tuple[Value, ...]
    unit: str = ""
    at_next_start: bool = False

    @property
    def flag(self) -> bool:
        """Whether it is on or off, and nothing else."""
        return self.choices == (False, True)


def fields() -> list[Field]:
    """Return all settings that a person is asked for, in the order of the type."""
    return list(_fields())


def _fields() -> Iterator[Field]:
    told = inspect.type_info(Settings)
    assert isinstance(told, inspect.StructType)
    for field in told.fields:
        if not isinstance(field.type, inspect.Metadata):
            continue
        words, extra = field.type.extra_json_schema or {}, field.type.extra or {}
        yield Field(
            name=field.name,
            title=words["title"],
            help=words["description"],
            choices=tuple(extra.get("choices", ())) or _choices(field.type.type, extra),
            unit=extra.get("unit", ""),
            at_next_start=extra.get("at_next_start", False),
        )


def _choices(kind: inspect.Type, extra: dict[str, object]) -> tuple[Value, ...]:
    match kind:
        case inspect.BoolType():
            return (False, True)
        case inspect.LiteralType(values):
            return tuple(value for value in values if isinstance(value, str))
        case inspect.IntType(ge=int(least), le=int(most)):
            step = extra["step"]
            assert isinstance(step, int)
            return tuple(range(least, most + 1, step))
    raise TypeError(f"no dialog can ask for {kind}")
