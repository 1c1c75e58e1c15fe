"""Lengths, azimuths and areas are those that others have published for WGS 84.

K: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 43-55 (2013), tables 2 to 4: worked
examples of the direct and the inverse problem. Q: quarters and whole of the ellipsoid, as WGS 84
defines it (NIMA TR8350.2, table 3.3: quarter meridian 10 001 965.7293 m, area 5.10065621724e14 m2).
P: the manual of GeographicLib's Planimeter(1), its example of Antarctica's area.
"""

import subprocess
import sys
from itertools import pairwise

import pytest

from paser_command.geodesy import area_m2, circle, course, length_m
from tests.documents import ROOT

GROGOT = (116.1913, -1.9051)

ANTARCTICA = (
    (-58.0, -63.1), (-74.0, -72.9), (-102.0, -71.9), (-102.0, -74.9), (-131.0, -74.3),
    (-163.0, -77.5), (163.0, -77.4), (172.0, -71.7), (140.0, -65.9), (113.0, -65.7),
    (88.0, -66.6), (59.0, -66.9), (25.0, -69.8), (-4.0, -70.0), (-14.0, -71.0),
    (-33.0, -77.3), (-46.0, -77.9), (-61.0, -74.7),
)  # fmt: skip


def test_the_inverse_problem_of_karneys_nearly_antipodal_places():
    """K, table 4: from 30 S to 29.9 N over 179.8 degrees."""
    found = course((0.0, -30.0), (179.8, 29.9))

    assert found.metres == pytest.approx(19_989_832.827610, abs=1e-3)
    assert found.azimuth_deg == pytest.approx(161.890524736, abs=1e-8)


def test_the_inverse_problem_of_places_near_each_other():
    """K, table 3: a short line, where formulas for the sphere fail."""
    found = course((0.0, -30.12345), (0.00005, -30.12344))

    assert found.metres == pytest.approx(4.944208, abs=1e-6)
    assert found.azimuth_deg == pytest.approx(77.043533, abs=1e-5)


def test_from_the_equator_to_the_pole_is_a_quarter_of_the_meridian():
    """Q."""
    assert length_m([(116.0, 0.0), (116.0, 90.0)]) == pytest.approx(10_001_965.7293, abs=1e-3)
    assert course((116.0, 0.0), (116.0, -90.0)).azimuth_deg == pytest.approx(180.0)


def test_a_line_is_as_long_as_its_parts():
    places = [(116.0, -1.9), (116.2, -1.8), (116.1, -1.7)]

    parts = [course(*pair).metres for pair in pairwise(places)]

    assert length_m(places) == pytest.approx(sum(parts), abs=1e-6)
    assert length_m(places[:1]) == length_m([]) == 0.0


def test_an_eighth_of_the_earth_is_an_eighth_of_its_area():
    """Q."""
    eighth = [(0.0, 0.0), (90.0, 0.0), (0.0, 90.0)]

    assert area_m2(eighth) == pytest.approx(5.10065621724e14 / 8, rel=1e-9)


def test_antarctica_is_as_large_as_the_planimeter_says():
    """P: 13 662 703 680 020.1 m2 about the pole, with a perimeter of 16 831 067.893 m."""
    assert area_m2(ANTARCTICA) == pytest.approx(13_662_703_680_020.1, abs=1.0)
    assert length_m([*ANTARCTICA, ANTARCTICA[0]]) == pytest.approx(16_831_067.893, abs=1e-3)


def test_area_does_not_ask_which_way_the_ring_turns_or_if_it_is_closed():
    ring = [(116.1, -2.0), (116.3, -2.0), (116.3, -1.8)]

    assert area_m2(ring) == pytest.approx(area_m2(ring[::-1]))
    assert area_m2(ring) == pytest.approx(area_m2([*ring, ring[0]]))
    assert area_m2(ring[:2]) == 0.0


@pytest.mark.parametrize("radius_m", [1.0, 500.0, 2_000_000.0])
def test_a_circle_is_everywhere_as_far_from_its_centre(radius_m):
    ring = circle(GROGOT, radius_m)

    assert ring[0] == ring[-1]
    assert [course(GROGOT, place).metres for place in ring] == pytest.approx(
        [radius_m] * len(ring), rel=1e-9
    )


def test_proj_is_not_loaded_before_somebody_measures():
    told = "import sys, paser_command.geodesy; sys.exit('pyproj' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=False).returncode == 0
