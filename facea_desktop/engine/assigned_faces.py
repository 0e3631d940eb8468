"""Whose face each face of a portrait becomes, and the prompts of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from facea_desktop.domain.distinct_pictures import distinct_request
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.model_prompts import model_prompts
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.domain.wildcards import draw_requests
from facea_desktop.engine.lookalike import ScenePerson
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import digest_of_sources
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.wildcard_files import FOLDER as WILDCARDS
from facea_desktop.library.wildcard_files import WildcardFiles


@dataclass(frozen=True)
class AssignedFace:
    """One person of a portrait, the face that becomes theirs, and what is said of it alone.

    Attributes:
        photo_detail: the face takes on the detail of the person's photos, and the scene their face, in families that do
            that.
        person: whom the scene is painted for, of somebody who is not in the library.
    """

    profile: Profile
    face: int
    words: str = ""
    photo_detail: bool = True
    person: ScenePerson | None = None

    def at_first_sight(self, request: PortraitRequest) -> bool:
        """Whether the face is painted without tuning, after the photos alone."""
        return request.identity and self.profile.state == "not tuned"


def assigned_faces(
    manager: ModelManager, request: PortraitRequest, to_tune: Collection[str] = ()
) -> list[AssignedFace]:
    """Everyone in the picture; anyone who may not or cannot be painted is found here, before work starts.

    Args:
        to_tune: ids and names, in small letters, of people who are tuned before and not painted after photos alone.

    Raises:
        UserError: somebody is not there, not tuned or not to be painted, or two are to have the same face.
    """
    assigned = [AssignedFace(manager.library.get(request.person), request.face, request.face_words)]
    assigned += [AssignedFace(manager.library.get(other.person), other.face, other.words) for other in request.others]
    for assignment in assigned:
        profile = assignment.profile
        awaited = not {profile.id, profile.name.casefold()}.isdisjoint(to_tune)
        first_sight = not awaited and request.checkpoint is None and manager.models.at_first_sight(profile)
        require(portrait_refusal(profile, assigned[0].profile, identity=request.identity, at_first_sight=first_sight))
    faces = [assignment.face for assignment in assigned]
    if len(set(faces)) < len(faces):
        raise UserError("Two people are assigned to the same face; choose a different face for each.")
    return assigned


def distinct_pictures(
    assigned: Sequence[AssignedFace], request: PortraitRequest, observer: Observer | None = None
) -> PortraitRequest:
    """The request, changed where it asks for the same picture several times, as nobody in it is tuned.

    Args:
        observer: is told how it was changed.
    """
    if not all(one.at_first_sight(request) for one in assigned):
        return request
    distinct = distinct_request(request)
    if distinct is not request and observer is not None:
        observer.emit(Warned("Without tuning, one scene gives one picture: each picture gets a scene of its own."))
    return distinct


def single_requests(
    manager: ModelManager, assigned: Sequence[AssignedFace], request: PortraitRequest
) -> list[PortraitRequest]:
    """The request of each of its pictures as the picture will carry it: everybody by id, and with the words drawn."""
    lead = assigned[0]
    others = [FaceAssignment(face=one.face, person=one.profile.id, words=one.words) for one in assigned[1:]]
    whole = request.model_copy(
        update={
            "person": lead.profile.id,
            "others": tuple(others),
            "appearance": lead.profile.appearance if request.appearance is None else request.appearance,
            "sources": digest_of_sources(request),
            "shape": request.shape if request.picture is None else None,
        }
    )
    return draw_requests(whole, WildcardFiles(manager.root / WILDCARDS).lines)


def with_drawn_words(assigned: Sequence[AssignedFace], request: PortraitRequest) -> list[AssignedFace]:
    """The faces with the words of one picture, which may have been drawn."""
    words = [request.face_words, *(other.words for other in request.others)]
    return [replace(assignment, words=text) for assignment, text in zip(assigned, words, strict=True)]


def request_for(assignment: AssignedFace, request: PortraitRequest) -> PortraitRequest:
    """The request with what is said of one face alone, where something is."""
    if not assignment.words.strip():
        return request
    style = split_prompt(request.prompt).style
    prompt = f"{assignment.words}, {style}" if style else assignment.words
    return request.model_copy(update={"prompt": prompt, "face_prompt": None})


def prompts_of(profile: Profile, request: PortraitRequest, *, styled: bool = True) -> tuple[str, str]:
    """T_c and T_id of a request: given by hand, or split from T, by rules or as the request has it, and completed
    with the person's appearance.

    What is split is in English, with T's weights; what is given by hand is left as it is.

    Args:
        styled: the style is said in T_id; off where it is put on afterwards.
    """
    split = request.split
    if split is not None and split.fits(request.prompt, profile.subject):
        parts = PromptParts(split.context, split.face, split.style)
    else:
        parts = split_prompt(request.prompt, profile.subject, profile.name)
    full = model_prompts(
        parts,
        request.prompt,
        profile.subject,
        profile.appearance if request.appearance is None else request.appearance,
        profile.name,
        context=request.context_prompt,
        face=request.face_prompt,
        styled=styled,
    )
    return full.context, full.face
