"""Who can be mixed in this session, and in a few words why somebody cannot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import OtherFamily, Person, SamePerson, preview_source_refusal
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.mixer.mix import Mix, MixSource, why_not_base, why_not_give
from facea_desktop.ui.person_text import unusable_words
from facea_desktop.ui.session import Session

tr = QCoreApplication.translate


class MixablePeople:
    """The rules of mixing, with what the session knows of people's models and photos."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def can_be_mixed(self, person: Person) -> bool:
        """Whether the person is tuned, or has photos that attributes are taken from."""
        return person.state == "ready" or self._session.models.at_first_sight(person)

    def why_not_base(self, base: Profile) -> str | None:
        """Why attributes cannot be put on this person, and what to do; None if they can."""
        return why_not_base(base, from_photos=self._session.models.at_first_sight(base))

    def why_not_give(self, base: Profile, giver: Profile, attribute: Attribute) -> str | None:
        """Why this person cannot give that attribute, and what to do; None if they can."""
        return why_not_give(base, giver, attribute, from_photos=self._session.models.at_first_sight(giver))

    def short_reason(self, person: PersonSummary, base: Profile | None = None) -> str | None:
        """Why somebody is not offered, in a few words.

        Args:
            base: on whom their attribute would go; None where they are to be mixed onto.
        """
        status = self._session.people_status.of(person)
        if (reason := unusable_words(status)) and (status.consent_ended or not self.can_be_mixed(person)):
            return reason
        if base is None:
            return None
        match preview_source_refusal(base, person, from_photos=self.can_be_mixed(person)):
            case SamePerson():
                return tr("Mixer", "the base person")
            case OtherFamily():
                return tr("Mixer", "uses other models")
            case _:
                return None

    def next_to_tune(self, people: list[PersonSummary]) -> PersonSummary | None:
        """Of those who are not tuned, who is chosen in the library, else the newest."""
        untuned = [one for one in people if one.state != "ready"]
        selected = self._session.selected
        chosen = (one for one in untuned if selected is not None and one.id == selected.id)
        return next(chosen, untuned[-1] if untuned else None)

    def renewed(self, mix: Mix, base: Profile, people: dict[str, Profile]) -> tuple[Mix, dict[str, Profile]]:
        """A mix of the same people as they are now, on ``base``; without what cannot be given any more.

        Args:
            people: who there are, by id.

        Returns:
            The mix; and why something cannot be given any more, each reason with who it is about.
        """
        renewed, reasons = Mix(base, linked=mix.linked), {}
        for attribute, sources in mix.sources.items():
            kept = []
            for source in sources:
                giver = people.get(source.giver.id)
                if giver is None:
                    continue
                if (trouble := self.why_not_give(base, giver, attribute)) is not None:
                    reasons[trouble] = giver
                else:
                    kept.append(MixSource(giver, source.strength))
            if kept:
                renewed.sources[attribute] = tuple(kept)
        return renewed, reasons
