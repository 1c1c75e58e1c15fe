"""The look of Qt's own widgets: Fusion, one palette, and a small style sheet from the tokens."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from paser_ui.theme.fonts import font, load_fonts
from paser_ui.theme.tokens import COLOURS, DARK, GAP_PX, HELP_PX, LABEL_PX, TEXT_PX, Colours, choose

_SHEET = """
QLabel[role="2"] {{ color: {text_2}; }}
QLabel[role="3"] {{ color: {text_3}; }}
QWidget[ground="panel"] {{ background: {panel}; }}
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {line}; padding: 4px; }}

QPushButton, QComboBox, QLineEdit, QPlainTextEdit {{
    color: {text}; background: {raised}; border: 1px solid {edge}; border-radius: 2px;
    padding: 3px 10px; min-height: 18px;
}}
QLineEdit, QPlainTextEdit {{ background: {field}; padding: 3px 6px; }}
QPushButton:hover, QComboBox:hover {{ border-color: {text_3}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:disabled, QComboBox:disabled {{ color: {text_3}; border-color: {line}; }}
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QPlainTextEdit:focus {{
    border-color: {selection};
}}
QLineEdit[wrong="true"] {{ border: 2px dashed {text}; padding: 2px 5px; }}
QPushButton[flat="true"] {{ background: transparent; border-color: transparent; }}
QPushButton[flat="true"]:hover {{ background: {raised}; }}
QPushButton[flat="true"]:focus {{ border-color: {selection}; }}
QPushButton:checked {{ border-color: {text_2}; }}
QComboBox {{ padding: 3px 24px 3px 6px; }}
QComboBox::drop-down {{ border: 0; width: 0; }}
QComboBox QAbstractItemView {{
    background: {raised}; border: 1px solid {edge}; selection-background-color: {selected_row};
}}
QAbstractItemView {{
    background: {panel}; alternate-background-color: {panel}; border: 0; outline: 0;
    selection-background-color: {selected_row}; selection-color: {text};
}}
QHeaderView::section {{
    color: {text_3}; background: {panel}; border: 0; border-bottom: 1px solid {line};
    padding: 4px 8px; font-size: {label_px}px;
}}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 8px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 2px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {text_3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu {{ background: {raised}; border: 1px solid {edge}; }}
QMenu::item:selected {{ color: {text}; background: {selected_row}; }}

ads--CDockContainerWidget, ads--CDockManager {{ background: transparent; border: 0; }}
ads--CDockSplitter {{ background: transparent; }}
ads--CDockSplitter::handle {{ background: transparent; }}
ads--CDockSplitter::handle:hover {{ background: {selection}; }}
ads--CDockAreaWidget {{ background: {panel}; border: 0; }}
ads--CDockAreaTitleBar {{
    background: {panel}; border: 0; border-bottom: 1px solid {line};
    min-height: 32px; max-height: 32px; padding: 0;
}}
ads--CDockAreaTabBar, ads--CDockAreaTabBar > QWidget, ads--CDockAreaTabBar > QWidget > QWidget {{
    background: {panel}; border: 0;
}}
ads--CDockWidgetTab, ads--CDockWidgetTab[activeTab="true"] {{
    background: {panel}; border: 0; padding: 0 6px 0 0; min-height: 29px; max-height: 29px;
}}
ads--CDockWidgetTab QLabel {{ background: transparent; color: {text_3}; font-size: {text_px}px; }}
ads--CDockWidgetTab[activeTab="true"] QLabel {{ color: {text}; }}
ads--CDockWidget {{ background: {panel}; border: 0; }}
ads--CTitleBarButton {{ background: transparent; border: 0; padding: 2px; }}
ads--CFloatingDockContainer {{ background: {ground}; }}
"""


def apply_theme(app: QApplication, theme: Colours = DARK) -> None:
    """Give the program its colours, style, palette, font and sheet; before the first window."""
    choose(theme)
    load_fonts()
    app.setStyle("Fusion")
    app.setPalette(_palette(COLOURS))
    app.setFont(font(TEXT_PX))
    app.setStyleSheet(_sheet(COLOURS))


def _sheet(colours: Colours) -> str:
    names = {field: getattr(colours, field).name() for field in colours.__struct_fields__}
    sizes = {"text_px": TEXT_PX, "help_px": HELP_PX, "label_px": LABEL_PX, "gap_px": GAP_PX}
    return _SHEET.format(**names, **sizes)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for what, colour in (
        (role.Window, colours.ground),
        (role.WindowText, colours.text),
        (role.Base, colours.panel),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.text_3),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.text),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.ground),
        (role.Accent, colours.selection),
        (role.Link, colours.selection),
        (role.Light, colours.edge),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.ground),
        (role.Shadow, colours.ground),
    ):
        palette.setColor(what, colour)
    for what in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, what, colours.text_3)
    return palette
