"""How long whoever asks a journal waits for an answer."""

ANSWER_S = 4.0
"""How long a server may take for a connection, a statement or a lock."""
