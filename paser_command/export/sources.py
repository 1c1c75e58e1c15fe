"""Whom a map names for what a type of feed gave."""

from collections.abc import Callable

from paser_command.language import Language
from paser_command.plugin.discovery import Plugins


def source_names(plugins: Plugins) -> Callable[[str, Language], str]:
    """Return what gives the name for a type's id: whom it asks to name, else what it calls itself.

    A type that no plugin has stands for itself.
    """
    known = {feed.id: (plugin.package, feed) for plugin, feed in plugins.feeds()}

    def name(source: str, language: Language) -> str:
        if source not in known:
            return source
        package, feed = known[source]
        own = Language(language.code, language.zone_name, (package, "paser_resources"))
        return feed.attribution or own.tr(feed.name)

    return name
