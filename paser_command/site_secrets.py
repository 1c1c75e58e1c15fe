"""What of a site file is a secret: passwords and keys in its addresses, and settings named so."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from paser_command.config import FeedKind, FeedSettings, SiteConfig
from paser_command.redaction import BLANK, blanked_address, secrets_in

_NAMED = re.compile(r"key|token|secret|passw|pwd|auth|credential|sign", re.IGNORECASE)
_HELPED = re.compile(r"\bsecret\b|\brahasia\b", re.IGNORECASE)


def secrets_of(site: SiteConfig, kinds: Mapping[str, FeedKind]) -> frozenset[str]:
    """Return the values that may stand in no log and no bundle."""
    found = secrets_in(site.journal.url)
    for feed in site.feeds:
        found |= secrets_in(feed.url)
        found |= {str(feed.settings[name]) for name in _secret_settings(feed, kinds)}
    return frozenset(found)


def without_secrets(site: SiteConfig, kinds: Mapping[str, FeedKind]) -> SiteConfig:
    """Return the site with its secrets blanked."""
    journal = msgspec.structs.replace(site.journal, url=blanked_address(site.journal.url))
    feeds = tuple(
        msgspec.structs.replace(
            feed,
            url=blanked_address(feed.url),
            settings=feed.settings | dict.fromkeys(_secret_settings(feed, kinds), BLANK),
        )
        for feed in site.feeds
    )
    return msgspec.structs.replace(site, journal=journal, feeds=feeds)


def _secret_settings(feed: FeedSettings, kinds: Mapping[str, FeedKind]) -> Iterator[str]:
    """Give the settings whose name, or whose help, says that they are secret."""
    kind = kinds.get(feed.type)
    declared = {setting.name: setting.help for setting in kind.settings} if kind else {}
    for name, value in feed.settings.items():
        secret = _NAMED.search(name) or _HELPED.search(declared.get(name, ""))
        if secret and isinstance(value, str):
            yield name
