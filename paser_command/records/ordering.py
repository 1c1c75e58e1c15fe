"""Which of two records of one thing is the newer, where a source's clock may be ahead of ours."""

from paser_command.times import SECOND, Instant

AHEAD: Instant = 2 * SECOND
"""How far a source's clock may be ahead: a later `at` than that is not believed."""


def order_of(at: Instant, received: Instant) -> Instant:
    """Return the instant by which a record is ordered among those of its key.

    That is its `at`, unless it was stamped with a time that was still to come when it was received:
    then it is its receipt, so that what the source tells later, with its clock set right, wins. A
    record that has not been journalled yet (`received` is 0) is believed.
    """
    return received if received and at > received + AHEAD else at
