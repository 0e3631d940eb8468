"""Which face of a picture is somebody's."""

from __future__ import annotations

from facea_desktop.domain.face_proposals import Proposal, owners, propose


def test_each_person_is_recognised_once_where_they_are_most_alike() -> None:
    likeness = [{"anna": 0.6, "ben": 0.2}, {"anna": 0.9, "ben": 0.58}, {"anna": 0.3, "ben": 0.3}]
    assert owners(likeness) == (None, "anna", None)
    assert propose(likeness, "anna") == Proposal(1, recognised=True)
    assert propose(likeness, "ben") == Proposal(None, recognised=False)


def test_a_picture_of_one_person_needs_no_recognition_unless_it_is_somebody_else() -> None:
    assert propose([{"anna": 0.2}], "anna") == Proposal(0, recognised=False)
    assert propose([{"anna": 0.2, "ben": 0.8}], "anna") == Proposal(None, recognised=False)
    assert propose([], "anna") == Proposal(None, recognised=False)
