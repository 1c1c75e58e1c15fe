"""Plugins are found without running them, a broken one stops no other, and the core knows no Qt."""

import sys
import textwrap
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from paser_command.errors import ConfigError, PluginError
from paser_command.plugin.discovery import GROUP, discover, load_object
from paser_command.plugin.guard import FAULT_WINDOW_S, Guard
from paser_command.plugin.manifest import read_manifest
from tests.patience import patient
from tests.processes import run

MANIFEST = """\
[plugin]
id = "gauges"
name = "Gauges"
version = "1.0"
api = 1

[[feeds]]
id = "gauges.levels"
name = "Levels"
class = "feed:LevelFeed"
interval_s = 30.0
[[feeds.settings]]
name = "limit"
type = "integer"
default = 5

[[panels]]
id = "gauges.dial"
name = "Dial"
class = "panel:DialPanel"
"""
PACKAGE = "strangers_gauges"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Installs a stranger's plugin: its manifest, its modules, its entry point."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(manifest=MANIFEST, package=PACKAGE, name="gauges", **modules):
        folder = tmp_path.joinpath(*package.split("."))
        folder.mkdir(parents=True)
        if manifest is not None:
            (folder / "plugin.toml").write_text(manifest)
        for module, code in {"__init__": "", **modules}.items():
            (folder / f"{module}.py").write_text(textwrap.dedent(code))
        return EntryPoint(name, f"{package}:plugin.toml", GROUP)

    yield install
    for module in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[module]


def told(plugins):
    return [str(fault) for fault in plugins.faults]


def test_finding_a_plugin_runs_none_of_its_code(plugin, tmp_path):
    trap = f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(9)\n"
    point = plugin(__init__=trap, feed=trap, panel=trap)

    plugins = discover([point])

    assert [found.manifest.plugin.name for found in plugins.found] == ["Gauges"]
    assert not plugins.faults
    assert not (tmp_path / "ran").exists()
    assert PACKAGE not in sys.modules


def test_finding_a_plugin_in_a_package_runs_not_even_the_package(plugin, tmp_path):
    point = plugin(package=f"{PACKAGE}.deep.down")
    (tmp_path / PACKAGE / "__init__.py").write_text("raise RuntimeError")

    assert len(discover([point]).found) == 1


def test_what_a_manifest_says_is_found(plugin):
    plugins = discover([plugin()])

    ((_, feed),) = plugins.feeds()
    ((_, panel),) = plugins.panels()
    assert (feed.id, feed.class_path, feed.interval_s) == ("gauges.levels", "feed:LevelFeed", 30.0)
    assert (panel.id, panel.name) == ("gauges.dial", "Dial")
    assert plugins.feed("gauges.levels")[0].package == PACKAGE


def test_a_type_that_no_plugin_has_is_told():
    with pytest.raises(PluginError, match=r"no plugin has a feed of the type gauges\.rain"):
        discover([]).feed("gauges.rain")


def test_a_broken_manifest_stops_no_other_plugin(plugin):
    own = [*entry_points(group=GROUP)]
    broken = plugin(MANIFEST.replace("30.0", '"often"'))

    plugins = discover([*own, broken])

    assert len(plugins.found) == len(own) > 5
    (fault,) = plugins.faults
    assert isinstance(fault, ConfigError)
    assert [(mistake.line, mistake.where) for mistake in fault.mistakes] == [
        (11, "feeds[1].interval_s")
    ]


def test_a_plugin_that_is_away_stops_no_other(plugin):
    values = ["no_such_package:plugin.toml", ":plugin.toml", ".x:plugin.toml", "json", "sys:x.toml"]

    plugins = discover([plugin(), *(EntryPoint("gone", value, GROUP) for value in values)])

    assert len(plugins.found) == 1
    assert len(plugins.faults) == len(values)
    assert "the plugin no_such_package has no file plugin.toml" in told(plugins)


def test_a_plugin_without_its_manifest_is_told(plugin):
    plugins = discover([plugin(None)])

    assert told(plugins) == [f"the plugin {PACKAGE} has no file plugin.toml"]


def test_of_two_plugins_with_one_id_the_second_is_left_out(plugin):
    points = [plugin(), plugin(package=f"{PACKAGE}_again")]

    plugins = discover(points)

    assert [found.package for found in plugins.found] == [PACKAGE]
    assert told(plugins) == [
        f"the plugin {PACKAGE}_again is left out: {PACKAGE} has the id gauges already"
    ]


def test_a_plugin_does_not_come_under_the_name_of_another(plugin):
    plugins = discover([plugin(name="bmkg")])

    assert not plugins.found
    assert told(plugins) == [
        f"the plugin {PACKAGE} has the id gauges, and its entry point is named bmkg"
    ]


def test_our_own_plugins_are_all_in_order():
    plugins = discover()

    assert not plugins.faults
    for found in plugins.found:
        assert found.package == f"paser_plugins.{found.manifest.plugin.id}"
        paths = [feed.class_path for feed in found.manifest.feeds]
        paths += [panel.class_path for panel in found.manifest.panels]
        assert paths
        for class_path in paths:
            module, _, name = class_path.partition(":")
            source = ROOT.joinpath("plugins", *found.package.split("."), f"{module}.py").read_text()
            assert f"class {name}" in source


MISTAKES = [
    ('id = "gauges"', 'id = "Gauges"', 2, "plugin.id", "must be 1 to 40 of the characters"),
    ('id = "gauges"', "", 1, "plugin", "id is missing"),
    ("api = 1", 'api = "1"', 5, "plugin.api", "must be a whole number, and is a text"),
    ("api = 1", "api = 1\ncolour = 1", 6, "plugin.colour", "colour is not known"),
    ("gauges.levels", "bmkg.levels", 8, "feeds[1].id", "must begin with gauges."),
    ("gauges.dial", "gauges", 18, "panels[1].id", "the plugin's id, a point, and 1 to 40"),
    ("gauges.dial", "gauges.levels", 18, "panels[1].id", "is the id on line 8 too"),
    ("feed:LevelFeed", "os.path:join", 10, "feeds[1].class", "a module of the plugin and a class"),
    ("30.0", "0.0", 11, "feeds[1].interval_s", "must be 0.1 to 86400"),
    ('"integer"', '"int"', 14, "feeds[1].settings[1].type", "did you mean integer?"),
    ("default = 5", 'default = "5"', 15, "feeds[1].settings[1].default", "of the type integer"),
    ("[[panels]]", "[[panel]]", 17, "panel", "did you mean panels?"),
    ("[[panels]]", "[[panels", 17, "", "this is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "where", "words"), MISTAKES)
def test_a_mistake_in_a_manifest_is_told_with_its_line(tmp_path, old, new, line, where, words):
    path = tmp_path / "plugin.toml"
    path.write_text(MANIFEST.replace(old, new))

    with pytest.raises(ConfigError) as caught:
        read_manifest(path)

    mistakes = {(one.line, one.where): str(one.error) for one in caught.value.mistakes}
    assert words in mistakes[line, where]
    assert str(caught.value).startswith(f"{path}:")


def test_all_mistakes_in_a_manifest_are_told_at_once(tmp_path):
    path = tmp_path / "plugin.toml"
    path.write_text(
        MANIFEST.replace("gauges.", "bmkg.").replace("30.0", "0").replace("= 5", "= 1.5")
    )

    with pytest.raises(ConfigError) as caught:
        read_manifest(path)

    assert [one.line for one in caught.value.mistakes] == [8, 11, 15, 18]


def test_of_another_interface_only_its_version_is_told(tmp_path):
    path = tmp_path / "plugin.toml"
    path.write_text(MANIFEST.replace("api = 1", "api = 2\nnovelty = true"))

    with pytest.raises(ConfigError) as caught:
        read_manifest(path)

    (mistake,) = caught.value.mistakes
    assert (mistake.line, mistake.where) == (5, "plugin.api")
    assert "made for version 2 of the plugin interface, this program has 1" in str(mistake.error)


def test_a_class_is_loaded_when_it_is_wanted(plugin):
    (found,) = discover([plugin(feed="class LevelFeed: pass")]).found

    assert load_object(found, "feed:LevelFeed").__name__ == "LevelFeed"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("class Other: pass", "AttributeError"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import no_such_module", "ModuleNotFoundError"),
        ("def broken(:", "SyntaxError"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
    ],
)
def test_a_class_that_cannot_be_loaded_is_a_plugin_error(plugin, code, told):
    (found,) = discover([plugin(feed=code)]).found

    with pytest.raises(PluginError, match="the plugin gauges could not be loaded") as caught:
        load_object(found, "feed:LevelFeed")

    assert told in str(caught.value)


class SecondsClock:
    """Monotonic seconds that the test sets."""

    now_s = 0.0

    def __call__(self):
        return self.now_s


def fail():
    raise RuntimeError("x" * 1000)


@pytest.fixture
def seconds():
    return SecondsClock()


@pytest.fixture
def guard(seconds):
    return Guard("gauges.dial", seconds)


def test_a_guard_gives_what_its_part_gives(guard):
    assert guard.run(lambda: 7) == 7
    assert guard.fault is None


def test_two_faults_do_not_pause_a_part(guard):
    for _ in range(2):
        assert guard.run(fail) is None

    assert not guard.paused
    assert guard.fault is not None
    assert (guard.fault.part, guard.fault.kind) == ("gauges.dial", "RuntimeError")
    assert len(guard.fault.message) == 500
    assert "in fail" in guard.fault.trace


def test_three_faults_in_a_minute_pause_a_part(guard, seconds):
    for _ in range(3):
        guard.run(fail)
        seconds.now_s += FAULT_WINDOW_S / 2
    ran = []

    guard.run(lambda: ran.append(1))

    assert guard.paused
    assert not ran


def test_three_faults_in_more_than_a_minute_do_not(guard, seconds):
    for _ in range(10):
        guard.run(fail)
        seconds.now_s += FAULT_WINDOW_S / 2 + 0.1

    assert not guard.paused


def test_a_resumed_part_runs_with_a_clean_count(guard):
    for _ in range(3):
        guard.run(fail)

    guard.resume()
    for _ in range(2):
        guard.run(fail)

    assert not guard.paused
    assert guard.run(lambda: 7) == 7


def test_a_fault_that_showed_elsewhere_counts_too(guard):
    for _ in range(3):
        guard.blame(KeyboardInterrupt())

    assert guard.paused
    assert guard.fault is not None
    assert guard.fault.kind == "KeyboardInterrupt"


def test_a_part_can_be_paused_at_once(guard):
    guard.pause()

    assert guard.run(lambda: 7) is None


def test_the_core_loads_no_qt():
    code = """
    import importlib, pkgutil, sys
    import paser_command
    names = [m.name for m in pkgutil.walk_packages(paser_command.__path__, "paser_command.")]
    # Run, not imported: the command line's `python -m`, and the one that Alembic runs.
    alone = ("paser_command.cli.__main__", "paser_command.journal.migrations.env")
    loaded = [importlib.import_module(name) for name in names if name not in alone]
    ours = ("paser_map", "paser_ui", "paser_plugins")
    strange = ("PySide6", "PySide6QtAds", "shiboken6", "pyqtgraph", *ours)
    found = [name for name in sys.modules if name.partition(".")[0] in strange]
    print(len(loaded), found)
    """
    ran = run([sys.executable, "-c", textwrap.dedent(code)], timeout=patient(60))
    ran.check_returncode()

    count, _, found = ran.stdout.strip().partition(" ")
    assert int(count) > 50
    assert found == "[]"
