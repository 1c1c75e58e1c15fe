"""What the system's service manager is told, by the protocol of sd_notify(3)."""

from contextlib import suppress

NOTIFY_VARIABLE = "NOTIFY_SOCKET"
"""Names the manager's socket to those that it starts."""


def notify(address: str | None, state: str, *, wait_s: float = 0.0) -> None:
    """Send a state to the manager at an address; nothing where there is none.

    A manager that has no room for it now is waited for so long; then the state is lost.
    """
    if not address:
        return
    # Only where it is wanted: the keeper itself loads as little as it can.
    import socket

    # A leading @ stands for the zero byte of an abstract socket.
    path = f"\0{address[1:]}" if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, suppress(OSError):
        manager.settimeout(wait_s)
        manager.sendto(state.encode(), path)
