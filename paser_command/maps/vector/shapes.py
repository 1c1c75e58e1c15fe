"""Shapes as columns: many features with their places and attributes, without an object each."""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_NAMES = ("nama", "name", "namobj", "label", "judul", "title", "wadmkd", "wadmkc", "wadmkk")
"""What the column is called that names a feature, the likeliest first."""


class Kind(IntEnum):
    """What a feature consists of."""

    POINT = 0
    LINE = 1
    AREA = 2


class Skip(StrEnum):
    """Why a feature, or a line of a file, was left out."""

    EMPTY = "empty"
    NOT_FINITE = "not_finite"
    OUTSIDE = "outside"
    BROKEN = "broken"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    CURVED = "curved"
    NO_PLACE = "no_place"
    OVER_LIMIT = "over_limit"


class Mend(StrEnum):
    """What was mended; the features are there."""

    CROSSING = "crossing"
    VALUE = "value"
    TEXT = "text"
    SPLIT = "split"


class Texts(msgspec.Struct, frozen=True):
    """A column of texts: UTF-8 one after the other, and where each begins; "" where there is none.

    `offsets` has one entry more than there are texts.
    """

    body: NDArray[np.uint8]
    offsets: IntArray

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Return the texts as a column."""
        bodies = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.zeros(len(bodies) + 1, np.int64)
        np.cumsum([len(body) for body in bodies], out=offsets[1:])
        return cls(np.frombuffer(b"".join(bodies), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self.offsets[index], self.offsets[index + 1]
        return self.body[start:end].tobytes().decode("utf-8", "replace")

    def all(self) -> list[str]:
        """Return all of them as texts."""
        body = self.body.tobytes()
        pieces = pairwise(self.offsets.tolist())
        return [body[start:end].decode("utf-8", "replace") for start, end in pieces]


Column = FloatArray | Texts


class Shapes(msgspec.Struct, frozen=True):
    """Features of one file, or a part of them, in the file's order.

    A feature is its rings: single places, lines, or the closed rings of its areas. Outer rings of
    areas turn left and holes turn right, so that both filling rules give the same.
    """

    first: int
    """The number of the first feature in its file, from 0."""
    kinds: NDArray[np.int8]
    coords: FloatArray
    """Longitude and latitude in degrees: (positions, 2)."""
    rings: IntArray
    """Where each ring begins in `coords`, and the end of the last."""
    begins: NDArray[np.bool_]
    """Of each ring whether a part begins with it: false for holes only."""
    features: IntArray
    """Where each feature begins in `rings`, and the end of the last."""
    fields: Mapping[str, Column]
    """Attributes: numbers with NaN where there is none, or texts."""

    @property
    def count(self) -> int:
        """How many features there are."""
        return len(self.kinds)

    def places_of(self, index: int) -> list[FloatArray]:
        """Return the rings of a feature, each as (positions, 2) in degrees."""
        bounds = self.rings[self.features[index] : self.features[index + 1] + 1].tolist()
        return [self.coords[start:end] for start, end in pairwise(bounds)]


def name_field(fields: Iterable[str]) -> str:
    """Return the column that seems to name the features; "" where none does."""
    folded = {field.casefold(): field for field in fields}
    for name in _NAMES:
        if name in folded:
            return folded[name]
    return next((folded[name] for name in folded if name.startswith(("nama", "name"))), "")


def value_text(column: Column, index: int) -> str:
    """Return a value as plain text; "" where there is none. Whole numbers have no decimals."""
    if isinstance(column, Texts):
        return column[index]
    value = float(column[index])
    if not np.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"


def column_of(values: Sequence[object], *, number: bool) -> tuple[Column, int]:
    """Return the values as a column of numbers or texts, and how many of them did not fit."""
    if not number:
        return Texts.of("" if value is None else str(value) for value in values), 0
    misfits = 0
    numbers = np.full(len(values), np.nan)
    for index, value in enumerate(values):
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                numbers[index] = value
            except OverflowError:
                misfits += 1
        elif value is not None and value != "":
            misfits += 1
    return numbers, misfits
