"""Keeps awake as a console does: python -m tests.ui.wall.awake_run; tells how often it did so."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from paser_ui.wall.awake import Awake


def tell(*facts):
    sys.stdout.write(" ".join(map(str, facts)) + "\n")
    sys.stdout.flush()


def run():
    app = QApplication(sys.argv)
    awake = Awake()
    awake._timer.setInterval(20)
    awake.start()
    tell("began", awake.resets)

    def look():
        # Once it has done so by itself, or where it has nothing to do.
        if awake.resets > 2 or not awake._timer.isActive():
            awake.stop()
            stopped = awake.resets
            awake.reset()
            tell("ended", stopped, awake.resets, awake._timer.isActive())
            sys.stdin.readline()
            app.quit()

    looking = QTimer(interval=20)
    looking.timeout.connect(look)
    looking.start()
    app.exec()


if __name__ == "__main__":
    run()
