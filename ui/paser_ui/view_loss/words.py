"""Loss of view in words: what is lost, since when, why, and what to do."""

from paser_command.errors import PaserError, Words
from paser_command.language import Language
from paser_command.session.view import View, ViewState
from paser_command.times import SECOND

STATE_WORDS = {
    ViewState.LOADING: "Loading",
    ViewState.CURRENT: "Live",
    ViewState.NOT_CURRENT: "Not current",
    ViewState.UNREADABLE: "Unreadable",
}
_DAY_S = 12 * 3600.0
"""Past this an hour alone could be of another day."""


def state_word(view: View, language: Language) -> str:
    """Return the state in capitals: NOT CURRENT."""
    return language.tr(STATE_WORDS[view.state]).upper()


def moment(view: View, language: Language) -> str:
    """Return since when, and how long that is: 14:03:27 (12 s). While loading, how far it is."""
    if view.state is ViewState.LOADING:
        return progress(view, language)
    since = (
        language.time(view.since, seconds=True)
        if view.age_s < _DAY_S
        else language.moment(view.since)
    )
    return f"{since} ({language.age(int(view.age_s) * SECOND)})"


def progress(view: View, language: Language) -> str:
    """Return how many records of a first picture are folded, "" where nobody knows yet."""
    if view.progress is None:
        return ""
    done = language.number(view.progress.done)
    if view.progress.share is None or view.progress.total is None:
        return language.tr("{done} records", done=done)
    return language.tr(
        "{done} of {total} records ({share} %)",
        done=done,
        total=language.number(view.progress.total),
        share=int(view.progress.share * 100),
    )


def headline(view: View, language: Language) -> str:
    """Return the state with its moment: Not current since 14:03:27 (12 s)."""
    told = moment(view, language)
    if view.state is ViewState.LOADING:
        return language.tr("Loading")
    if view.state is ViewState.UNREADABLE:
        return language.tr("Unreadable since {time}", time=told)
    return language.tr("Not current since {time}", time=told)


def why(view: View, language: Language) -> str:
    """Return the reason and what to do, as a sentence; while loading, how far it is."""
    if view.state is ViewState.LOADING:
        return progress(view, language)
    return "" if view.reason is None else _sentence(_reason(view.reason, language))


def _reason(error: PaserError, language: Language) -> str:
    """Return the reason without the address of the journal, for which there is little room."""
    reason = error.facts.get("reason")
    if isinstance(reason, Words):
        return language.words(reason)
    return reason if isinstance(reason, str) else language.error(error)


def advice(view: View, language: Language) -> str:
    """Return the reason in full, with the journal's address, for a line of the banner."""
    if view.reason is None:
        return ""
    error = language.error(view.reason)
    if view.state is ViewState.NOT_CURRENT:
        return language.tr("{error}. The picture stays as it was.", error=_sentence(error))
    return language.tr(
        "The journal cannot be read: {error}. The picture stays as it was.", error=error
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
