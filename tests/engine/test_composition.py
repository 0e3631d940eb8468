from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.composition import Target, coverage_warning, paste_back, target_of_face, target_of_mask
from facea_desktop.engine.composition_quality import CompositionQuality, composition_quality
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import box_mask
from facea_desktop.engine.grain_match import detail_shift
from facea_desktop.engine.seam_blending import BAND, bands, best_cut, thickness

SIDE = 64


def noise(size, seed=0) -> Image.Image:
    width, height = size
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def face_at(box: Box, tilt: float) -> Face:
    turn, reach = np.radians(tilt), box.side / 5
    x, y = box.center
    dx, dy = reach * np.cos(turn), reach * np.sin(turn)
    eyes = {Attribute.LEFT_EYE: (x - dx, y - dy), Attribute.RIGHT_EYE: (x + dx, y + dy)}
    return Face(box, {eye: Box(u - 2, v - 2, u + 2, v + 2) for eye, (u, v) in eyes.items()}, 1.0)


def kept(target: Target) -> np.ndarray:
    return np.asarray(target.region) == 0


def equal_outside(context: Image.Image, result: Image.Image, target: Target) -> bool:
    return np.array_equal(np.asarray(result)[kept(target)], np.asarray(context)[kept(target)])


@pytest.mark.parametrize(
    ("size", "box", "tilt"),
    [
        ((400, 300), Box(120, 80, 220, 200), 0),
        ((400, 300), Box(120, 80, 220, 200), 30),
        ((1024, 1024), Box(700, 300, 732, 340), 0),
        ((1024, 1024), Box(700, 300, 732, 340), -20),
        ((400, 300), Box(5, 2, 390, 298), 0),
        ((400, 300), Box(-60, -40, 70, 100), 15),
        ((400, 300), Box(330, 220, 460, 390), 0),
    ],
    ids=["upright", "tilted", "40 px of 1024", "40 px and tilted", "huge", "over the corner", "cut by the edge"],
)
def test_nothing_outside_the_mask_changes_and_the_inside_does(size, box, tilt):
    context = noise(size)
    target = target_of_face(face_at(box, tilt), context, SIDE)
    result = paste_back(context, noise((SIDE, SIDE), 1), target)
    assert (result.size, result.mode) == (size, "RGB")
    assert equal_outside(context, result, target)
    changed = (np.asarray(result) != np.asarray(context)).any(-1)
    inside = ~kept(target)
    beyond_the_cut = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5) > 1.2 * BAND * thickness(inside)
    assert beyond_the_cut.any()
    assert changed[beyond_the_cut].mean() > 0.99
    assert set(np.unique(np.asarray(target.region))) == {0, 255}


@settings(max_examples=25, deadline=None)
@given(
    x=st.floats(-80, 300), y=st.floats(-80, 250), width=st.floats(8, 400), height=st.floats(8, 400),
    tilt=st.floats(-180, 180), side=st.sampled_from([64, 96]),
)  # fmt: skip
def test_nothing_outside_the_mask_ever_changes(x, y, width, height, tilt, side):
    size = (240, 180)
    context = noise(size)
    target = target_of_face(face_at(Box(x, y, x + width, y + height), tilt), context, side)
    assert equal_outside(context, paste_back(context, noise((side, side), 1), target), target)


@settings(max_examples=15, deadline=None)
@given(
    x=st.integers(0, 230), y=st.integers(0, 170), width=st.integers(0, 239), height=st.integers(0, 179),
    shape=st.sampled_from(["rectangle", "ellipse"]),
)  # fmt: skip
def test_nothing_outside_a_drawn_mask_ever_changes(x, y, width, height, shape):
    size = (240, 180)
    mask = Image.new("L", size, 0)
    getattr(ImageDraw.Draw(mask), shape)((x, y, x + width, y + height), fill=255)
    assume(mask.getbbox())  # the visible corner of an ellipse may be black
    context = noise(size)
    target = target_of_mask(mask, size, SIDE)
    assert np.array_equal(kept(target), np.asarray(mask) == 0)
    assert equal_outside(context, paste_back(context, noise((SIDE, SIDE), 1), target), target)


def test_the_rim_is_soft_where_the_patch_has_another_colour():
    size = (300, 300)
    context = Image.new("RGB", size, (200, 60, 60))
    target = target_of_face(face_at(Box(90, 80, 200, 220), 0), context, SIDE)
    result = np.asarray(paste_back(context, Image.new("RGB", (SIDE, SIDE), (60, 60, 200)), target), int)
    assert result[150, 145, 2] > 120  # it arrived
    steps = [np.abs(np.diff(result, axis=axis)).max() for axis in (0, 1)]
    assert max(steps) < 140 / 4


@pytest.mark.parametrize("tilt", [0, 25])
def test_a_patch_that_is_darker_all_over_is_matched_at_the_rim(tilt):
    y, x = np.mgrid[:300, :300]
    scene = np.uint8(np.stack([120 + x / 5, 110 + y / 5, 130 + (x + y) / 10], -1))
    context = Image.fromarray(scene)
    target = target_of_face(face_at(Box(90, 80, 200, 220), tilt), context, SIDE)
    darker = np.uint8(np.asarray(target.crop.cut(context, SIDE), int) - 25)
    result = np.asarray(paste_back(context, Image.fromarray(darker), target), int)
    assert np.abs(result - scene.astype(int)).max() <= 6


def test_a_patch_of_the_picture_itself_changes_nothing():
    context = Image.fromarray(np.uint8(np.mgrid[:300, :300][1][..., None] / 2 + [20, 60, 90]))
    target = target_of_face(face_at(Box(90, 80, 200, 220), 20), context, SIDE)
    result = paste_back(context, target.crop.cut(context, SIDE), target)
    assert np.abs(np.asarray(result, int) - np.asarray(context, int)).max() <= 2


def test_a_face_that_is_quite_another_keeps_its_own_colours_inside():
    size = (300, 300)
    context = Image.new("RGB", size, (120, 120, 120))
    target = target_of_face(face_at(Box(40, 30, 250, 270), 0), context, SIDE)
    patch = Image.new("RGB", (SIDE, SIDE), (120, 120, 120))
    patch.paste((20, 200, 20), (24, 24, 40, 40))
    result = np.asarray(paste_back(context, patch, target), int)
    x, y = (int(value) for value in target.crop.center)
    assert np.abs(result[y, x] - [20, 200, 20]).max() <= 3


def skin(size: int, grain: float = 0.0, seed: int = 0) -> np.ndarray:
    """A lit disc of skin with eyes and a mouth on grey, float RGB (size, size, 3)."""
    y, x = np.mgrid[:size, :size] / size
    light = 1 + 0.25 * (x - 0.5)
    picture = np.where((np.hypot(x - 0.5, y - 0.5) < 0.36)[..., None], [205.0, 160.0, 135.0], [120.0, 122.0, 126.0])
    for u, v, a, b, colour in ((0.4, 0.45, 0.04, 0.02, 60), (0.6, 0.45, 0.04, 0.02, 60), (0.5, 0.64, 0.08, 0.02, 110)):
        picture[((x - u) / a) ** 2 + ((y - v) / b) ** 2 < 1] = colour
    picture = cv2.GaussianBlur(picture * light[..., None], (0, 0), 1.0)
    return picture + grain * np.random.default_rng(seed).standard_normal((size, size, 1))


def as_picture(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


FACE_BOX = Box(90, 90, 210, 210)
CHEEK = np.s_[160:185, 120:140]


def boxed(side: int) -> Target:
    """The box of the face in a picture of 300 pixels, whatever the parser thinks of a disc with spots."""
    face = face_at(FACE_BOX, 0)
    crop = Crop.of_face(face)
    mask = box_mask((side, side), crop.inside(face, side).box)
    return Target(crop, mask, crop.put_back(mask, (300, 300)).point(lambda value: 255 if value >= 128 else 0))


def composed(scene: np.ndarray, drawn: np.ndarray, side: int = 128) -> tuple[Image.Image, Image.Image, Target]:
    """Context, result and target of a face of ``scene`` redrawn as ``drawn`` shows it."""
    context = as_picture(scene)
    target = boxed(side)
    return context, paste_back(context, target.crop.cut(as_picture(drawn), side), target), target


def measured(scene: np.ndarray, drawn: np.ndarray, side: int = 128) -> CompositionQuality:
    context, result, target = composed(scene, drawn, side)
    quality = composition_quality(context, result, target.region)
    assert quality is not None
    return quality


def detail(picture: np.ndarray) -> float:
    """Deviation of the finest detail of a cheek, free of edges."""
    grey = np.asarray(picture, np.float32).mean(-1)
    return float((grey - cv2.GaussianBlur(grey, (0, 0), 1.5))[CHEEK].std())


def steepest(picture: np.ndarray) -> float:
    """Largest step of brightness between neighbours about an eye."""
    return float(np.abs(np.diff(np.asarray(picture, np.float32).mean(-1)[125:145, 100:140], axis=0)).max())


RAMP = np.linspace(-20, 20, 300)[None, :, None]


@pytest.mark.parametrize(
    "shift", [[-22, -22, -22], [18, -4, 6], RAMP, RAMP.transpose(1, 0, 2)], ids=["dark", "warm", "across", "down"]
)
def test_a_difference_in_colour_alone_leaves_no_step_at_the_rim(shift):
    quality = measured(skin(300), skin(300) + np.array(shift))
    assert quality.rim_step < 1.1
    assert quality.worst_step < 1.25


def test_a_pink_patch_leaves_no_pink_face():
    scene = skin(300)
    y, x = np.mgrid[:300, :300]
    pink = scene + np.exp(-((np.hypot(x - 150, y - 150) / 55) ** 4))[..., None] * [22.0, -14.0, 26.0]
    context, result, target = composed(scene, pink)
    raw = composition_quality(context, as_picture(pink), target.region)
    quality = composition_quality(context, result, target.region)
    assert abs(raw.hue_shift_deg) > 30
    assert abs(quality.hue_shift_deg) < 6


def test_the_whole_face_takes_the_light_of_the_scenes_face():
    scene = skin(300)
    y, x = np.mgrid[:300, :300]
    cold = scene + np.where(np.hypot(x - 150, y - 150) < 70, 1, 0)[..., None] * [-25.0, 0.0, 25.0]
    result = np.asarray(composed(scene, cold)[1], int)
    assert np.abs((result - scene)[CHEEK].mean((0, 1))).max() < 6


def test_hair_about_the_rim_does_not_colour_the_face():
    scene, drawn = skin(300), skin(300)
    scene[:100] = [30, 20, 60]  # a dark blue cap, which the patch does not show
    result = np.asarray(composed(scene, drawn)[1], int)
    assert np.abs(result[CHEEK] - scene[CHEEK]).mean() < 6


@pytest.mark.parametrize("grain", [3.0, 8.0])
def test_a_face_without_grain_gets_the_scenes(grain):
    scene = skin(300, grain)
    quality = measured(scene, skin(300))
    assert 0.75 < quality.grain < 1.25


def test_a_face_that_is_grainier_than_the_scene_loses_it():
    scene, drawn = skin(300), skin(300, 10.0)
    result = composed(scene, drawn, 192)[1]
    assert detail(result) < 0.35 * detail(as_picture(drawn))


def test_a_dull_patch_becomes_steeper_and_no_steeper_than_the_scene():
    scene = skin(300)
    dull = cv2.GaussianBlur(scene, (0, 0), 2.5)
    moved = np.roll(dull, 3, axis=0)  # another face: nothing of the scene's own edges can be kept
    before, after = steepest(moved), steepest(composed(scene, moved)[1])
    assert 1.1 * before < after <= 1.05 * steepest(scene)


def test_a_sharp_patch_in_a_blurred_scene_becomes_dull():
    scene = cv2.GaussianBlur(skin(300), (0, 0), 3.0)
    sharp = np.roll(skin(300), 3, axis=0)
    before, after, wanted = steepest(sharp), steepest(composed(scene, sharp, 192)[1]), steepest(scene)
    assert abs(after - wanted) < 0.6 * abs(before - wanted)


@pytest.mark.parametrize("blur", [2.0, 4.0])
def test_sharpening_makes_edges_steeper_without_a_halo(blur):
    scene = skin(300).mean(-1).astype(np.float32)
    dull = cv2.GaussianBlur(np.roll(scene, 5, axis=0), (0, 0), blur)
    inside = np.zeros((300, 300), bool)
    inside[110:230, 70:230] = True
    sharp = dull + detail_shift(scene, dull, inside, np.zeros((300, 300), np.float32), 4.0, 0)
    before, after = (np.abs(np.diff(each, axis=0))[inside[1:]].max() for each in (dull, sharp))
    near = np.ones((9, 9), np.uint8)
    assert after > 1.15 * before
    assert (sharp - cv2.dilate(dull, near))[inside].max() < 4
    assert (cv2.erode(dull, near) - sharp)[inside].max() < 4


@pytest.mark.parametrize("side", [128, 224])
def test_a_face_redrawn_as_it_was_is_left_as_it_was(side):
    scene = skin(300, 4.0)
    context, result, target = composed(scene, scene, side)
    assert np.abs(np.asarray(result, int) - np.asarray(context, int))[~kept(target)].mean() < 1.9


def test_the_same_is_always_composed_alike():
    scene, drawn = skin(300, 5.0), np.roll(skin(300), 4, axis=0)
    first, second = (composed(scene, drawn)[1] for _ in range(2))
    assert np.array_equal(np.asarray(first), np.asarray(second))


def test_a_cut_goes_where_both_pictures_agree():
    scene = np.full((120, 120, 3), 50.0, np.float32)
    drawn = scene.copy()
    inside = np.zeros((120, 120), bool)
    inside[20:100, 20:100] = True
    drawn[20:28, 20:100] += 40  # a bright edge just within the mask
    cut = best_cut(scene, drawn, inside, np.ones_like(inside), thickness(inside))
    assert not cut[20:28, 50:70].any()
    assert cut[40:80, 40:80].all()
    assert not cut[~inside].any()


def test_the_bands_of_a_difference_add_up_to_it():
    difference = np.random.default_rng(0).standard_normal((50, 60, 3)).astype(np.float32)
    assert np.allclose(sum(bands(difference, 40.0)), difference, atol=1e-4)


def test_a_thin_stroke_is_redrawn_and_the_outside_kept():
    mask = Image.new("L", (300, 300), 0)
    ImageDraw.Draw(mask).line((40, 40, 260, 200), fill=255, width=5)
    target = target_of_mask(mask, (300, 300), 128)
    context = Image.new("RGB", (300, 300), (200, 200, 200))
    result = paste_back(context, Image.new("RGB", (128, 128), (20, 20, 20)), target)
    assert equal_outside(context, result, target)
    assert np.asarray(result)[120, 150].max() <= 130


def test_quality_tells_an_outline_from_none():
    scene = skin(300)
    context = as_picture(scene)
    target = boxed(128)
    outlined = Image.composite(as_picture(scene + 25), context, target.region)
    assert composition_quality(context, outlined, target.region).rim_step > 1.5
    same = composition_quality(context, context, target.region)
    assert (same.rim_step, same.worst_step, same.grain, same.hue_shift_deg) == (1, 1, 1, 0)
    assert composition_quality(context, context, Image.new("L", (300, 300), 0)) is None


@pytest.mark.parametrize("tilt", [0, 35])
def test_the_region_is_the_face_mask_turned_back_onto_the_picture(tilt):
    face = face_at(Box(120, 80, 220, 200), tilt)
    target = target_of_face(face, noise((400, 300)), SIDE)
    assert target.mask.size == (SIDE, SIDE)
    again = np.asarray(target.crop.cut(target.region, SIDE)) >= 128
    assert (again != (np.asarray(target.mask) >= 128)).mean() < 0.02
    assert np.asarray(target.region)[140, 170] == 255


def test_a_face_outside_the_picture_changes_nothing():
    context = noise((100, 100))
    target = target_of_face(face_at(Box(300, 300, 340, 350), 0), context, SIDE)
    assert np.array_equal(np.asarray(paste_back(context, noise((SIDE, SIDE), 1), target)), np.asarray(context))


def test_two_far_spots_of_a_drawn_mask_are_both_redrawn():
    size = (400, 400)
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((20, 20, 40, 40), fill=255)
    draw.ellipse((350, 350, 380, 380), fill=255)
    target = target_of_mask(mask, size, 256)
    context = Image.new("RGB", size, (200, 200, 200))
    result = np.asarray(paste_back(context, Image.new("RGB", (256, 256), (0, 0, 0)), target), int)
    assert result[30, 30].max() <= 60
    assert result[365, 365].max() <= 60


def test_the_square_of_a_drawn_mask_holds_all_of_it():
    mask = box_mask((400, 300), Box(200, 30, 340, 120))
    target = target_of_mask(mask, (400, 300), SIDE)
    rim = np.asarray(target.mask).copy()
    rim[2:-2, 2:-2] = 0
    assert not rim.any()
    assert target.crop == Crop(Box(*target.region.getbbox()).center, target.crop.side)


@pytest.mark.parametrize("size", [(99, 100), (200, 100), (200, 203)])
def test_a_mask_of_another_shape_than_the_picture_is_refused(size):
    with pytest.raises(UserError, match="same size"):
        target_of_mask(Image.new("L", size, 255), (100, 100), SIDE)


@pytest.mark.parametrize("size", [(200, 150), (40, 30), (401, 301)])
def test_a_mask_of_another_size_lies_where_it_does_on_a_picture_of_its_own(size):
    mask = Image.new("L", size)
    mask.paste(255, (size[0] // 4, size[1] // 3, size[0] // 2, 2 * size[1] // 3))
    target = target_of_mask(mask, (100, 75), SIDE)
    assert target.region.size == (100, 75)
    assert np.abs(np.array(target.region.getbbox()) - (25, 25, 50, 50)).max() <= 1


def test_masks_of_nearly_all_or_nearly_nothing_are_warned_of():
    mask = Image.new("L", (200, 100))
    mask.paste(255, (0, 0, 190, 100))
    assert "covers 95% of the picture" in coverage_warning(mask)
    mask.paste(0, (0, 0, 150, 100))
    assert coverage_warning(mask) is None
    mask.paste(0, (0, 0, 200, 100))
    with pytest.raises(UserError, match="black everywhere"):
        coverage_warning(mask)
    mask.paste(255, (0, 0, 3, 3))
    assert "only 0.045% of the picture" in coverage_warning(mask)


@pytest.mark.parametrize("grey", [0, 127])
def test_a_mask_without_white_is_refused(grey):
    with pytest.raises(UserError, match="black everywhere"):
        target_of_mask(Image.new("L", (100, 100), grey), (100, 100), SIDE)


def test_a_coloured_mask_counts_by_its_brightness():
    mask = Image.new("RGB", (100, 100))
    mask.paste((255, 255, 255), (20, 20, 60, 60))
    mask.paste((0, 0, 255), (60, 60, 90, 90))
    assert target_of_mask(mask, (100, 100), SIDE).region.getbbox() == (20, 20, 60, 60)
