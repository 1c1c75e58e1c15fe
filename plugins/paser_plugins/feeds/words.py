"""States and reasons of feeds in words: a reason is a code with facts, told as a sentence."""

import string
from collections.abc import Callable, Mapping

import msgspec

from paser_command.api import FeedHealth, FeedState, Instant, Language, Picture

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
    "plugin_fault": "The feed's program has a fault ({kind}) and is started anew",
    "rule_fault": "The rule has a fault ({kind}) and judges nothing until it is started anew",
}
"""The sentence of each reason code (`docs/glossary.md`), by its English template."""

_NOT_HEARD = "not_heard"
"""Our own judgement, in no record: who would write it is dead."""

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
    template = REASON_WORDS.get(health.reason)
    if template is None:
        return tr("Reason: {code}", code=health.reason[:_LONGEST_FACT])
    return tr(template, **_facts(language, template, health.facts))


def age_text(tr: Translate, language: Language, health: FeedHealth, now: Instant) -> str:
    """Return how old the last good answer is, or for how long there has been none."""
    if health.state is FeedState.LIVE:
        return tr("{age} ago", age=language.age(now - health.at))
    time = language.time(health.since)
    return tr("since {time}, {age}", time=time, age=language.age(now - health.since))


def _facts(
    language: Language, template: str, facts: Mapping[str, str | int | float]
) -> dict[str, str]:
    named = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return {name: _fact(language, facts.get(name, "?")) for name in named}


def _fact(language: Language, fact: str | int | float) -> str:
    if isinstance(fact, float):
        return language.number(fact, 0 if fact == int(fact) else 1)
    return str(fact)[:_LONGEST_FACT]
