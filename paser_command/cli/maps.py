"""`export map`: a web map of the journal, for a script that makes one each morning."""

from argparse import Namespace
from pathlib import Path

from paser_command.cli.journals import opened_journal
from paser_command.cli.output import language, say
from paser_command.cli.sites import site_file
from paser_command.config import SiteConfig, load_site
from paser_command.export.file import write_whole
from paser_command.export.sources import source_names
from paser_command.export.web_map import Origin, WebMap, web_map
from paser_command.home import home
from paser_command.journal.store import REAL
from paser_command.language import Language
from paser_command.maps.districts import districts_of_site, site_stand
from paser_command.plugin.discovery import discover
from paser_command.stand.stand import Stand, paser_stand, unknown_stand
from paser_command.times import now


def export_map(options: Namespace) -> int:
    """Write the web map and print where it is."""
    path, site = Path(options.output), _site(options)
    end = now() if options.at is None else options.at
    code = options.language or language().code
    speaking = Language(code, site.site.zone) if site else Language(code)
    wanted = WebMap(
        title=options.title or speaking.tr("Map"),
        start=end if options.start is None else options.start,
        end=end,
        personal=options.personal,
    )
    with opened_journal(options) as journal:
        name = site.site.name if site else ""
        origin = Origin(journal, name, source_names(discover()), _stand(site, journal.purpose()))
        write_whole(path, web_map(origin, wanted, speaking, lambda _: None))
    said = language().tr("Saved: {path}", path=path)
    say({"file": str(path)}, [said], as_json=options.json)
    return 0


def _site(options: Namespace) -> SiteConfig | None:
    """Return the site file; None where the options name a journal alone."""
    path = Path(options.config) if options.config else site_file(home())
    return None if options.journal or path is None else load_site(path)


def _stand(site: SiteConfig | None, purpose: str) -> Stand:
    """Return where the map is: every exercise is in Paser, a real journal alone does not say."""
    if site is not None:
        return site_stand(site, districts_of_site(site))
    return unknown_stand() if purpose == REAL else paser_stand()
