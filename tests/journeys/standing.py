"""Three monitors, consoles on them, and what is asked of their states."""

from tests.journeys.monitors import LEFT, MIDDLE, RIGHT, is_inside, is_seen

HOME = "ruang-siaga"
FIRST = [(LEFT.at, ["Desk"]), (MIDDLE.at, ["Map"]), (RIGHT.at, ["Charts"])]


def pages(told):
    """Return which pages each place of the desktop has."""
    shown = [window for window in told["windows"] if window["shown"]]
    found = [(tuple(w["at"]), [page["name"] for page in w["pages"]]) for w in shown]
    return sorted(found, key=lambda one: one[0])


def hints(told):
    """Return the hints of the pages that stand elsewhere."""
    every = [page for window in told["windows"] for page in window["pages"]]
    return {page["name"]: page["hint"] for page in every if page["hint"]}


def standing(told):
    """Return the names of all panels that stand somewhere, on a page or by themselves."""
    on_pages = [name for w in told["windows"] for page in w["pages"] for name in page["panels"]]
    return sorted(on_pages + [name for one in told["floats"] for name in one["panels"]])


def settled(told, monitors):
    """Tell whether the console stands on the monitors of now: all of it seen, nothing lost."""
    there = list(monitors.there.values())
    return (
        told["screens"] == monitors.places
        and not told["settling"]
        and all(window["shown"] for window in told["windows"])
        and all(side["pages"] for side in told["windows"][1:])
        and all(is_inside(window["at"], there) for window in told["windows"] if window["full"])
        and all(is_seen(one["at"], there) for one in [*told["windows"], *told["floats"]])
        and standing(told) == told["panels"]
    )


def moved(console, monitors, *anew):
    """Put monitors elsewhere; Qt has to see them go before they come."""
    before = monitors.places
    monitors.pull(*[monitor.name for monitor in anew if monitor.name in monitors.there])
    left = monitors.places
    # Where none is left, the server itself is shown as one, by a name of its own.
    console.until(
        lambda told: told["screens"] == left if left else before.keys().isdisjoint(told["screens"])
    )
    monitors.plug(*anew)
    return console.until(lambda told: settled(told, monitors))
