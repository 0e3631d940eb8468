"""How a person's appearance is put into words; prompts have words of their own, which stay English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance

_translate = QCoreApplication.translate


def appearance_line(appearance: Appearance, subject: Subject | None) -> str:
    """ "Middle-aged, short brown hair, beard"; empty where nothing is known. What goes without saying is left out."""
    words = [_age(appearance), _hair(appearance), _beard(appearance, subject), _skin(appearance), _eyewear(appearance)]
    line = ", ".join(word for word in words if word)
    return line[:1].upper() + line[1:]


def group_title(group: str) -> str:
    """What a group of the appearance is called."""
    return {
        "age": _translate("appearance", "Age"),
        "hair_length": _translate("appearance", "Hair length"),
        "hair_texture": _translate("appearance", "Hair texture"),
        "hair_colour": _translate("appearance", "Hair colour"),
        "beard": _translate("appearance", "Beard"),
        "skin": _translate("appearance", "Skin"),
        "eyewear": _translate("appearance", "Glasses"),
    }[group]


def value_title(group: str, value: str) -> str:
    """What a value is called where it is chosen."""
    return {
        ("age", "young"): _translate("appearance", "young"),
        ("age", "middle-aged"): _translate("appearance", "middle-aged"),
        ("age", "old"): _translate("appearance", "elderly"),
        ("hair_length", "bald"): _translate("appearance", "bald"),
        ("hair_length", "short"): _translate("appearance", "short"),
        ("hair_length", "medium"): _translate("appearance", "medium-length"),
        ("hair_length", "long"): _translate("appearance", "long"),
        ("hair_texture", "straight"): _translate("appearance", "straight"),
        ("hair_texture", "wavy"): _translate("appearance", "wavy"),
        ("hair_texture", "curly"): _translate("appearance", "curly"),
        ("hair_colour", "black"): _translate("appearance", "black"),
        ("hair_colour", "brown"): _translate("appearance", "brown"),
        ("hair_colour", "blond"): _translate("appearance", "blond"),
        ("hair_colour", "red"): _translate("appearance", "red"),
        ("hair_colour", "grey"): _translate("appearance", "grey"),
        ("beard", "none"): _translate("appearance", "no beard"),
        ("beard", "stubble"): _translate("appearance", "stubble"),
        ("beard", "moustache"): _translate("appearance", "moustache"),
        ("beard", "beard"): _translate("appearance", "beard"),
        ("skin", "light"): _translate("appearance", "light"),
        ("skin", "medium"): _translate("appearance", "medium"),
        ("skin", "dark"): _translate("appearance", "dark"),
        ("eyewear", "none"): _translate("appearance", "no glasses"),
        ("eyewear", "glasses"): _translate("appearance", "glasses"),
        ("eyewear", "sunglasses"): _translate("appearance", "sunglasses"),
    }[group, value]


def _age(appearance: Appearance) -> str:
    return value_title("age", appearance.age) if appearance.age is not None else ""


def _hair(appearance: Appearance) -> str:
    """Adjectives with "hair", which other languages inflect for it."""
    if appearance.hair_length == "bald":
        return value_title("hair_length", "bald")
    adjectives = {
        "short": _translate("before hair", "short"),
        "medium": _translate("before hair", "medium-length"),
        "long": _translate("before hair", "long"),
        "straight": _translate("before hair", "straight"),
        "wavy": _translate("before hair", "wavy"),
        "curly": _translate("before hair", "curly"),
        "black": _translate("before hair", "black"),
        "brown": _translate("before hair", "brown"),
        "blond": _translate("before hair", "blond"),
        "red": _translate("before hair", "red"),
        "grey": _translate("before hair", "grey"),
    }
    known = (appearance.hair_length, appearance.hair_texture, appearance.hair_colour)
    words = " ".join(adjectives[value] for value in known if value is not None)
    return _translate("before hair", "{adjectives} hair").format(adjectives=words) if words else ""


def _beard(appearance: Appearance, subject: Subject | None) -> str:
    if appearance.beard is None:
        return ""
    if appearance.beard == "none":
        return _translate("appearance", "clean-shaven") if subject is Subject.MAN else ""
    return value_title("beard", appearance.beard)


def _skin(appearance: Appearance) -> str:
    words = {
        "light": _translate("appearance", "light skin"),
        "medium": _translate("appearance", "medium skin tone"),
        "dark": _translate("appearance", "dark skin"),
    }
    return words[appearance.skin] if appearance.skin is not None else ""


def _eyewear(appearance: Appearance) -> str:
    return value_title("eyewear", appearance.eyewear) if appearance.eyewear not in (None, "none") else ""
