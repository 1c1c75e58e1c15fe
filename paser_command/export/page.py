"""One HTML page made with folium that opens without a network and runs no text from a feed.

folium renders what is rendered once more as a template, so nothing from outside goes through it:
folium gets marks, and what they stand for is put in afterwards, in one pass. Data is JSON in a
script that is no program; our own program shows it by textContent alone. The page's own policy
(Content Security Policy) lets run and style only what was on it when it was made, by SHA-256, and
lets it load nothing.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from paser_command.errors import PaserError

_PROGRAMS = ("symbols.js", "ground.js", "picture.js", "frame.js")
_PACKAGE = "xstatic.pkg.leaflet"
_IMAGE = re.compile(r"(?:background-image|behavior):\s*url\([^)]*\);")
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")
_MARK = re.compile(r"@@(\w+)@@")
_PROGRAM = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)

_ELEMENT = """
{% macro header(this, kwargs) %}
<title>@@TITLE@@</title>
<style>@@LEAFLET_CSS@@</style>
<style>@@PAGE_CSS@@</style>
<script>@@LEAFLET_JS@@</script>
<script>@@PAGE_JS@@</script>
{% endmacro %}
{% macro html(this, kwargs) %}
@@PAGE_HTML@@
<script type="application/json" id="picture">@@PICTURE@@</script>
{% endmacro %}
{% macro script(this, kwargs) %}
showPicture({{ this._parent.get_name() }});
{% endmacro %}
"""


def page(picture: Mapping[str, Any], *, title: str, lon: float, lat: float) -> str:
    """Return the page of a picture, as `parts/picture.js` reads it, about a place in degrees."""
    trusted = _filled(_skeleton(lon, lat), _trusted())
    policy = _POLICY.format(scripts=_hashes(_PROGRAM, trusted), styles=_hashes(_STYLE, trusted))
    return _filled(
        trusted, {"POLICY": policy, "TITLE": escape(title), "PICTURE": inert_json(picture)}
    )


def inert_json(value: object) -> str:
    """Return JSON in which nothing can end the script that it stands in, or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_INERT)


_INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029\x7f"}


def _skeleton(lon: float, lat: float) -> str:
    # Takes most of a second to load, and is needed only here.
    import folium
    from branca.element import Element, Figure, MacroElement
    from folium.template import Template

    class _Content(MacroElement):
        """Our own parts of the page."""

        _template = Template(_ELEMENT)

    drawn = folium.Map(
        location=(lat, lon),
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        prefer_canvas=True,
    )
    # All that folium would fetch.
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(_Content())  # type: ignore[no-untyped-call]
    root = cast("Figure", drawn.get_root())
    root.header.add_child(
        Element('<meta http-equiv="Content-Security-Policy" content="@@POLICY@@">'), name="policy"
    )
    return root.render()


def _trusted() -> dict[str, str]:
    """Return our own parts of the page and Leaflet's by their marks."""
    ours = files("paser_command.export").joinpath("parts")
    css, js = (_leaflet(name) for name in ("leaflet.css", "leaflet.js"))
    return {
        "LEAFLET_CSS": _IMAGE.sub("", css),
        "LEAFLET_JS": _SOURCE_MAP.sub("", js),
        "PAGE_CSS": ours.joinpath("page.css").read_text(encoding="utf-8"),
        "PAGE_JS": "\n".join(ours.joinpath(name).read_text(encoding="utf-8") for name in _PROGRAMS),
        "PAGE_HTML": ours.joinpath("page.html").read_text(encoding="utf-8"),
    }


def _leaflet(name: str) -> str:
    spec = find_spec(_PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "data" / name
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise PaserError(
        "the package {package} is not installed as it should be: install the program anew",
        package="XStatic-Leaflet",
    )


def _filled(text: str, parts: Mapping[str, str]) -> str:
    """Put the parts in place of their marks, in one pass: what was put in is not looked at."""
    return _MARK.sub(lambda mark: parts.get(mark[1], mark[0]), text)


def _hashes(pattern: re.Pattern[str], text: str) -> str:
    digests = (sha256(found.encode()).digest() for found in pattern.findall(text))
    return " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
