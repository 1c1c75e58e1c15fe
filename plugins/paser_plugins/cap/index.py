"""Indexes of alerts: the links of an RSS or Atom document."""

from xml.etree.ElementTree import Element

import msgspec

from paser_command.api import ParseError, PassedOver, clean_line, link_of, readable


class Entry(msgspec.Struct, frozen=True):
    """A link to an alert. `stamp` changes when the publisher changes what is behind the link."""

    url: str
    title: str
    stamp: str


def parse_index(root: Element, base_url: str, passed_over: PassedOver) -> list[Entry]:
    """Return the entries of an index in its order."""
    if root.tag not in ("rss", "feed", "RDF"):
        raise ParseError("wrong_shape", where="/")
    items = [element for element in root.iter() if element.tag in ("item", "entry")]
    entries = readable(items, lambda item: _entry(item, base_url), passed_over)
    return list({entry.url: entry for entry in entries}.values())


def _entry(item: Element, base_url: str) -> Entry:
    href = _href(item)
    if not href:
        raise ParseError("bad_value", where="link")
    stamps = (clean_line(item.findtext(tag)) for tag in ("guid", "id", "pubDate", "updated"))
    url = link_of(href, base_url, "link")
    return Entry(url, clean_line(item.findtext("title")), " ".join(stamps))


def _href(item: Element) -> str:
    links = item.findall("link")
    for link in links:
        if link.get("type") == "application/cap+xml" and link.get("href"):
            return link.get("href", "")
    for link in links:
        if link.get("rel", "alternate") == "alternate" and (link.get("href") or link.text):
            return link.get("href") or link.text or ""
    return ""
