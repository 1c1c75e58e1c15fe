"""What a site file may say of each type of feed, from what the plugins declare."""

from paser_command.config import FeedKind
from paser_command.plugin.discovery import Plugins
from paser_command.plugin.manifest import FeedManifest


def feed_kind(manifest: FeedManifest) -> FeedKind:
    """Return the kind of one type of feed."""
    settings = tuple(setting.kind for setting in manifest.settings)
    return FeedKind(manifest.interval_s, settings, manifest.schemes)


def feed_kinds(plugins: Plugins) -> dict[str, FeedKind]:
    """Return the kinds of all types, by the type's id."""
    return {manifest.id: feed_kind(manifest) for _, manifest in plugins.feeds()}
