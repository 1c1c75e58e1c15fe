"""Pages stand behind tabs in their order, and say on the tab what they are called."""

import pytest

from paser_command.workspaces.definition import Page
from paser_ui.docking import Docking
from paser_ui.windows.page import PageView
from paser_ui.windows.page_stack import PageStack


@pytest.fixture
def stack(qapp):
    made = PageStack(lambda text: text.upper())
    made.docking = Docking(made)  # type: ignore[attr-defined]
    made.resize(600, 400)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def page(stack, name=""):
    return PageView(stack.docking, Page(name=name))


def titles(stack):
    return [stack.tabs.tabText(number) for number in range(stack.tabs.count())]


def test_one_page_has_no_tab_to_choose(stack):
    stack.add(page(stack, "Desk"))

    assert not stack.tabs.isVisible()
    assert stack.front.isVisible()


def test_a_page_without_a_name_has_its_number(stack):
    stack.add(page(stack, "Desk"))
    stack.add(page(stack))

    assert stack.tabs.isVisible()
    assert titles(stack) == ["DESK", "2"]


def test_a_page_is_put_before_others_and_the_front_one_stays(stack):
    desk, first = page(stack, "Desk"), page(stack, "First")
    stack.add(desk)

    stack.add(first, 0)

    assert titles(stack) == ["FIRST", "DESK"]
    assert stack.front is desk
    assert desk.isVisible()
    assert not first.isVisible()


@pytest.mark.parametrize("name", ["a & b", "<b>b</b>", "\N{RIGHT-TO-LEFT OVERRIDE}x"])
def test_a_strange_name_is_shown_as_it_is(stack, name):
    one = page(stack, "Desk")
    stack.add(one)
    stack.add(page(stack))

    one.rename(name)

    shown = titles(stack)[0].replace("&&", "&")
    assert shown == name.upper().replace("\N{RIGHT-TO-LEFT OVERRIDE}", "\N{REPLACEMENT CHARACTER}")


def test_a_page_that_is_taken_out_lives_on(stack):
    desk, other = page(stack, "Desk"), page(stack, "Other")
    stack.add(desk)
    stack.add(other)
    stack.turn_to(other)

    stack.take(other)
    other.rename("Elsewhere")

    assert stack.pages == [desk]
    assert stack.front is desk
    assert other.parent() is None
    other.deleteLater()


def test_the_pages_turn_round(stack):
    pages = [page(stack, str(number)) for number in range(3)]
    for one in pages:
        stack.add(one)
    turned = []
    stack.turned.connect(lambda: turned.append(stack.front))

    for by in (1, 1, 1, -1):
        stack.turn(by)

    assert turned == [pages[1], pages[2], pages[0], pages[2]]


def test_an_empty_stack_has_nothing_in_front(stack):
    stack.turn(1)

    assert stack.front is None
