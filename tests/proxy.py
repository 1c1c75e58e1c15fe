"""A loopback TCP proxy between a program and its server, which does what bad networks do."""

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

_CHUNK = 65_536
_RESET = struct.pack("ii", 1, 0)
"""Lingers for no time: the other side is reset, as by a firewall that forgot it."""


class Proxy:
    """Forwards to a port of loopback. What it does to the bytes may be changed at any time.

    `delay_s` is for each way, `rate` in bytes a second for each way of a connection, None for as
    fast as it goes.
    """

    def __init__(self, port: int) -> None:
        self.delay_s = 0.0
        self.rate: float | None = None
        self._to = port
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._refusing = False
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        self.flow()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def swallow(self) -> None:
        """Forward nothing any more; connections stay open, and new ones are taken."""
        self._soon(self._flowing.clear)

    def refuse(self) -> None:
        """Reset what is open and what comes."""
        self._refusing = True
        self.cut()

    def cut(self) -> None:
        """Reset what is open."""
        self._soon(self._reset_all)

    def flow(self) -> None:
        """Forward again: what was held back comes late, as after TCP's own repetitions."""
        self._refusing = False
        self._soon(self._flowing.set)

    @contextmanager
    def swallowing(self) -> Iterator[None]:
        """Forward nothing for as long as the block lasts."""
        self.swallow()
        try:
            yield
        finally:
            self.flow()

    def _soon(self, act: Callable[[], None]) -> None:
        done = threading.Event()

        def run() -> None:
            act()
            done.set()

        self._loop.call_soon_threadsafe(run)
        done.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        serving = asyncio.start_server(self._serve, sock=self._listening)
        server = self._loop.run_until_complete(serving)
        self._loop.run_forever()
        server.close()
        self._reset_all()
        self._loop.run_until_complete(_end_all())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            _reset(writer)
            return
        self._open.add(writer)
        try:
            await self._flowing.wait()
            inner, outer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            _reset(writer)
            self._open.discard(writer)
            return
        self._open.add(outer)
        # The stream's own callback tells a task that was cancelled as a failure.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._pump(reader, outer), self._pump(inner, writer))
        self._open -= {writer, outer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward one way until it ends, then end the other side's."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        sending = asyncio.create_task(self._send(under_way, writer))
        with contextlib.suppress(OSError):
            while data := await reader.read(_CHUNK):
                await under_way.put((time.monotonic() + self.delay_s, data))
        await under_way.put((time.monotonic() + self.delay_s, b""))
        await sending

    async def _send(
        self, under_way: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter
    ) -> None:
        data = b"x"
        with contextlib.suppress(OSError):
            while data:
                due_s, data = await under_way.get()
                await asyncio.sleep(max(0.0, due_s - time.monotonic()))
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
                if self.rate is not None:
                    await asyncio.sleep(len(data) / self.rate)
        while data:
            _, data = await under_way.get()
        writer.close()

    def _reset_all(self) -> None:
        for writer in self._open:
            _reset(writer)


async def _end_all() -> None:
    """End all that still runs in the loop, and let what was reset be closed."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for _ in range(3):
        await asyncio.sleep(0)


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
