"""A console that was killed shows the same again: pages, windows of single panels, selection."""

from paser_command.errors import InputError
from paser_command.workspaces.files import load
from tests.journeys.standing import HOME, pages


def saved(folder, id=HOME):
    """Return a workspace as it is on the disk; None where it is not there yet."""
    try:
        return load(folder / f"home/workspaces/{id}.toml")
    except InputError:
        return None


def test_a_killed_console_shows_all_of_it_again(room, tmp_path):
    with room() as console:
        console.ask("send", 1, 2)
        console.ask("float", "feeds", 1400, 100, 500, 400)
        console.ask("next_page", "incidents")
        console.ask("select", "feed", "bmkg")
        before = console.tell()
        settings = tmp_path / "home/settings.json"
        console.until(
            lambda _: (
                (now := saved(tmp_path)) is not None
                and any(page.floating for page in now.pages)
                and settings.is_file()
                and "bmkg" in settings.read_text()
            )
        )
        console.kill()

    with room() as console:
        after = console.until(lambda told: len(pages(told)) == 2 and told["floats"])
        console.quit()

    assert pages(after) == pages(before)
    assert after["floats"] == before["floats"]
    assert after["panels"] == before["panels"]
    assert after["selection"] == ["feed", "bmkg"]


def test_a_console_killed_while_it_switches_loses_no_panel(room, tmp_path):
    with room() as console:
        wanted = _panels(console)
        console.until(lambda _: saved(tmp_path) is not None)
        for id in ("banjir", "karhutla", HOME, "banjir"):
            console.send("show", id)
        console.kill()

    with room() as console:
        assert _panels(console) == wanted
        console.quit()


def _panels(console):
    """Return the panels of two workspaces."""
    panels = []
    for id in ("banjir", HOME):
        console.ask("show", id)
        panels.append(console.tell()["panels"])
    return panels


def test_a_workspace_file_that_is_spoilt_while_the_console_runs_is_written_anew(room, tmp_path):
    path = tmp_path / f"home/workspaces/{HOME}.toml"
    with room() as console:
        console.until(lambda _: path.is_file())
        path.write_bytes(b"format = 1\nname = \xff")
        console.ask("float", "feeds", 100, 100, 500, 400)

        console.until(lambda _: (now := saved(tmp_path)) is not None and now.pages[0].floating)
        console.quit()
