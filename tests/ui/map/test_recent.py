"""What is on the screen is kept, what ran by is not."""

from paser_map.recent import Recent


class Making:
    """A function that says what it was asked, and a clock."""

    def __init__(self):
        self.asked = []
        self.s = 0.0
        self.recent = Recent(self.make, kept_s=30.0, now_s=lambda: self.s)

    def make(self, word, times=1):
        self.asked.append(word)
        return [word] * times


def test_what_is_used_is_made_once():
    making = Making()

    first = making.recent("Kandilo")
    for making.s in range(10, 300, 10):
        assert making.recent("Kandilo") is first

    assert making.asked == ["Kandilo"]


def test_what_is_not_used_is_let_go_of():
    making = Making()

    for making.s in range(600):
        making.recent("Kandilo")
        making.recent(f"{making.s / 100:.2f} m")

    assert len(making.recent) <= 62
    assert making.asked.count("Kandilo") == 1


def test_without_anything_new_nothing_is_let_go_of():
    making = Making()
    making.recent("Kandilo")

    making.s = 3600.0
    making.recent("Kandilo")

    assert making.asked == ["Kandilo"]


def test_what_differs_in_any_argument_is_another():
    making = Making()

    answers = [making.recent("a"), making.recent("a", 2), making.recent("a", times=3)]

    assert answers == [["a"], ["a", "a"], ["a", "a", "a"]]
