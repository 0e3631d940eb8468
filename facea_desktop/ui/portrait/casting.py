"""Who goes into which face of a picture."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from facea_desktop.domain.faces import Face
from facea_desktop.domain.requests import Casting
from facea_desktop.library.summaries import PersonSummary

Hindrance = Literal["not tuned", "leave ended", "other models"]


@dataclass
class Cast:
    """The faces of one picture, and the people for them; faces count from the largest.

    Attributes:
        lead: the face of the person that the portrait is of.
        others: people for further faces.
        dismissed: what the user said is no face.
    """

    faces: tuple[Face, ...] = ()
    lead: int = 0
    others: dict[int, str] = field(default_factory=dict)
    dismissed: set[int] = field(default_factory=set)

    @property
    def shown(self) -> list[int]:
        """The faces that are left."""
        return [number for number in range(len(self.faces)) if number not in self.dismissed]

    @property
    def castings(self) -> tuple[Casting, ...]:
        """The further people, for a request."""
        return tuple(Casting(face=face, person=person) for face, person in sorted(self.others.items()))

    def put(self, person: str, face: int, lead: str | None) -> str | None:
        """Put a person into a face; nobody is in two. Returns who leads then.

        Args:
            lead: who leads now.
        """
        self.others = {number: other for number, other in self.others.items() if other != person}
        if face == self.lead or lead is None:
            self.lead = face
            self.others.pop(face, None)
            return person
        if person == lead:
            self.lead = face
            self.others.pop(face, None)
        else:
            self.others[face] = person
        return lead

    def empty(self, face: int, lead: str | None) -> str | None:
        """Leave a face as it is; where it was the leading one, another takes over. Returns who leads then."""
        if face != self.lead:
            self.others.pop(face, None)
        elif self.others:
            self.lead = min(self.others)
            return self.others.pop(self.lead)
        else:
            left = [number for number in self.shown if number != face]
            self.lead = left[0] if left else 0
        return lead

    def dismiss(self, face: int, lead: str | None) -> str | None:
        """This is no face. Returns who leads then."""
        self.dismissed.add(face)
        return self.empty(face, lead)

    def keep_only(self, there: Container[str]) -> None:
        """Whoever is not there any more leaves their face as it is."""
        self.others = {number: other for number, other in self.others.items() if other in there}

    def follow(self, lead: str | None) -> None:
        """Somebody else was chosen to lead, and is in no other face."""
        self.others = {number: other for number, other in self.others.items() if other != lead}


def hindrance(person: PersonSummary, family: str | None) -> Hindrance | None:
    """What stands against painting them into a face.

    Args:
        family: the family of the person that leads, None where this one is to lead.
    """
    if person.state != "ready":
        return "not tuned"
    if person.leave_ended(date.today()):
        return "leave ended"
    if family is not None and person.family != family:  # the engine paints one picture with one family
        return "other models"
    return None
