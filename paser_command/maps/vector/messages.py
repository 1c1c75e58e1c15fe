"""What a reading process tells its console: lines of JSON, and arrays in files beside them."""

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from paser_command.maps.vector.shapes import Column, Shapes, Texts

_ALIGNED = 64
_BODY, _OFFSETS = "body", "offsets"


class Table(msgspec.Struct, frozen=True):
    """A layer in a file; `count` is -1 where that is not known before it is read."""

    name: str
    count: int


class Understood(msgspec.Struct, frozen=True, kw_only=True, tag="understood"):
    """What the file seems to be, told before its features.

    `system` is the coordinate system's code, or its name where it has none; `system_from` tells
    where that is from: from the person, the file, the look of the numbers, or from nowhere.
    """

    format: str
    tables: tuple[Table, ...] = ()
    table: str = ""
    system: str = ""
    system_name: str = ""
    system_from: Literal["given", "file", "assumed", "missing"] = "file"
    encoding: str = ""
    columns: tuple[str, ...] = ()
    x_field: str = ""
    y_field: str = ""


class ArrayAt(msgspec.Struct, frozen=True, array_like=True):
    """An array in a chunk's file: its name, type, shape, and first byte."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int


class ChunkAt(msgspec.Struct, frozen=True, kw_only=True, tag="chunk"):
    """Features that were read: the file that holds them, and how far the reading is (0 to 1)."""

    file: str
    first: int
    arrays: tuple[ArrayAt, ...]
    share: float


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """All was read: what was left out and what was mended, by reason."""

    skipped: dict[str, int]
    mended: dict[str, int]


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """It could not be read: the error's sentence and facts."""

    template: str
    facts: dict[str, str | int | float]


Message = Understood | ChunkAt | Done | Failed
LINE = msgspec.json.Decoder(Message)


def write_shapes(shapes: Shapes, path: Path) -> tuple[ArrayAt, ...]:
    """Write the columns into a file; return where each stands."""
    placed: list[ArrayAt] = []
    with path.open("wb") as file:
        for name, array in _arrays(shapes):
            file.write(bytes(-file.tell() % _ALIGNED))
            placed.append(ArrayAt(name, array.dtype.str, array.shape, file.tell()))
            file.write(np.ascontiguousarray(array).data)
        file.write(b"\0")
    return tuple(placed)


def take_shapes(at: ChunkAt, folder: Path) -> Shapes:
    """Return the columns of a chunk as views of its file, which is gone from its folder then.

    ValueError or OSError where the file is not what the chunk says.
    """
    path = folder / Path(at.file).name
    with path.open("rb") as file:
        body = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    path.unlink()
    found = {array.name: _view(body, array) for array in at.arrays}
    fields = {
        name[2:]: Texts(found[f"{_BODY} {name[2:]}"], found[f"{_OFFSETS} {name[2:]}"])
        if name.startswith("t ")
        else array
        for name, array in found.items()
        if name.startswith(("t ", "n "))
    }
    return Shapes(
        at.first,
        found["kinds"],
        found["coords"],
        found["rings"],
        found["begins"],
        found["features"],
        fields,
    )


def _arrays(shapes: Shapes) -> list[tuple[str, NDArray[Any]]]:
    arrays: list[tuple[str, NDArray[Any]]] = [
        ("kinds", shapes.kinds),
        ("coords", shapes.coords),
        ("rings", shapes.rings),
        ("begins", shapes.begins),
        ("features", shapes.features),
    ]
    return [*arrays, *_field_arrays(shapes.fields)]


def _field_arrays(fields: Mapping[str, Column]) -> list[tuple[str, NDArray[Any]]]:
    arrays: list[tuple[str, NDArray[Any]]] = []
    for name, column in fields.items():
        if isinstance(column, Texts):
            # An empty one marks the place of the column among the others.
            arrays.append((f"t {name}", np.zeros(0, np.uint8)))
            arrays.append((f"{_BODY} {name}", column.body))
            arrays.append((f"{_OFFSETS} {name}", column.offsets))
        else:
            arrays.append((f"n {name}", column))
    return arrays


def _view(body: mmap.mmap, at: ArrayAt) -> NDArray[Any]:
    count = int(np.prod(at.shape))
    if not count:
        return np.zeros(at.shape, at.dtype)
    return np.frombuffer(body, at.dtype, count, at.start).reshape(at.shape)
