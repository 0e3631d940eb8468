"""Who goes into which face of a picture."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from facea_desktop.domain.faces import Face
from facea_desktop.domain.requests import FaceAssignment


@dataclass
class FaceAssignments:
    """The faces of one picture, and the people for them; faces count from the largest.

    Attributes:
        lead: the face of the person that the portrait is of.
        others: people for further faces.
        words: what is said of a face alone.
        dismissed: what the user said is no face.
    """

    faces: tuple[Face, ...] = ()
    lead: int = 0
    others: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    dismissed: set[int] = field(default_factory=set)

    @staticmethod
    def of(lead: int, words: str, others: tuple[FaceAssignment, ...]) -> FaceAssignments:
        """As a request has them.

        Args:
            words: what is said of the leading face alone.
        """
        said = {lead: words, **{other.face: other.words for other in others}}
        return FaceAssignments(
            lead=lead,
            others={other.face: other.person for other in others},
            words={face: text for face, text in said.items() if text},
        )

    @property
    def shown(self) -> list[int]:
        """The faces that are left."""
        return [number for number in range(len(self.faces)) if number not in self.dismissed]

    @property
    def assignments(self) -> tuple[FaceAssignment, ...]:
        """The further people, for a request."""
        return tuple(
            FaceAssignment(face=face, person=person, words=self.words.get(face, ""))
            for face, person in sorted(self.others.items())
        )

    def say(self, face: int, words: str) -> None:
        """Say this of a face alone; nothing takes back what was said."""
        self.words.pop(face, None)
        if words.strip():
            self.words[face] = words.strip()

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
        """Faces of deleted people become unassigned."""
        self.others = {number: other for number, other in self.others.items() if other in there}

    def follow(self, lead: str | None) -> None:
        """Somebody else was chosen to lead, and is in no other face."""
        self.others = {number: other for number, other in self.others.items() if other != lead}
