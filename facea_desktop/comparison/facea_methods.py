"""The method and its ablations, through the same enrolling, tuning and painting as the program's own."""

from __future__ import annotations

from PIL import Image

from facea_desktop.comparison.method import MethodContext, Photos
from facea_desktop.comparison.shared_scenes import Scenes
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter, Warned
from facea_desktop.domain.people import Appearance, Profile, Recipe
from facea_desktop.domain.photo_requests import EnrolRequest, InspectRequest
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.engine.assigned_faces import AssignedFace
from facea_desktop.engine.enrolment import enrol, inspect
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_service import paint
from facea_desktop.engine.tuning_service import tune_person
from facea_desktop.library.person_files import LAST

ROWS_OF_GUIDANCE = 2
ROWS_OF_LEARNING = 3
"""A row of tuning costs about as much as this many rows of painting: forwards and backwards."""
TUNING_SEED = 0
"""Every method tunes once a person, from this seed; the seeds of a request are those of the pictures."""


def enrolled(manager: ModelManager, photos: Photos, observer: Observer) -> Profile:
    """The person in the library of the evaluation, not tuned; photos that do not pass enrolment's checks are left out.

    Raises:
        UserError: no photo passes, or they do not fit together.
    """
    profile = person_named(manager, photos.person)
    if profile is None:
        seen = inspect(manager, InspectRequest(photos=photos.files), Observer(stop=observer.stop))
        good = tuple(photo.path for photo in seen.photos if photo.problem is None)
        bad = tuple(photo.problem for photo in seen.photos if photo.problem is not None)
        if not good:
            raise UserError(f"No reference photo can be used. {' '.join(bad)}")
        # Every method gets T alone: what is read from the photos would be words that only some of them can use.
        request = EnrolRequest(name=photos.person, subject=photos.subject, photos=good, appearance=Appearance())
        profile = enrol(manager, request, Observer(stop=observer.stop))
        if bad:
            profile = manager.library.update(profile.model_copy(update={"warnings": (*bad, *profile.warnings)}))
    for warning in profile.warnings:
        observer.emit(Warned(warning))
    return profile


def person_named(manager: ModelManager, name: str) -> Profile | None:
    """Who has exactly this name in the library of the evaluation."""
    return next((profile for profile in manager.library.people() if profile.name == name), None)


class _TwoStages:
    """Scene and face by the program's own painting."""

    def __init__(self, name: str, context: MethodContext, preparing: int) -> None:
        self.name = name
        self.reread = False
        self.work_units = preparing, ROWS_OF_GUIDANCE * context.family.steps
        self._context = context
        self._scenes = Scenes(context.manager, context.work / "scenes")
        self._profile: Profile | None = None

    def _paint(self, prompt: str, seed: int, observer: Observer, identity: bool) -> Image.Image:
        profile = self._profile
        assert profile is not None
        scene = self._scenes.picture(profile, prompt, seed, observer)
        request = PortraitRequest(person=profile.id, prompt=prompt, seed=seed, picture=scene, identity=identity)
        progress = ProgressReporter(observer, "painting", self._context.family.steps)
        face = AssignedFace(profile, 0, photo_detail=False)  # models are compared, not what photos add to them
        return paint(self._context.manager, [face], request, [], observer, progress.update).image

    def finish(self) -> None:
        """Let go of the person."""
        self._profile = None


class Untuned(_TwoStages):
    """The base models alone: what chance and the prompt give."""

    def __init__(self, context: MethodContext) -> None:
        super().__init__("untuned", context, 0)

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Nothing is learned; the person's subject is all that is used."""
        self._profile = enrolled(self._context.manager, photos, observer)

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of any person."""
        return self._paint(prompt, seed, observer, identity=False)


class Tuned(_TwoStages):
    """Eq. (2), or what an ablation leaves of it.

    Args:
        recipe: how; the person of the library is one for each recipe, so an adapter is tuned once and stays.
    """

    def __init__(self, name: str, context: MethodContext, recipe: Recipe) -> None:
        rows = recipe.batch * (2 if recipe.attribute_task else 1)
        super().__init__(name, context, ROWS_OF_LEARNING * rows * recipe.steps)
        self._recipe = recipe

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Tune, resume an interrupted tuning, or load a finished one."""
        manager = self._context.manager
        base = enrolled(manager, photos, observer)
        name = f"{photos.person} ({self.name})"
        profile = person_named(manager, name)
        if profile is None:
            copy = base.model_copy(update={"id": manager.library.new_id(), "name": name, "files": {}})
            profile = manager.library.create(copy, manager.library.read_files(base))
        if profile.tuning is None:
            resume = (manager.library.folder(profile.id) / "checkpoints" / LAST).exists()
            request = TuneRequest(person=profile.id, recipe=self._recipe, seed=TUNING_SEED, resume=resume)
            profile = tune_person(manager, request, observer)
        self._profile = profile

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of the person."""
        return self._paint(prompt, seed, observer, identity=True)
