"""A file read in this process: what a reading process would tell, as values."""

from pathlib import Path
from tempfile import TemporaryDirectory

from paser_command.maps.definition import FileSource
from paser_command.maps.vector.messages import (
    ChunkAt,
    Done,
    Failed,
    Message,
    Understood,
    take_shapes,
)
from paser_command.maps.vector.shapes import Kind, Shapes, value_text
from paser_command.maps.vector.streaming import stream


class Taken:
    """What came of a file."""

    def __init__(self, path: Path, **source: str) -> None:
        self.chunks: list[Shapes] = []
        self.understood = Understood(format="")
        self.done: Done | None = None
        self.failed: Failed | None = None
        with TemporaryDirectory() as folder:
            self._folder = Path(folder)
            stream(FileSource(path=str(path), **source), self._folder, self._hear)
            self.left_over = list(self._folder.iterdir())

    def _hear(self, message: Message) -> None:
        if isinstance(message, ChunkAt):
            self.chunks.append(take_shapes(message, self._folder))
        elif isinstance(message, Understood):
            self.understood = message
        elif isinstance(message, Done):
            self.done = message
        else:
            self.failed = message

    @property
    def shapes(self) -> Shapes:
        """The one chunk of a small file."""
        (chunk,) = self.chunks
        return chunk

    @property
    def kinds(self) -> list[Kind]:
        """The features' kinds."""
        return [Kind(kind) for chunk in self.chunks for kind in chunk.kinds.tolist()]

    @property
    def skipped(self) -> dict[str, int]:
        """What was left out."""
        assert self.done is not None, self.sentence
        return self.done.skipped

    @property
    def mended(self) -> dict[str, int]:
        """What was mended."""
        assert self.done is not None, self.sentence
        return self.done.mended

    @property
    def sentence(self) -> str:
        """The error, "" where there is none."""
        return self.failed.template.format(**self.failed.facts) if self.failed else ""

    def texts(self, field: str) -> list[str]:
        """The values of an attribute as texts."""
        return [
            value_text(chunk.fields[field], index)
            for chunk in self.chunks
            for index in range(len(chunk.kinds))
        ]
