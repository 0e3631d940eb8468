"""Everything that can be done on the canvas, as actions for its tool bar, for menus and for keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from facea_desktop.ui.canvas.canvas_view import CanvasView
from facea_desktop.ui.canvas.mask_editing import BRUSH, ERASER, MaskEditing
from facea_desktop.ui.canvas.mask_operations import Operation
from facea_desktop.ui.icons import icon

tr = QCoreApplication.translate

TOOLS = ("pointer", "brush", "eraser", "lasso", "rectangle", "ellipse", "part")
OPERATIONS = ("grow", "shrink", "feather", "invert", "clear")


@dataclass(frozen=True)
class _Command:
    text: str
    tip: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    icon: bool = True
    repeats: bool = False


def build(canvas: QWidget) -> dict[str, QAction]:
    """The actions by name; their keys work while the focus is within ``canvas``."""
    table = {
        "pointer": _Command(
            tr("Canvas", "Move"), tr("Canvas", "Move the picture and select faces"), ("V",), checkable=True
        ),
        "brush": _Command(
            tr("Canvas", "Brush"),
            tr("Canvas", "Paint the mask; Alt or the right button erases, Shift draws a line"),
            ("B",),
            checkable=True,
        ),
        "eraser": _Command(tr("Canvas", "Eraser"), tr("Canvas", "Erase from the mask"), ("E",), checkable=True),
        "lasso": _Command(
            tr("Canvas", "Lasso"),
            tr("Canvas", "Add what you draw around; Alt or the right button subtracts it"),
            ("L",),
            checkable=True,
        ),
        "rectangle": _Command(
            tr("Canvas", "Rectangle"),
            tr("Canvas", "Add a rectangle; Alt or the right button subtracts it"),
            ("R",),
            checkable=True,
        ),
        "ellipse": _Command(
            tr("Canvas", "Ellipse"),
            tr("Canvas", "Add an ellipse; Alt or the right button subtracts it"),
            ("O",),
            checkable=True,
        ),
        "part": _Command(
            tr("Canvas", "Select part"),
            tr(
                "Canvas",
                "Click to select skin, hair, lips and so on; Shift adds, Alt or the right button subtracts",
            ),
            ("P",),
            checkable=True,
        ),
        "grow": _Command(tr("Canvas", "Grow"), tr("Canvas", "Expand the mask on all sides")),
        "shrink": _Command(tr("Canvas", "Shrink"), tr("Canvas", "Shrink the mask on all sides")),
        "feather": _Command(tr("Canvas", "Feather"), tr("Canvas", "Soften the mask's edge")),
        "invert": _Command(tr("Canvas", "Invert"), tr("Canvas", "Invert the mask"), ("Ctrl+I",)),
        "clear": _Command(tr("Canvas", "Clear"), tr("Canvas", "Remove the whole mask"), ("Shift+Delete",)),
        "undo": _Command(
            tr("Canvas", "Undo"), tr("Canvas", "Undo the last change to the mask"), ("Ctrl+Z",), repeats=True
        ),
        "redo": _Command(
            tr("Canvas", "Redo"), tr("Canvas", "Redo the last undone change"), ("Ctrl+Shift+Z", "Ctrl+Y"), repeats=True
        ),
        "compare": _Command(
            tr("Canvas", "Compare"), tr("Canvas", "Compare before and after with a slider"), ("C",), checkable=True
        ),
        "zoom-out": _Command(tr("Canvas", "Zoom out"), tr("Canvas", "Zoom out"), ("-",), repeats=True),
        "actual-size": _Command("100 %", tr("Canvas", "Show at actual size"), ("Ctrl+1", "1"), icon=False),
        "zoom-in": _Command(tr("Canvas", "Zoom in"), tr("Canvas", "Zoom in"), ("+", "="), repeats=True),
        "fit": _Command(tr("Canvas", "Fit"), tr("Canvas", "Show the whole picture"), ("Ctrl+0", "F", "0")),
        "copy": _Command(
            tr("Canvas", "Copy picture"),
            tr("Canvas", "Copy the picture shown to the clipboard"),
            ("Ctrl+C",),
            icon=False,
        ),
        "paste": _Command(
            tr("Canvas", "Paste picture as scene"),
            tr("Canvas", "Use the picture on the clipboard as the scene"),
            ("Ctrl+V",),
            icon=False,
        ),
        "smaller": _Command(
            tr("Canvas", "Smaller brush"), tr("Canvas", "Smaller brush"), ("[",), icon=False, repeats=True
        ),
        "larger": _Command(
            tr("Canvas", "Larger brush"), tr("Canvas", "Larger brush"), ("]",), icon=False, repeats=True
        ),
        # what Shift and a bracket make differs between systems
        "softer": _Command(
            tr("Canvas", "Softer brush"),
            tr("Canvas", "Softer brush"),
            ("Shift+[", "{", "Shift+{"),
            icon=False,
            repeats=True,
        ),
        "harder": _Command(
            tr("Canvas", "Harder brush"),
            tr("Canvas", "Harder brush"),
            ("Shift+]", "}", "Shift+}"),
            icon=False,
            repeats=True,
        ),
        "swap": _Command(
            tr("Canvas", "Swap brush and eraser"), tr("Canvas", "Swap brush and eraser"), ("X",), icon=False
        ),
    }
    made = {name: _action(canvas, name, command) for name, command in table.items()}
    group = QActionGroup(canvas)
    for name in TOOLS:
        group.addAction(made[name])
    made["pointer"].setChecked(True)
    return made


def connect(actions: Mapping[str, QAction], editor: MaskEditing, view: CanvasView, amount: Callable[[], int]) -> None:
    """Connect the actions that edit the mask or zoom.

    Args:
        amount: how many pixels operations reach.
    """
    for name in TOOLS:
        actions[name].triggered.connect(lambda _=False, name=name: editor.choose(name))
    for operation in Operation:
        actions[operation].triggered.connect(lambda _=False, operation=operation: editor.operate(operation, amount()))
    actions["undo"].triggered.connect(editor.undo)
    actions["redo"].triggered.connect(editor.redo)
    actions["zoom-in"].triggered.connect(lambda: view.zoom_by(1))
    actions["zoom-out"].triggered.connect(lambda: view.zoom_by(-1))
    actions["actual-size"].triggered.connect(lambda: view.zoom_to(1))
    actions["fit"].triggered.connect(view.fit)
    actions["smaller"].triggered.connect(lambda: editor.brush.larger(-1))
    actions["larger"].triggered.connect(lambda: editor.brush.larger(1))
    actions["softer"].triggered.connect(lambda: editor.brush.harder(-1))
    actions["harder"].triggered.connect(lambda: editor.brush.harder(1))
    actions["swap"].triggered.connect(lambda: editor.choose(ERASER if editor.tool == BRUSH else BRUSH))


def enable(
    actions: Mapping[str, QAction], editor: MaskEditing, *, masking: bool, shown: bool, comparable: bool
) -> None:
    """Enable the actions that can do something now.

    Args:
        masking: whether the mask may be changed.
        shown: whether there is a picture.
        comparable: whether there is a result to compare it with.
    """
    can_mask = masking and editor.layer is not None and not editor.busy
    masked = can_mask and editor.layer is not None and not editor.layer.empty
    for name in (*TOOLS, "invert", "swap", "smaller", "larger", "softer", "harder"):
        actions[name].setEnabled(can_mask)
    for name in ("grow", "shrink", "feather", "clear"):
        actions[name].setEnabled(masked)
    actions["undo"].setEnabled(can_mask and editor.undo_stack.canUndo())
    actions["redo"].setEnabled(can_mask and editor.undo_stack.canRedo())
    for name in ("fit", "zoom-in", "zoom-out", "actual-size", "copy"):
        actions[name].setEnabled(shown)
    actions["compare"].setEnabled(comparable)


def _action(canvas: QWidget, name: str, command: _Command) -> QAction:
    action = QAction(command.text, canvas)
    action.setObjectName("canvas" + "".join(part.capitalize() for part in name.split("-")))
    keys = [QKeySequence(key) for key in command.keys]
    action.setShortcuts(keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setAutoRepeat(command.repeats)
    shown = f" ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else ""
    action.setToolTip(command.tip + shown)
    action.setStatusTip(command.tip)
    action.setCheckable(command.checkable)
    if command.icon:
        action.setIcon(icon(name, on="accent"))
    canvas.addAction(action)
    return action


ICON = QSize(18, 18)
