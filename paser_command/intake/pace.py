"""How many records are taken at once, so that each batch takes about the same time."""

from paser_command.feeds.inbox import BATCH

BATCH_S = 0.4
"""How long a batch shall take at the most: so long other feeds, and the order to end, may wait."""

FEWEST = 50


class Pace:
    """Learns from how long the batches took. Starts carefully: the first one is of any kind."""

    def __init__(self) -> None:
        self.most = 1_000

    def took(self, seconds: float, records: int) -> None:
        """Learn that a batch of so many records took so long."""
        if seconds > BATCH_S:
            self.most = max(FEWEST, int(min(self.most, records) * BATCH_S / seconds))
        elif seconds < BATCH_S / 2 and records >= self.most // 2:
            self.most = min(BATCH, self.most * 2)
