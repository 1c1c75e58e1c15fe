"""Frames for panels, as the bridge makes them."""

from paser_command.session.frames import Frame


def frame_of(host):
    """Return what a panel would be given now."""
    session = host.view.session
    return Frame(
        now=session.now(),
        mode=session.mode,
        speed=session.speed,
        seeked=False,
        exercise=session.exercise,
        picture=session.picture,
        selection=host.view.selection,
        series={},
        area=host.view.area,
        wall=host.on_wall,
    )
