"""The reading process: a file in, columns out, piece by piece, told in lines of JSON."""

import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import msgspec
import shapely
from pyproj import CRS

from paser_command.errors import InputError, PaserError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.building import Batch, Builder, Tally
from paser_command.maps.vector.messages import (
    ChunkAt,
    Done,
    Failed,
    Message,
    Understood,
    write_shapes,
)
from paser_command.maps.vector.opening import open_file
from paser_command.maps.vector.shapes import Mend, Skip
from paser_command.maps.vector.systems import (
    DEGREES,
    code_of,
    looks_like_degrees,
    system_of,
    to_degrees,
)

MOST_MEMORY = 3 << 30
"""Bytes of address space that a reading process gets."""

MOST_FEATURES = 5_000_000
MOST_POSITIONS = 60_000_000

Tell = Callable[[Message], None]


def limit_memory() -> None:
    """Take no more memory from the system than a file may need; a file that wants more fails."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def stream(source: FileSource, folder: Path, tell: Tell) -> None:
    """Read the file into chunks in the folder; the last that is told is Done or Failed."""
    tally: Tally = Counter()
    try:
        _stream(source, folder, tell, tally)
    except PaserError as error:
        facts = {name: str(fact)[:200] for name, fact in error.facts.items()}
        tell(Failed(error.template, dict(facts)))
    except MemoryError:
        _fail(tell, InputError("{file} needs more memory than a file gets", file=_name(source)))
    except (shapely.GEOSException, RecursionError, OSError):
        _fail(tell, InputError("{file} is damaged and cannot be read", file=_name(source)))
    else:
        tell(Done(skipped=_counts(tally, Skip), mended=_counts(tally, Mend)))


def say(message: Message) -> None:
    """Tell the starter in a line on standard output."""
    sys.stdout.buffer.write(msgspec.json.encode(message) + b"\n")
    sys.stdout.buffer.flush()


def _counts(tally: Tally, reasons: Iterable[str]) -> dict[str, int]:
    return {str(reason): tally[reason] for reason in reasons if tally[reason]}


def _fail(tell: Tell, error: InputError) -> None:
    tell(Failed(error.template, {name: str(fact) for name, fact in error.facts.items()}))


def _name(source: FileSource) -> str:
    return Path(source.path).name


def _stream(source: FileSource, folder: Path, tell: Tell, tally: Tally) -> None:
    opened = open_file(source, tally)
    system, batches, where = opened.system, opened.batches, "file"
    if source.crs:
        system, where = system_of(source.crs), "given"
    elif system is None:
        # Whoever has to choose is told what there is to choose from.
        tell(_located(opened.understood, None, "missing"))
        system, batches = _assumed(batches, _name(source))
        where = "assumed"
    tell(_located(opened.understood, system, where))
    builder = Builder(to_degrees(system), tally)
    positions = features = 0
    for number, batch in enumerate(batches):
        if features > MOST_FEATURES or positions > MOST_POSITIONS:
            tally[Skip.OVER_LIMIT] += len(batch.geometries)
            continue
        shapes = builder.build(batch)
        features += shapes.count
        positions += len(shapes.coords)
        name = f"{number}.columns"
        arrays = write_shapes(shapes, folder / name)
        tell(ChunkAt(file=name, first=shapes.first, arrays=arrays, share=batch.share))


def _assumed(batches: Iterator[Batch], name: str) -> tuple[CRS, Iterator[Batch]]:
    """Return degrees, where the first numbers could be such, and all the batches."""
    first = list(islice(batches, 1))
    if first and not looks_like_degrees(shapely.get_coordinates(first[0].geometries)):
        raise InputError(
            "{file} does not tell its coordinate system, and has no degrees: choose the system",
            file=name,
        )
    return system_of(DEGREES), chain(first, batches)


def _located(understood: Understood, system: CRS | None, where: str) -> Understood:
    if system is None:
        return msgspec.structs.replace(understood, system_from=where)
    return msgspec.structs.replace(
        understood, system=code_of(system), system_name=system.name[:80], system_from=where
    )
