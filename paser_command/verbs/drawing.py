"""What the verbs of drawings share: what they are done to, the right, and the new drawing's key."""

import uuid

PREFIX = "drawing/"
SUBJECT = "drawing"
RIGHT = "draw"


def new_drawing() -> str:
    """Return the subject of a drawing that nobody has drawn yet."""
    return f"{PREFIX}{uuid.uuid4()}"
