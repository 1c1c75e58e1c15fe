"""A producer of numbers over real HTTP: a SensorThings service that measures so much a second.

Run as a process: `python -m tests.benchmarks.producer RATE SECONDS`. Prints its URL. GET /count
tells how many observations it has measured in all, and whether it has ended.
"""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from paser_command.times import SECOND, Instant, iso, now, parse

STREAMS = 200
_SINCE = re.compile(r"phenomenonTime ge (\S+)")


class Producer:
    """What is measured is a function of time: number n at began + n / rate, on stream n % 200."""

    def __init__(self, rate: int, seconds: float) -> None:
        self.rate = rate
        self.total = int(rate * seconds)
        self.began: Instant | None = None

    def measured(self) -> int:
        """Return how many numbers were measured up to now."""
        if self.began is None:
            return 0
        return min(self.total, (now() - self.began) * self.rate // SECOND)

    def observations(self, since: Instant, top: int) -> tuple[bytes, bool]:
        """Return a page of what was measured since, and whether there is more."""
        began = self.began
        if began is None:
            return b'{"value":[]}', False
        step = SECOND // self.rate
        first = max(0, (since - began) // step)
        end = self.measured()
        last = min(end, first + top)
        rows = (
            f'{{"phenomenonTime":"{iso(began + n * step)}","result":{n % 997 / 100},'
            f'"Datastream":{{"@iot.id":{n % STREAMS}}}}}'
            for n in range(first, last)
        )
        return b'{"value":[' + ",".join(rows).encode() + b"]}", last < end


def _datastreams() -> bytes:
    streams = [
        {
            "@iot.id": n,
            "name": f"Muka air {n}",
            "description": "",
            "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
            "unitOfMeasurement": {"name": "metre", "symbol": "m", "definition": ""},
            "properties": {"interval_s": 1},
            "Thing": {
                "@iot.id": n,
                "name": f"Pos {n}",
                "Locations": [
                    {
                        "encodingType": "application/geo+json",
                        "location": {
                            "type": "Point",
                            "coordinates": [115.8 + n % 20 * 0.04, -2.2 + n // 20 * 0.1],
                        },
                    }
                ],
            },
        }
        for n in range(STREAMS)
    ]
    return json.dumps({"value": streams}).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    producer: ClassVar[Producer]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/count":
            ended = self.producer.measured() == self.producer.total
            self._answer(json.dumps({"count": self.producer.measured(), "ended": ended}).encode())
        elif parts.path == "/go":
            self.producer.began = now()
            self._answer(b"{}")
        elif parts.path.endswith("/Datastreams"):
            self._answer(_datastreams())
        else:
            self._answer(self._observations(asked))

    def _observations(self, asked: dict[str, str]) -> bytes:
        since = parse(_SINCE.findall(asked["$filter"])[0])
        top = int(asked.get("$top", "10000"))
        page, more = self.producer.observations(since, top)
        if more and self.producer.began is not None:
            host = self.headers["Host"]
            step = SECOND // self.producer.rate
            reached = iso(since + top * step)
            link = f"http://{host}{urlsplit(self.path).path}?$filter=phenomenonTime ge {reached}"
            page = (
                page[:-1] + f',"@iot.nextLink":"{link}&$top={top}"}}'.replace(" ", "%20").encode()
            )
        return page

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until standard input is closed."""
    _Handler.producer = Producer(int(sys.argv[1]), float(sys.argv[2]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    while sys.stdin.readline():
        time.sleep(0)


if __name__ == "__main__":
    main()
