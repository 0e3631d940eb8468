"""What a mix is made of: one person, and the attributes that others give."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import MixPreviewRequest, MixRequest, Take
from facea_desktop.ui.jobs.words import attribute_words, joined

tr = QCoreApplication.translate

EYES = (Attribute.LEFT_EYE, Attribute.RIGHT_EYE)
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Gift:
    """Who gives an attribute, and how strongly (0.1 to 1)."""

    giver: Profile
    strength: float = 1.0


@dataclass
class Mix:
    """The mix on the table.

    Attributes:
        linked: what one eye takes, the other takes too.
    """

    base: Profile | None = None
    gifts: dict[Attribute, Gift] = field(default_factory=dict)
    linked: bool = False

    def put(self, attribute: Attribute, giver: Profile) -> None:
        """Take an attribute from this person; a strength that was set stays."""
        for one in self._with(attribute):
            before = self.gifts.get(one)
            self.gifts[one] = Gift(giver, before.strength if before is not None else 1.0)

    def take_away(self, attribute: Attribute) -> None:
        """Keep the base person's own."""
        for one in self._with(attribute):
            self.gifts.pop(one, None)

    def set_strength(self, attribute: Attribute, strength: float) -> None:
        """How far the attribute goes."""
        for one in self._with(attribute):
            if one in self.gifts:
                self.gifts[one] = Gift(self.gifts[one].giver, strength)

    def link(self, linked: bool) -> None:
        """Treat both eyes as one, or apart; the left one's giver, else the right one's, gives both."""
        self.linked = linked
        gift = self.gifts.get(Attribute.LEFT_EYE) or self.gifts.get(Attribute.RIGHT_EYE)
        if linked and gift is not None:
            self.gifts |= dict.fromkeys(EYES, gift)

    def takes(self) -> tuple[Take, ...]:
        """In the order of the attributes."""
        return tuple(
            Take(attribute=one, person=self.gifts[one].giver.id, strength=self.gifts[one].strength)
            for one in Attribute
            if one in self.gifts
        )

    def preview_request(self, seed: int) -> MixPreviewRequest | None:
        """What to ask for to see it; None while there is nothing to see."""
        if self.base is None or not self.gifts:
            return None
        return MixPreviewRequest(person=self.base.id, takes=self.takes(), seed=seed)

    def request(self, name: str, steps: int, seed: int) -> MixRequest | None:
        """What to ask for to make it stay; None while nothing is taken."""
        if self.base is None or not self.gifts:
            return None
        return MixRequest(person=self.base.id, takes=self.takes(), name=name, steps=steps, seed=seed)

    def suggested_name(self) -> str:
        """ "Anna with Ben's nose", "Anna with Ben's eyes and Cleo's mouth"; shorter where that is too long."""
        if self.base is None or not self.gifts:
            return ""
        name = tr("Mixer", "{base} with {gifts}").format(base=self.base.name, gifts=joined(self._gift_words()))
        if len(name) > _LONGEST_NAME:
            name = tr("Mixer", "{}, mixed").format(self.base.name[: _LONGEST_NAME - 10])
        return name

    def provenance(self, steps: int) -> str:
        """What the new person will be made of, in a sentence."""
        if self.base is None:
            return ""
        if not self.gifts:
            return tr("Mixer", "All of it is {}'s own so far.").format(self.base.name)
        gifts = joined(self._gift_words(strengths=True))
        return tr("Mixer", "{base}'s face with {gifts}; {steps} steps of tuning each.").format(
            base=self.base.name, gifts=gifts, steps=steps
        )

    def _with(self, attribute: Attribute) -> tuple[Attribute, ...]:
        return EYES if self.linked and attribute in EYES else (attribute,)

    def _gift_words(self, *, strengths: bool = False) -> list[str]:
        """A phrase for each person and strength: "Ben's eyes and nose (80 %)"."""
        groups: dict[tuple[str, str, float], list[Attribute]] = {}
        for one in Attribute:
            if one in self.gifts:
                gift = self.gifts[one]
                key = (gift.giver.id, gift.giver.name, gift.strength if strengths else 1.0)
                groups.setdefault(key, []).append(one)
        phrases = []
        for (_, name, strength), attributes in groups.items():
            words = tr("Mixer", "{}'s {}").format(name, joined(_attribute_words(attributes)))
            phrases.append(words if strength == 1 else f"{words} ({round(100 * strength)} %)")
        return phrases


def _attribute_words(attributes: list[Attribute]) -> list[str]:
    if not set(EYES) <= set(attributes):
        return [attribute_words(one) for one in attributes]
    return [tr("Mixer", "eyes"), *(attribute_words(one) for one in attributes if one not in EYES)]


def _leave_words(person: Profile) -> str:
    return tr("Mixer", "The leave to portray {} has ended. Ask again, then renew it on the person's page.").format(
        person.name
    )


def why_not_base(base: Profile) -> str | None:
    """Why attributes cannot be put on this person, and what to do; None if they can."""
    if base.tuning is None:
        return tr("Mixer", "{} is not tuned yet. Tune first, then mix.").format(base.name)
    if base.consent.ended:
        return _leave_words(base)
    if not base.references:
        return tr("Mixer", "{} has no photos to show a mix on. Choose somebody who was enrolled with photos.").format(
            base.name
        )
    return None


def why_not_give(base: Profile, giver: Profile, attribute: Attribute) -> str | None:
    """Why this person cannot give that attribute, and what to do; None if they can."""
    if giver.id == base.id:
        return tr("Mixer", "{name} has {name}'s own {what} already. Choose somebody else.").format(
            name=base.name, what=attribute_words(attribute)
        )
    if giver.tuning is None:
        return tr("Mixer", "{} is not tuned yet. Tune {} first, then take from them.").format(giver.name, giver.name)
    if giver.consent.ended:
        return _leave_words(giver)
    if giver.family != base.family:
        return tr(
            "Mixer",
            "{giver} was made with other models than {base} ({theirs}, not {ours}). "
            "Enrol {giver} again with {ours}, or choose somebody else.",
        ).format(giver=giver.name, base=base.name, theirs=giver.family, ours=base.family)
    if not any(attribute in reference.parts for reference in giver.references):
        return tr("Mixer", "{name} has no photo that shows the {what}. Add one, or choose somebody else.").format(
            name=giver.name, what=attribute_words(attribute)
        )
    return None
