"""What the tests of the charts panel ask it."""

from paser_plugins.charts.chart import StreamChart
from tests.plugins.panel_kit import series_of


def part(panel, kind, name):
    return panel.findChild(kind, f"charts.{name}")


def shown(panel):
    return [chart for chart in panel.findChildren(StreamChart) if chart.isVisible()]


def answers(context, values=range(100)):
    return {query.stream: series_of(query, values) for query in context.asked[-1]}
