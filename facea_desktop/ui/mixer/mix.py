"""What a mix is made of: one person, and the attributes that others give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, MixRequest
from facea_desktop.domain.people import NAME_CHARACTERS, Profile
from facea_desktop.domain.permissions import (
    AttributeNotShown,
    ConsentEnded,
    NoPhotos,
    NotTuned,
    OtherFamily,
    SamePerson,
    mix_base_refusal,
    mix_source_refusal,
    preview_base_refusal,
    preview_source_refusal,
)
from facea_desktop.ui.formatting import joined
from facea_desktop.ui.job_text import attribute_words

tr = QCoreApplication.translate

EYES = (Attribute.LEFT_EYE, Attribute.RIGHT_EYE)

LEAST = 0.1
"""The smallest part of an attribute that somebody gives."""


@dataclass(frozen=True)
class MixSource:
    """Who gives an attribute, and how much of it (LEAST to 1)."""

    giver: Profile
    strength: float = 1.0


Sources = dict[Attribute, tuple[MixSource, ...]]


@dataclass(frozen=True)
class _Moved:
    """A slider that was moved: whose, and the sources before it was first moved and after it was last."""

    attribute: Attribute
    person: str
    start: Sources
    end: Sources

    def goes_on(self, attribute: Attribute, person: str, sources: Sources) -> bool:
        """Whether it is moved again, and nothing else was changed in between."""
        return (self.attribute, self.person, self.end) == (attribute, person, sources)


@dataclass
class Mix:
    """The mix on the table.

    Attributes:
        sources: of each attribute that is taken, at least one, MOST_GIVERS at most, together the whole of it at most,
            to a hundredth or so; the rest stays the base person's.
        linked: what one eye takes, the other takes too.
    """

    base: Profile | None = None
    sources: Sources = field(default_factory=dict)
    linked: bool = False
    _moved: _Moved | None = field(default=None, init=False, compare=False)

    def put(self, attribute: Attribute, giver: Profile, instead_of: str = "") -> None:
        """Take an attribute from this person, as much as before from whom they replace.

        Args:
            instead_of: the id of who gives it no more; all do not where that is nobody who gives it.
        """
        for one in self.together(attribute):
            before = self.sources.get(one, ())
            if instead_of not in self.givers(one):
                strength = min(1.0, round(sum(source.strength for source in before), 2)) or 1.0
                self.sources[one] = (MixSource(giver, strength),)
            else:
                self.sources[one] = tuple(
                    MixSource(giver, source.strength) if source.giver.id == instead_of else source
                    for source in before
                    if source.giver.id == instead_of or source.giver.id != giver.id
                )

    def add(self, attribute: Attribute, giver: Profile) -> None:
        """Take an attribute from this person, too, as much as from each of the others."""
        for one in self.together(attribute):
            others = tuple(source for source in self.sources.get(one, ()) if source.giver.id != giver.id)
            share = round(1 / (len(others) + 1), 2)
            self.sources[one] = (*_within(others, 1 - share), MixSource(giver, share))

    def take_away(self, attribute: Attribute, person: str) -> None:
        """Take nothing more of an attribute from the person with this id."""
        for one in self.together(attribute):
            left = tuple(source for source in self.sources.get(one, ()) if source.giver.id != person)
            if left:
                self.sources[one] = left
            else:
                self.sources.pop(one, None)

    def set_strength(self, attribute: Attribute, person: str, strength: float) -> None:
        """How much of an attribute comes from the person with this id; the others have what is left at most.

        While it is this that is changed again and again, the others get back what there is room for again.
        """
        start = dict(self.sources)
        if self._moved is not None and self._moved.goes_on(attribute, person, self.sources):
            start = self._moved.start
        for one in self.together(attribute):
            before = start.get(one, ())
            if person not in self.givers(one):
                continue  # the other eye, which is linked, has none of theirs
            others = iter(_within([source for source in before if source.giver.id != person], 1 - strength))
            self.sources[one] = tuple(
                MixSource(source.giver, strength) if source.giver.id == person else next(others) for source in before
            )
        self._moved = _Moved(attribute, person, start, dict(self.sources))

    def givers(self, attribute: Attribute | None = None) -> dict[str, Profile]:
        """Those who give an attribute, or any, by their ids."""
        taken = Attribute if attribute is None else (attribute,)
        sources = (source for one in taken for source in self.sources.get(one, ()))
        return {source.giver.id: source.giver for source in sources}

    def together(self, attribute: Attribute) -> tuple[Attribute, ...]:
        """What is given with an attribute: both eyes while they are linked."""
        return EYES if self.linked and attribute in EYES else (attribute,)

    def link(self, linked: bool) -> None:
        """Treat both eyes as one, or apart; who gives the left one, else the right one, gives both."""
        self.linked = linked
        sources = self.sources.get(Attribute.LEFT_EYE) or self.sources.get(Attribute.RIGHT_EYE)
        if linked and sources is not None:
            self.sources |= dict.fromkeys(EYES, sources)

    def takes(self) -> tuple[AttributeSource, ...]:
        """In the order of the attributes."""
        return tuple(
            AttributeSource(attribute=one, person=source.giver.id, strength=source.strength)
            for one in Attribute
            for source in self.sources.get(one, ())
        )

    def preview_request(self, seed: int) -> MixPreviewRequest | None:
        """What to ask for to see it; None while there is nothing to see."""
        if self.base is None or not self.sources:
            return None
        return MixPreviewRequest(person=self.base.id, takes=self.takes(), seed=seed)

    def request(self, name: str, steps: int, seed: int) -> MixRequest | None:
        """What to ask for to save it; None while nothing is taken."""
        if self.base is None or not self.sources:
            return None
        return MixRequest(person=self.base.id, takes=self.takes(), name=name, steps=steps, seed=seed)

    def suggested_name(self) -> str:
        """ "Anna with Ben's nose", "Anna with Ben's eyes and Cleo's mouth"; shorter where that is too long."""
        if self.base is None or not self.sources:
            return ""
        name = tr("Mixer", "{base} with {gifts}").format(base=self.base.name, gifts=joined(self._source_words()))
        if len(name) > NAME_CHARACTERS:
            name = tr("Mixer", "{}, mixed").format(self.base.name[: NAME_CHARACTERS - 10])
        return name

    def provenance(self, steps: int) -> str:
        """What the new person will be made of, in a sentence."""
        if self.base is None:
            return ""
        if not self.sources:
            return tr("Mixer", "Nothing is replaced on {} yet.").format(self.base.name)
        gifts = joined(self._source_words(strengths=True))
        return tr("Mixer", "{base}'s face with {gifts}; {steps} tuning steps per attribute.").format(
            base=self.base.name, gifts=gifts, steps=steps
        )

    def _source_words(self, *, strengths: bool = False) -> list[str]:
        """A phrase for each person and strength: "Ben's eyes and nose (80 %)"."""
        groups: dict[tuple[str, str, float], list[Attribute]] = {}
        for one in Attribute:
            for source in self.sources.get(one, ()):
                key = (source.giver.id, source.giver.name, source.strength if strengths else 1.0)
                groups.setdefault(key, []).append(one)
        phrases = []
        for (_, name, strength), attributes in groups.items():
            words = tr("Mixer", "{}'s {}").format(name, joined(_attribute_words(attributes)))
            phrases.append(words if strength == 1 else f"{words} ({round(100 * strength)} %)")
        return phrases


def _within(sources: Sequence[MixSource], most: float) -> list[MixSource]:
    """Sources that give at most so much together, each at least LEAST; what is above that shrinks in proportion."""
    above = sum(source.strength - LEAST for source in sources)
    room = max(0.0, round(most - LEAST * len(sources), 2))
    if round(above, 2) <= room:
        return list(sources)
    return [replace(one, strength=round(LEAST + (one.strength - LEAST) * room / above, 2)) for one in sources]


def _attribute_words(attributes: list[Attribute]) -> list[str]:
    if not set(EYES) <= set(attributes):
        return [attribute_words(one) for one in attributes]
    return [tr("Mixer", "eyes"), *(attribute_words(one) for one in attributes if one not in EYES)]


def why_not_base(base: Profile, *, from_photos: bool = False) -> str | None:
    """Why attributes cannot be put on this person, and what to do; None if they can.

    Args:
        from_photos: attributes are taken from photos, so that they are seen on people who are not tuned.
    """
    match preview_base_refusal(base) or (None if from_photos else mix_base_refusal(base)):
        case ConsentEnded():
            return _consent_text(base)
        case NotTuned():
            return tr("Mixer", "{} is not tuned yet. Tune first, then mix.").format(base.name)
        case NoPhotos():
            text = tr("Mixer", "{} has no photos to preview a mix on. Choose someone with photos.")
            return text.format(base.name)
        case None:
            return None


def why_not_save(base: Profile) -> str | None:
    """Why a mix that is seen on this person cannot become a new person, and what to do; None if it can."""
    if isinstance(mix_base_refusal(base), NotTuned):
        return tr("Mixer", "Tune {} to save this as a new person.").format(base.name)
    return None


def why_not_give(base: Profile, giver: Profile, attribute: Attribute, *, from_photos: bool = False) -> str | None:
    """Why this person cannot give that attribute, and what to do; None if they can.

    Args:
        from_photos: it is taken from the photos of ``giver``, who need not be tuned.
    """
    match preview_source_refusal(base, giver, from_photos=from_photos) or mix_source_refusal(base, giver, attribute):
        case SamePerson():
            text = tr("Mixer", "{name} cannot replace {name}'s own {what}. Choose someone else.")
            return text.format(name=base.name, what=attribute_words(attribute))
        case ConsentEnded():
            return _consent_text(giver)
        case NotTuned():
            text = tr("Mixer", "{} is not tuned yet. Tune {} first.")
            return text.format(giver.name, giver.name)
        case OtherFamily():
            return tr(
                "Mixer",
                "{giver} uses different models from {base} ({theirs}, not {ours}). Add {giver} again with "
                "{ours}, or choose someone else.",
            ).format(giver=giver.name, base=base.name, theirs=giver.family, ours=base.family)
        case AttributeNotShown():
            text = tr("Mixer", "No photo of {name} shows the {what}. Add one, or choose someone else.")
            return text.format(name=giver.name, what=attribute_words(attribute))
        case None:
            return None


def _consent_text(person: Profile) -> str:
    text = tr("Mixer", "Consent to portray {} has ended. Ask again, then renew it on the person's page.")
    return text.format(person.name)
