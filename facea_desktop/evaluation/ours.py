"""The method and its ablations, through the same enrolling, tuning and painting as the program's own."""

from __future__ import annotations

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer, Warned
from facea_desktop.domain.people import Appearance, Profile, Recipe
from facea_desktop.domain.requests import EnrolRequest, InspectRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.checkpoints import LAST
from facea_desktop.engine.enrol import enrol, inspect
from facea_desktop.engine.learn import tune_person
from facea_desktop.engine.portrait import Role, paint
from facea_desktop.engine.studio import Studio
from facea_desktop.evaluation.methods import Photos, Workshop
from facea_desktop.evaluation.scenes import Scenes

ROWS_OF_GUIDANCE = 2
ROWS_OF_LEARNING = 3
"""A row of tuning costs about as much as this many rows of painting: forwards and backwards."""
TUNING_SEED = 0
"""Every method tunes once a person, from this seed; the seeds of a request are those of the pictures."""


def enrolled(studio: Studio, photos: Photos, observer: Observer) -> Profile:
    """The person in the library of the evaluation, not tuned; photos that do not pass enrolment's checks are left out.

    Raises:
        UserError: no photo passes, or they do not fit together.
    """
    profile = called(studio, photos.person)
    if profile is None:
        seen = inspect(studio, InspectRequest(photos=photos.files), Observer(stop=observer.stop))
        good = tuple(photo.path for photo in seen.photos if photo.problem is None)
        bad = tuple(photo.problem for photo in seen.photos if photo.problem is not None)
        if not good:
            raise UserError(f"No reference photo can be used. {' '.join(bad)}")
        # Every method gets T alone: what is read from the photos would be words that only some of them can use.
        request = EnrolRequest(name=photos.person, subject=photos.subject, photos=good, appearance=Appearance())
        profile = enrol(studio, request, Observer(stop=observer.stop))
        if bad:
            profile = studio.library.update(profile.model_copy(update={"warnings": (*bad, *profile.warnings)}))
    for warning in profile.warnings:
        observer.tell(Warned(warning))
    return profile


def called(studio: Studio, name: str) -> Profile | None:
    """Who has exactly this name in the library of the evaluation."""
    return next((profile for profile in studio.library.people() if profile.name == name), None)


class _TwoStages:
    """Scene and face by the program's own painting."""

    def __init__(self, name: str, shop: Workshop, preparing: int) -> None:
        self.name = name
        self.reread = False
        self.effort = preparing, ROWS_OF_GUIDANCE * shop.family.steps
        self._shop = shop
        self._scenes = Scenes(shop.studio, shop.work / "scenes")
        self._profile: Profile | None = None

    def _paint(self, prompt: str, seed: int, observer: Observer, identity: bool) -> Image.Image:
        profile = self._profile
        assert profile is not None
        scene = self._scenes.picture(profile, prompt, seed, observer)
        request = PortraitRequest(person=profile.id, prompt=prompt, seed=seed, picture=scene, identity=identity)
        meter = Meter(observer, "painting", self._shop.family.steps)
        return paint(self._shop.studio, [Role(profile, 0)], request, [], observer, meter.reached).image

    def finish(self) -> None:
        """Let go of the person."""
        self._profile = None


class Untuned(_TwoStages):
    """The base models alone: what chance and the prompt give."""

    def __init__(self, shop: Workshop) -> None:
        super().__init__("untuned", shop, 0)

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Nothing is learned; the person's subject is all that is used."""
        self._profile = enrolled(self._shop.studio, photos, observer)

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of anybody."""
        return self._paint(prompt, seed, observer, identity=False)


class Tuned(_TwoStages):
    """Eq. (2), or what an ablation leaves of it.

    Args:
        recipe: how; the person of the library is one for each recipe, so an adapter is tuned once and stays.
    """

    def __init__(self, name: str, shop: Workshop, recipe: Recipe) -> None:
        rows = recipe.batch * (2 if recipe.attribute_task else 1)
        super().__init__(name, shop, ROWS_OF_LEARNING * rows * recipe.steps)
        self._recipe = recipe

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Tune, go on with an interrupted tuning, or take up a finished one."""
        studio = self._shop.studio
        base = enrolled(studio, photos, observer)
        name = f"{photos.person} ({self.name})"
        profile = called(studio, name)
        if profile is None:
            copy = base.model_copy(update={"id": studio.library.new_id(), "name": name, "files": {}})
            profile = studio.library.create(copy, studio.library.read_files(base))
        if profile.tuning is None:
            resume = (studio.library.folder(profile.id) / "checkpoints" / LAST).exists()
            request = TuneRequest(person=profile.id, recipe=self._recipe, seed=TUNING_SEED, resume=resume)
            profile = tune_person(studio, request, observer)
        self._profile = profile

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of the person."""
        return self._paint(prompt, seed, observer, identity=True)
