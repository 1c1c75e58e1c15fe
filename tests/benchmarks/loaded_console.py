"""The console as a user starts it, keeper and all, which measures itself while it acts.

Run as a process: the arguments are those of paser-command. It prints lines of JSON: its process
when it starts, and once so many incidents stand and so many acts were done (by the environment),
what was measured. It goes on after that until it is ended.
"""

import json
import os
import sys
import time

from PySide6.QtCore import QTimer

from paser_command.cli.main import main
from paser_ui import app
from tests.benchmarks.p11_act_to_screen import Watch
from tests.benchmarks.rig import LoopGaps, run_until

LOAD_S = 300.0
WARM_S = 15.0
LONGEST_ACT_S = 30.0
PAUSE_S = 0.4


class LoadedConsole(app.Console):
    """Acts as an operator does, with the key that acknowledges what stands in the strip."""

    def start(self) -> None:
        """Start, and begin to measure."""
        super().start()
        self._say(pid=os.getpid())
        self._gaps = LoopGaps()
        # By a timer: the loop has to run already.
        self._beginning = QTimer(interval=0, singleShot=True)
        self._beginning.timeout.connect(self._measure)
        self._beginning.start()

    def _measure(self) -> None:
        began_s = time.monotonic()
        wanted = int(os.environ["P13_INCIDENTS"])
        picture = self._options.session
        loaded = run_until(lambda: len(picture.live_picture.incidents) >= wanted, LOAD_S)
        load_s = time.monotonic() - began_s
        run_until(lambda: self.collector is not None and self.collector.pid is not None, LOAD_S)
        run_until(lambda: False, WARM_S)
        loading_ms = max(self._gaps.late_ms)
        self._gaps.late_ms.clear()
        watch = Watch(self, lists=False)
        acts_ms = [self._act(watch) for _ in range(int(os.environ["P13_ACTS"]))]
        self._say(
            loaded=loaded,
            load_s=load_s,
            loading_gap_ms=loading_ms,
            gap_ms=max(self._gaps.late_ms),
            acts_ms=acts_ms,
            console=os.getpid(),
            collector=self.collector.pid if self.collector else None,
        )

    def _act(self, watch: Watch) -> float:
        """Acknowledge; return the milliseconds to the strip's paint, the longest wait for none."""
        watch.strip_ms.clear()
        run_until(lambda: self.window.strip.top is not None, LONGEST_ACT_S, every_ms=20)
        watch.press(self.window)
        run_until(lambda: watch.done and bool(watch.strip_ms), LONGEST_ACT_S, every_ms=20)
        run_until(lambda: False, PAUSE_S, every_ms=10)
        return watch.strip_ms[0] if watch.strip_ms else LONGEST_ACT_S * 1000

    def _say(self, **told: object) -> None:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app.Console = LoadedConsole  # type: ignore[misc]
    sys.exit(main(sys.argv[1:]))
