"""States and reasons of feeds in words: a reason is a code with facts, told as a sentence."""

import string
from collections.abc import Callable, Mapping

import msgspec

from paser_command.api import SECOND, FeedHealth, FeedState, Instant, Language, Picture

Translate = Callable[..., str]

STATE_WORDS = {
    FeedState.STARTING: "starting",
    FeedState.LIVE: "live",
    FeedState.LATE: "late",
    FeedState.FAILING: "failing",
}

REASON_WORDS = {
    "timeout": "No complete answer within {deadline_s} s",
    "refused": "The server refuses the connection: is its service running?",
    "unreachable": "The server cannot be reached: check the network and the address",
    "http_status": "The server answers with error {status}",
    "redirect": "The server sends us on to {host}, where we do not go: correct the address",
    "too_large": "The answer is larger than {limit_mib} MiB",
    "tls": "The server's certificate is not trusted or the encryption failed",
    "broken_transfer": "The connection broke in the middle of the answer",
    "bad_encoding": "The answer is compressed in a way that cannot be undone",
    "empty": "The answer is empty",
    "not_json": "The answer is not JSON",
    "not_xml": "The answer is not XML",
    "dtd": "The answer contains a document type definition, which is refused",
    "html": "The server answers with a web page in place of data",
    "too_deep": "The answer is nested too deeply",
    "wrong_shape": "The answer is not built as expected: {where}",
    "bad_value": "The answer contains an impossible value: {where}",
    "not_utf8": "The answer is not readable text (UTF-8)",
    "no_answer": "No answer for more than two intervals",
    "no_secret": "The secret of the setting {where} is not where the site file says",
    "not_from_feeds": "A feed may not tell such a record: {kind}",
    "foreign_record": "A record speaks for another feed",
    "too_large_record": "A record is larger than {limit_mib} MiB",
    "judging_fault": "A record could not be judged: {kind}",
    "refused_record": "The journal does not take a record: {kind}",
    "plugin_fault": "The feed's program has a fault ({kind}) and is started anew",
    "process_ended": "The feed's program ended ({how}) and is started anew",
    "process_hung": "The feed's program said nothing for {seconds} s and is started anew",
    "rule_fault": "The rule has a fault ({kind}) and judges nothing until it is started anew",
}
"""The sentence of each reason code (`docs/glossary.md`), by its English template."""

WHY = "why"
"""The fact of what was passed over that is a code of ours, and no word of a source."""

_PASSED_OVER = "passed_over"
_CLOCK_AHEAD = "clock_ahead"
_NOT_HEARD = "not_heard"
"""Our own judgement, in no record: who would write it is dead."""

_CLOCK_TOLD_S = 0.5
_LONGEST_FACT = 80


def heard(picture: Picture, now: Instant) -> list[FeedHealth]:
    """Return what each feed does at the moment, though its collector may have died in silence."""
    return [_heard(health, picture.feed_state(key, now)) for key, health in picture.feeds.items()]


def _heard(health: FeedHealth, state: FeedState) -> FeedHealth:
    if state is health.state:
        return health
    return msgspec.structs.replace(
        health, state=state, since=health.at, reason=_NOT_HEARD, facts={}
    )


def reason_text(tr: Translate, language: Language, health: FeedHealth) -> str:
    """Return why the feed does not answer; a code that is new to us stands as it is."""
    if not health.reason:
        return ""
    if health.reason == _NOT_HEARD:
        return tr("Nothing is heard of this feed: does its collector run?")
    if health.reason == _PASSED_OVER:
        return _passed_over(tr, language, health.facts)
    if health.reason == _CLOCK_AHEAD:
        return _clock_ahead(tr, language, health.facts)
    return _sentence(tr, language, health.reason, health.facts)


def clock_text(tr: Translate, language: Language, health: FeedHealth) -> str:
    """Return how far the source's clock is off, where that is measured and not a matter of age.

    Below zero it is the age of what the source tells, which says nothing of its clock.
    """
    error_s = health.facts.get("clock_s")
    if not isinstance(error_s, float) or error_s < _CLOCK_TOLD_S:
        return ""
    return tr("its clock is {seconds} s ahead", seconds=language.number(error_s, 1))


def _sentence(
    tr: Translate, language: Language, code: str, facts: Mapping[str, str | int | float]
) -> str:
    template = REASON_WORDS.get(code)
    if template is None:
        return tr("Reason: {code}", code=code[:_LONGEST_FACT])
    return tr(template, **_facts(language, template, facts))


def _passed_over(tr: Translate, language: Language, facts: Mapping[str, str | int | float]) -> str:
    why = _sentence(tr, language, str(facts.get(WHY, "?")), facts)
    if "item" in facts:
        why = tr("item {item}: {why}", item=_fact(language, facts["item"]), why=why)
    return tr(
        "{count} of {of} passed over: {why}",
        count=_fact(language, facts.get("count", "?")),
        of=_fact(language, facts.get("of", "?")),
        why=why,
    )


def _clock_ahead(tr: Translate, language: Language, facts: Mapping[str, str | int | float]) -> str:
    ahead_s = facts.get("ahead_s", 0.0)
    ahead = language.age(round(float(ahead_s) * SECOND)) if isinstance(ahead_s, float) else "?"
    return tr(
        "{key} is {ahead} ahead of the time: its clock is wrong",
        key=_fact(language, facts.get("ahead_key", "?")),
        ahead=ahead,
    )


def age_text(
    tr: Translate, language: Language, health: FeedHealth, now: Instant, answered: Instant = 0
) -> str:
    """Return how old the last good answer is, or for how long there has been none.

    A feed says that it lives only now and then: what came since, at `answered`, is an answer too.
    """
    if health.state is FeedState.LIVE:
        return tr("{age} ago", age=language.age(now - max(health.at, answered)))
    time = language.time(health.since)
    return tr("since {time}, {age}", time=time, age=language.age(now - health.since))


def answered(picture: Picture) -> dict[str, Instant]:
    """Return when each feed told a number or a unit's place last, as the room received it."""
    last: dict[str, Instant] = {}
    for told in (*picture.latest.values(), *picture.units.values()):
        last[told.feed] = max(last.get(told.feed, 0), told.received)
    return last


def _facts(
    language: Language, template: str, facts: Mapping[str, str | int | float]
) -> dict[str, str]:
    named = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return {name: _fact(language, facts.get(name, "?")) for name in named}


def _fact(language: Language, fact: str | int | float) -> str:
    if isinstance(fact, float):
        return language.number(fact, 0 if fact == int(fact) else 1)
    return str(fact)[:_LONGEST_FACT]
