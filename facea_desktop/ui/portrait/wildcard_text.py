"""Wildcards of a prompt in words: what they draw, and what cannot be drawn."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.wildcards import Circle, NoLines, Trouble, Unclosed, UnknownName

tr = QCoreApplication.translate


def trouble_text(trouble: Trouble) -> str:
    """One line that says what is wrong and what to do."""
    match trouble:
        case Unclosed(text):
            return tr("Wildcards", "Close the bracket in \u201c{0}\u201d with a {1}.").format(text, "}")
        case UnknownName(name, near) if near:
            return tr("Wildcards", "There is no list {0}.txt. Did you mean __{1}__?").format(name, near)
        case UnknownName(name):
            text = tr("Wildcards", "There is no list {0}.txt in the folder \u201cwildcards\u201d of the data folder.")
            return text.format(name)
        case NoLines(name):
            return tr("Wildcards", "The list {0}.txt is empty. Write one option per line.").format(name)
        case Circle(name):
            return tr("Wildcards", "The list {0}.txt leads back to itself.").format(name)
