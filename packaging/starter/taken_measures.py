"""A measure of mixes: what is taken of somebody else, is it theirs?"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

from bench import HELD_OUT, Bench
from facea_desktop.comparison.attribute_likeness import MARGIN, attribute_likeness, describe_attributes
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest
from facea_desktop.engine.mix_preview import preview_mix
from portrait_judge import Found, held_out

CROPS = {"usual": MARGIN, "box": 0.0, "narrow": -0.2}
"""What is compared about an attribute's box, as ``describe_attributes`` takes it."""


def measure_taken(bench: Bench) -> None:
    """Take each attribute of the next person of the same sex: is it nearer to their photos than to the taker's?"""
    for person in bench.subjects:
        others = bench.others(person)
        giver = next((name for name in others if name > person), others[0])

        def taken(person: str = person, giver: str = giver) -> dict:
            photos = [held_out(bench, giver), held_out(bench, person)[1:]]
            return {"giver": giver} | {str(part): _taken(bench, person, giver, part, photos) for part in Attribute}

        bench.once("taken", person, 0, taken)


def _taken(
    bench: Bench, person: str, giver: str, part: Attribute, photos: Sequence[Sequence[Found]]
) -> dict[str, bool] | None:
    """Whether it is the giver's, by the crop that is compared; None where it could not be taken.

    Args:
        photos: of the giver, and of the person without the one that is changed.
    """
    take = AttributeSource(attribute=part, person=bench.profile(giver, giver).id)
    picture = bench.photo(person, HELD_OUT[0])
    request = MixPreviewRequest(person=bench.profile(person, person).id, takes=(take,), picture=picture)
    try:
        made = preview_mix(bench.manager, request, Observer())
    except UserError:
        return None
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (made.before, made.after))
    after.save(bench.folder("taken") / f"{person}-{part}.png")
    face, nearer = bench.detector.find(before)[0], {}
    for name, margin in CROPS.items():
        described = describe_attributes(after, face, margin)
        theirs, own = (
            attribute_likeness(described, [describe_attributes(*one, margin) for one in some])[part] for some in photos
        )
        nearer[name] = theirs > own
    return nearer
