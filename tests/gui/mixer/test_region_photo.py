"""Photos and their regions are read as they were stored, and damage is survived."""

from __future__ import annotations

from facea_desktop.domain.faces import Attribute
from facea_desktop.ui.mixer.region_photo import load_crop, load_photo

# Where the test people's masks lie, of 512 pixels: (100 + 20 n, 100, 400 - 40 n, 400 - 40 n) for the n-th part.
INSIDE, OUTSIDE = (200 / 512, 150 / 512), (50 / 512, 50 / 512)


def test_regions_hold_what_the_masks_cover(qapp, session, add_person) -> None:
    anna = add_person()
    photo = load_photo(session.library.folder(anna.id), anna)
    assert photo is not None
    assert set(photo.regions) == set(Attribute)
    for region in photo.regions.values():
        assert region.holds(*INSIDE)
        assert not region.holds(*OUTSIDE)
        assert not region.holds(1.5, 0.2)


def test_outlines_follow_the_rim_of_the_mask(qapp, session, add_person) -> None:
    anna = add_person()
    photo = load_photo(session.library.folder(anna.id), anna)
    assert photo is not None
    region = photo.regions[Attribute.LEFT_EYE]  # the part after the face: left rim at 120 of 512
    middle = region.box.center()
    assert region.edge.pixelColor(region.box.left(), middle.y()).alpha() > 200
    assert region.edge.pixelColor(middle).alpha() == 0
    assert abs(region.box.left() - 120 * region.edge.width() / 512) < 2


def test_a_crop_shows_the_attribute_from_a_photo_that_has_it(qapp, session, add_person) -> None:
    anna = add_person(photos=2)
    folder = session.library.folder(anna.id)
    whole = load_crop(folder, anna, Attribute.NOSE)
    assert whole is not None
    assert whole.width() == whole.height()
    (folder / "masks" / "0-nose.png").unlink()
    second = load_crop(folder, anna, Attribute.NOSE)
    assert second is not None
    assert second != whole


def test_damaged_files_leave_out_what_they_held(qapp, session, add_person) -> None:
    anna = add_person()
    folder = session.library.folder(anna.id)
    (folder / "masks" / "0-nose.png").write_bytes(b"no picture")
    (folder / "masks" / "0-mouth.png").unlink()
    photo = load_photo(folder, anna)
    assert photo is not None
    assert set(photo.regions) == {Attribute.LEFT_EYE, Attribute.RIGHT_EYE}
    assert load_crop(folder, anna, Attribute.MOUTH) is None
    (folder / "references" / "0.png").write_bytes(b"no picture")
    assert load_photo(folder, anna) is None
