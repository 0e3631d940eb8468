"""The language of the window: English stands in the sources, others in ``resources/translations/facea_<locale>.qm``."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from facea_desktop.resources import resource

log = logging.getLogger(__name__)

ENGLISH = "en"


def languages() -> dict[str, str]:
    """Every language there is, as it calls itself, by its locale; English first."""
    there = sorted(path.stem.removeprefix("facea_") for path in resource("translations").glob("facea_*.qm"))
    names = {locale: QLocale(locale).nativeLanguageName() for locale in there}
    return {ENGLISH: "English"} | {locale: name[:1].upper() + name[1:] for locale, name in names.items()}


def use_language(app: QCoreApplication, wanted: str | None) -> None:
    """Let what is built from now on speak a language, Qt's own buttons included, instead of the one before.

    Args:
        wanted: a locale of ``languages``; None takes the system's, and English where there is no translation for it.
    """
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    locale = wanted or _of_the_system()
    QLocale.setDefault(QLocale(wanted) if wanted is not None else QLocale.system())  # days and numbers, too
    if locale == ENGLISH:
        return
    for name, folder in (
        (f"facea_{locale}.qm", str(resource("translations"))),
        (f"qtbase_{locale}.qm", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
        else:
            log.warning("%s is not there; its part of the window stays English", name)


def _of_the_system() -> str:
    """The first language that the user can read and that there is; each is tried with its country, then without."""
    for name in QLocale.system().uiLanguages():
        for locale in (name.replace("-", "_"), name.partition("-")[0]):
            if locale == ENGLISH or resource("translations", f"facea_{locale}.qm").exists():
                return locale
    return ENGLISH
