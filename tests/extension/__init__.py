"""A plugin of the tests' own that adds one thing of every kind, and what installs it."""

from pathlib import Path

FOLDER = Path(__file__).parent
PACKAGE = "paser_shelters"


def install(folder: Path) -> dict[str, str]:
    """Put the plugin's distribution into the folder; return what a process needs to find it."""
    info = folder / "paser_shelters-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: paser-shelters\nVersion: 1\n")
    point = "[paser_command.plugins]\nshelters = paser_shelters:plugin.toml\n"
    (info / "entry_points.txt").write_text(point)
    (folder / PACKAGE).symlink_to(FOLDER / PACKAGE)
    return {"PYTHONPATH": str(folder)}
