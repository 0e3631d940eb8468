"""The manual page, made from the command line's own help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from facea_desktop.argument_parser import build_parser
from installers.description import App


def manual(app: App, date: str) -> str:
    """``facea-desktop.1`` as man reads it; ``date`` is shown at the foot."""
    parser = build_parser()
    lines = [
        f'.TH {_quoted(app.id.upper())} 1 {_quoted(date)} {_quoted(f"{app.name} {app.version}")} "User Commands"',
        *(".SH NAME", f"{_text(app.id)} \\- {_text(app.summary)}"),
        *(
            ".SH SYNOPSIS",
            f".B {app.id}",
            "[\\fIFILE\\fR ...]",
            ".br",
            f".B {app.id}",
            "\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]",
        ),
        *(
            ".SH DESCRIPTION",
            "Without a command the window opens, with the people and portraits in the files that are named.",
        ),
        *(f".PP\n{_text(paragraph)}" for paragraph in app.more["description"]),
        *(".SH OPTIONS", *_options(parser)),
        ".SH COMMANDS",
    ]
    for name, command in _commands(parser):
        lines += [f".SS {_quoted(name)}", _text(_sentence(command.description)), *_options(command)]
    lines += [
        *(".SH FILES", ".TP", f"\\fI{_text(app.more['data-folder']['linux'])}\\fR"),
        "People, portraits and models. Removing the program leaves it; deleting it deletes them.",
        *(".SH ENVIRONMENT", ".TP", ".B FACEA_DATA_DIR", "Another place for people, portraits and models."),
        *(".SH EXIT STATUS", "0 for done, 1 for an error of the program or a cancelled command, 2 for wrong use,"),
        "3 for what you can mend, with a line that says how.",
    ]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command by its whole name, in the order of the help; one that only has commands of its own is left out."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                inner = list(_commands(command, f"{before}{name} "))
                yield from inner or [(f"{before}{name}", command)]


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    formatter = argparse.HelpFormatter("")
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction) or action.help == argparse.SUPPRESS:
            continue
        yield ".TP"
        yield f".B {_text(formatter._format_action_invocation(action))}"
        yield _text(_sentence(action.help)) if action.help else "\\&"


def _sentence(words: str | None) -> str:
    words = words or ""
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _quoted(words: str) -> str:
    return '"' + _text(words).replace('"', "\\(dq") + '"'


def _text(words: str) -> str:
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{words}" if words.startswith((".", "'")) else words
