"""The style of a vector layer: by which field, in which classes, colours, sizes, named how."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from paser_command.language import Language
from paser_command.maps.classes import Method
from paser_command.maps.colours import RAMPS
from paser_command.maps.definition import CategoryRule, ClassRule, Style
from paser_command.maps.styles import Key, keys
from paser_command.maps.suggestions import category_rule, class_rule
from paser_map.tree.choice import Choice
from paser_map.tree.swatch import ColourButton
from paser_ui.theme.fonts import font
from paser_ui.theme.tokens import GAP_PX, LABEL_PX
from paser_ui.widgets.plain import ElidedLabel, plain_label, put_name, put_text
from paser_ui.widgets.still import keep_still

_ONE, _CLASSES, _CATEGORIES = "one", "classes", "categories"
_MOST_CLASSES = 9

_RULE_WORDS = {_ONE: "One colour", _CLASSES: "Classes of a number", _CATEGORIES: "Categories"}
_METHOD_WORDS = {
    Method.EQUAL: "Equal intervals",
    Method.QUANTILE: "Equal counts",
    Method.NATURAL: "Natural breaks",
}
_RAMP_WORDS = {"slate": "Slate", "moss": "Moss", "sand": "Sand", "plum": "Plum"}
_ROW_WORDS = {
    "rule": "Colour by",
    "field": "Field",
    "method": "Cut by",
    "classes": "Classes",
    "ramp": "Colours",
    "size_px": "Size",
    "size": "Size by",
    "label": "Label",
}


class Attributes(Protocol):
    """What is known of a layer's features."""

    def fields(self) -> list[str]:
        """Return the names of all attributes."""
        ...

    def number_fields(self) -> list[str]:
        """Return the names of those that are numbers."""
        ...

    def column(self, name: str) -> NDArray[Any]:
        """Return an attribute of all features: numbers, or an object array of texts."""
        ...


class StyleEditor(QWidget):
    """Asks for a new style with each change. Breaks are computed from the layer's own numbers."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._style = Style()
        self._attributes: Attributes | None = None
        self._fields: list[str] = []
        self._numbers: list[str] = []
        self._language = Language("en")
        self._rule = Choice("style.rule")
        self._field = Choice("style.field")
        self._method = Choice("style.method")
        self._ramp = Choice("style.ramp")
        self._size = Choice("style.size")
        self._label = Choice("style.label")
        self._classes = _spin("style.classes", 2, _MOST_CLASSES, 5)
        self._size_px = _spin("style.size_px", 1, 64, 8)
        self._legend = QVBoxLayout()
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self._lay_out()
        for choice in (self._rule, self._field, self._method, self._ramp):
            choice.chosen.connect(self._suggest)
        self._classes.valueChanged.connect(self._suggest)
        self._size_px.valueChanged.connect(lambda px: self._change(size_px=float(px)))
        self._size.chosen.connect(lambda field: self._change(size_field=field))
        self._label.chosen.connect(lambda field: self._change(label_field=field))

    def retranslate(self, language: Language) -> None:
        """Speak this language from now on."""
        self._language = language
        for name, (label, control) in self._rows.items():
            words = language.tr(_ROW_WORDS[name])
            put_text(label, words)  # type: ignore[arg-type]
            put_name(control, words)
        self._method.offer(self._told(_METHOD_WORDS), self._method.value or Method.QUANTILE)
        self._ramp.offer(self._told(_RAMP_WORDS), self._ramp.value or next(iter(RAMPS)))
        self.show_style(self._style, self._attributes)

    def show_style(self, style: Style, attributes: Attributes | None) -> None:
        """Show a style and the fields that it may go by."""
        self._style, self._attributes = style, attributes
        self._fields = attributes.fields() if attributes else []
        self._numbers = attributes.number_fields() if attributes else []
        rule = style.rule
        kind = _kind(style)
        none = ("", self._language.tr("none"))
        self._rule.offer(self._told(_RULE_WORDS), kind)
        named = self._able(kind)
        self._field.offer([(name, name) for name in named], rule.field if rule else "")
        self._size.offer([none, *((name, name) for name in self._numbers)], style.size_field)
        self._label.offer([none, *((name, name) for name in self._fields)], style.label_field)
        self._show_number(self._size_px, round(style.size_px))
        if isinstance(rule, ClassRule):
            self._show_number(self._classes, len(rule.colours))
        for name in ("method", "classes", "ramp"):
            self._show_row(name, kind == _CLASSES)
        self._show_row("field", kind != _ONE)
        self._show_legend()

    def _lay_out(self) -> None:
        controls: dict[str, QWidget] = {
            "rule": self._rule,
            "field": self._field,
            "method": self._method,
            "classes": self._classes,
            "ramp": self._ramp,
            "size_px": self._size_px,
            "size": self._size,
            "label": self._label,
        }
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_PX)
        for name, control in controls.items():
            label = plain_label(font=font(LABEL_PX), role="2")
            self._rows[name] = (label, control)
            form.addRow(label, control)
            if name == "ramp":
                self._legend.setSpacing(2)
                form.addRow(self._legend)

    def _told(self, words: dict[str, str] | dict[Method, str]) -> list[tuple[str, str]]:
        return [(str(value), self._language.tr(text)) for value, text in words.items()]

    def _show_row(self, name: str, shown: bool) -> None:
        for part in self._rows[name]:
            part.setVisible(shown)

    def _show_number(self, spin: QSpinBox, value: int) -> None:
        spin.blockSignals(True)
        spin.setValue(value)
        spin.blockSignals(False)

    def _show_legend(self) -> None:
        """Show a line for each colour, which a person may change one by one."""
        while (line := self._legend.takeAt(0)) is not None:
            if (widget := line.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, key in enumerate(keys(self._style)):
            self._legend.addWidget(self._legend_line(place, key))

    def _legend_line(self, place: int, key: Key) -> QWidget:
        words = key_words(key, self._language)
        button = ColourButton(key.colour)
        button.setObjectName(f"style.colour.{place}")
        put_name(button, self._language.tr("Colour of {what}", what=words))
        button.chosen.connect(lambda colour: self._recolour(place, colour))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addWidget(ElidedLabel(words, font=font(LABEL_PX)), 1)
        return line

    def _recolour(self, place: int, colour: str) -> None:
        rule, replace = self._style.rule, msgspec.structs.replace
        if rule is None:
            self._change(colour=colour)
        elif isinstance(rule, ClassRule):
            colours = [*rule.colours[:place], colour, *rule.colours[place + 1 :]]
            self._change(rule=replace(rule, colours=tuple(colours)))
        elif place < len(rule.colours):
            named = list(rule.colours)[place]
            self._change(rule=replace(rule, colours=rule.colours | {named: colour}))
        else:
            self._change(rule=replace(rule, other=colour))

    def _suggest(self) -> None:
        """Make a rule anew from what is chosen; a field that the kind cannot use is replaced."""
        kind = self._rule.value
        makers: dict[str, Callable[[str], ClassRule | CategoryRule]] = {
            _CLASSES: self._class_rule,
            _CATEGORIES: lambda field: category_rule(field, self._column(field)),
        }
        able = self._able(kind)
        field = self._field.value if self._field.value in able else next(iter(able), "")
        self._change(rule=makers[kind](field) if kind in makers and field else None)

    def _class_rule(self, field: str) -> ClassRule:
        return class_rule(
            field,
            self._column(field),
            method=Method(self._method.value),
            classes=self._classes.value(),
            ramp_name=self._ramp.value,
        )

    def _able(self, kind: str) -> list[str]:
        return self._numbers if kind == _CLASSES else self._fields

    def _column(self, field: str) -> NDArray[Any]:
        assert self._attributes is not None
        return self._attributes.column(field)

    def _change(self, **changes: object) -> None:
        style = msgspec.structs.replace(self._style, **changes)
        if style != self._style:
            self.wanted.emit(style)
        self.show_style(style, self._attributes)


def key_words(key: Key, language: Language) -> str:
    """Return a line of the legend in words: numbers from and to, a value, or all that is left."""
    low, high = (None if end is None else _number(end, language) for end in (key.low, key.high))
    if low is not None and high is not None:
        return f"{low} – {high}"
    if low is not None:
        return f"≥ {low}"
    if high is not None:
        return f"< {high}"
    return key.value if key.value is not None else language.tr("all other")


def _number(value: float, language: Language) -> str:
    decimals = next((n for n in range(4) if round(value, n) == round(value, 4)), 4)
    return language.number(value, decimals)


def _kind(style: Style) -> str:
    if isinstance(style.rule, ClassRule):
        return _CLASSES
    return _ONE if style.rule is None else _CATEGORIES


def _spin(name: str, least: int, most: int, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(name)
    keep_still(spin)
    spin.setRange(least, most)
    spin.setValue(value)
    return spin
