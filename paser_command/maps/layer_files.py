"""Layer definitions as JSON: a file to share, and the text that a workspace keeps.

The file's name ends in .paserlayers. It is written whole or not at all. Reading trusts nothing: a
wrong file is refused with every mistake in it named.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import msgspec

from paser_command.errors import ConfigError, InputError, Mistake, PaserError
from paser_command.maps.definition import LayerDefinition, faults
from paser_command.toml_check import Fault, Part, check
from paser_command.toml_file import key_words

SUFFIX = ".paserlayers"
VERSION = 1
MOST_LAYERS = 500
LARGEST_BYTES = 2 * 1024 * 1024


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    layers: Annotated[tuple[LayerDefinition, ...], msgspec.Meta(max_length=MOST_LAYERS)]


def encode(layers: Sequence[LayerDefinition]) -> bytes:
    """Return the definitions as JSON in UTF-8, on one line."""
    return msgspec.json.encode(_File(VERSION, tuple(layers)))


def decode(body: bytes, path: str) -> tuple[LayerDefinition, ...]:
    """Return the definitions in the JSON; InputError names every mistake, and `path`."""
    tree = _tree(body, path)
    mistakes = [Mistake(0, key_words(where), error) for where, error in _faults(tree)]
    if mistakes:
        raise ConfigError(path, mistakes)
    return msgspec.convert(tree, _File).layers


def load(path: Path) -> tuple[LayerDefinition, ...]:
    """Return the definitions in a file; InputError says what is wrong with it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError("{path} is not a file", path=path)
        with path.open("rb") as file:
            body = file.read(LARGEST_BYTES + 1)
    except OSError as cause:
        raise InputError(
            "{path} cannot be read: {cause}", path=path, cause=cause.strerror
        ) from cause
    return decode(body, str(path))


def save(path: Path, layers: Sequence[LayerDefinition]) -> None:
    """Write the definitions into a file by rename; PaserError says why that fails."""
    body = msgspec.json.format(encode(layers), indent=1)
    written = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with written.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, path)
    except OSError as cause:
        with suppress(OSError):
            written.unlink()
        raise PaserError(
            "{path} cannot be written: {cause}", path=path, cause=cause.strerror
        ) from cause


def _tree(body: bytes, path: str) -> Any:
    if len(body) > LARGEST_BYTES:
        raise InputError(
            "{path} is larger than {limit_mib} MiB: it is no file of layers",
            path=path,
            limit_mib=LARGEST_BYTES // 1024**2,
        )
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as cause:
        raise InputError(
            "{path} is no file of layers: it is not JSON ({cause})", path=path, cause=cause
        ) from cause
    version = tree.get("version") if isinstance(tree, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise InputError(
            "{path} is of version {theirs}, this program knows up to {ours}: install a newer one",
            path=path,
            theirs=version,
            ours=VERSION,
        )
    return tree


def _faults(tree: Any) -> Iterator[Fault]:
    parts: list[Part] = []
    yield from check(tree, _File, parts)
    seen: set[str] = set()
    for part in parts:
        if isinstance(part.value, LayerDefinition):
            yield from ((((*part.where, *where)), error) for where, error in faults(part.value))
            if part.value.id in seen:
                yield (
                    (*part.where, "id"),
                    InputError("{id} is there twice; each layer has its own", id=part.value.id),
                )
            seen.add(part.value.id)
