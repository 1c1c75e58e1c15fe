"""The exercise, played by the installed program on a screen of its own."""

import json

from tests.documents import ROOT
from tests.package.install.roots import Root

_PLAY = ("--exercise", "banjir-kandilo", "--speed", "20", "--for", "20")


def shows_its_city(root: Root, display: str, name: str) -> None:
    """See the exercise in window and journal; leave its picture in out/ by that name."""
    root.bind("tmp/.X11-unix")
    root.environment["DISPLAY"] = display

    said = root.run("paser-command", *_PLAY, "--screenshot", "/tmp/pictures")

    assert said.text.split() == ["/tmp/pictures/window-1.png"]
    picture = root / "tmp/pictures/window-1.png"
    seen = json.loads(root.run("paser-command", "picture", "--json").text)
    assert picture.stat().st_size > 50_000
    assert len(seen["incidents"]) >= 3
    assert {feed["state"] for feed in seen["feeds"]} <= {"live", "failing"}
    log = (root / "root/.local/share/paser-command/log/console.log").read_text()
    assert [line for line in log.splitlines() if '"ERROR"' in line or "installed" in line] == []
    kept = ROOT / "out"
    kept.mkdir(exist_ok=True)
    (kept / f"{name}.png").write_bytes(picture.read_bytes())
