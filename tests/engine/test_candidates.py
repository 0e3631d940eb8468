"""From boxes found by words to faces: what belongs to whom, and what is dropped."""

from __future__ import annotations

import random

from facea_desktop.domain.faces import Attribute, Box
from facea_desktop.engine.detect.face_assembly import Candidate, assemble_faces

SIZE = (400, 300)
LEFT, RIGHT, NOSE, MOUTH = Attribute


def around(x: float, y: float, width: float, height: float | None = None) -> Box:
    height = width if height is None else height
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def portrait(x: float, y: float, side: float = 100, score: float = 0.8) -> list[Candidate]:
    """A face from the front, all of its parts in sight."""
    return [
        Candidate("face", around(x, y, side), score),
        Candidate("eye", around(x - side / 5, y - side / 6, side / 5, side / 10), score - 0.1),
        Candidate("eye", around(x + side / 5, y - side / 6, side / 5, side / 10), score - 0.2),
        Candidate("nose", around(x, y + side / 10, side / 5), score - 0.1),
        Candidate("mouth", around(x, y + side / 3, side / 2.5, side / 8), score - 0.1),
    ]


def test_a_portrait_has_all_parts_and_the_left_eye_is_the_viewers_left():
    (face,) = assemble_faces(portrait(200, 150), SIZE)
    assert face.box == Box(150, 100, 250, 200)
    assert face.score == 0.8
    assert face.parts == {
        LEFT: around(180, 150 - 100 / 6, 20, 10),
        RIGHT: around(220, 150 - 100 / 6, 20, 10),
        NOSE: around(200, 160, 20),
        MOUTH: around(200, 150 + 100 / 3, 40, 12.5),
    }


def test_nothing_found_is_no_face():
    assert assemble_faces([], SIZE) == []


def test_parts_without_a_face_are_no_face():
    assert assemble_faces(portrait(200, 150)[1:], SIZE) == []


def test_two_people_keep_their_own_parts_and_the_larger_comes_first():
    small, large = portrait(80, 150, 80, score=0.9), portrait(250, 150, 120, score=0.5)
    faces = assemble_faces(small + large, SIZE)
    assert faces == [*assemble_faces(large, SIZE), *assemble_faces(small, SIZE)]
    assert [len(face.parts) for face in faces] == [4, 4]


def test_a_box_around_two_people_gives_way_to_their_own():
    group = Candidate("face", Box(20, 80, 320, 220), 0.95)
    faces = assemble_faces([group, *portrait(80, 150), *portrait(250, 150)], SIZE)
    assert [face.box for face in faces] == [around(80, 150, 100), around(250, 150, 100)]


def test_stray_face_boxes_around_single_parts_do_not_split_a_face():
    person = portrait(200, 150)
    strays = [Candidate("face", around(180, 133, 44, 30), 0.5), Candidate("face", around(200, 183, 54, 24), 0.5)]
    assert assemble_faces(person + strays, SIZE) == assemble_faces(person, SIZE)


def test_of_overlapping_boxes_for_one_face_the_best_is_kept():
    person = portrait(200, 150)
    doubles = [Candidate("face", around(206, 153, 100), 0.7), Candidate("face", around(200, 155, 40), 0.6)]
    head = Candidate("face", around(200, 140, 160), 0.75)
    assert assemble_faces([*doubles, head, *person], SIZE) == assemble_faces(person, SIZE)


def test_faces_that_touch_are_two():
    faces = assemble_faces([*portrait(150, 150), *portrait(220, 150)], SIZE)
    assert [len(face.parts) for face in faces] == [4, 4]


def test_a_part_that_two_faces_hold_goes_to_the_one_it_is_nearer_to_the_middle_of():
    heads = [Candidate("face", around(150, 150, 100), 0.9), Candidate("face", around(220, 150, 100), 0.8)]
    nose = Candidate("nose", around(190, 150, 10), 0.5)
    faces = assemble_faces([*heads, nose], SIZE)
    assert [(face.box.center[0], set(face.parts)) for face in faces] == [(150, set()), (220, {NOSE})]


def test_in_profile_the_nose_tells_which_eye_is_in_sight():
    # Looking to the viewer's left: the nose at the left edge, the eye right of it but in the box's left half.
    head = Candidate("face", around(200, 150, 100), 0.8)
    eye, nose = Candidate("eye", around(180, 130, 20, 10), 0.6), Candidate("nose", around(158, 155, 20), 0.6)
    (face,) = assemble_faces([head, eye, nose], SIZE)
    assert face.parts == {RIGHT: eye.box, NOSE: nose.box}
    mouth = Candidate("mouth", around(165, 180, 30, 10), 0.6)
    (face,) = assemble_faces([head, eye, mouth], SIZE)
    assert face.parts == {RIGHT: eye.box, MOUTH: mouth.box}
    (face,) = assemble_faces([head, eye], SIZE)
    assert face.parts == {LEFT: eye.box}


def test_parts_outside_every_face_are_left_out():
    person = portrait(200, 150)
    strays = [Candidate("eye", around(50, 50, 15), 0.9), Candidate("mouth", around(350, 250, 30, 10), 0.9)]
    assert assemble_faces(person + strays, SIZE) == assemble_faces(person, SIZE)


def test_a_part_as_large_as_the_face_is_left_out():
    person = portrait(200, 150)
    both_eyes = Candidate("eye", around(200, 133, 62, 12), 0.99)
    head = [Candidate(word, around(200, 150, 90), 0.99) for word in ("eye", "nose", "mouth")]
    assert assemble_faces([*person, both_eyes, *head], SIZE) == assemble_faces(person, SIZE)


def test_the_best_nose_and_mouth_and_two_eyes_are_kept():
    person = portrait(200, 150)
    worse = [Candidate(one.word, around(200, 120, 12, 6), 0.4) for one in person[1:]]
    double = Candidate("eye", around(181, 133, 13, 6), 0.65)  # the left eye again, surer than the right one
    assert assemble_faces([double, *worse, *person], SIZE) == assemble_faces(person, SIZE)


def test_a_face_without_parts_is_kept_unless_it_is_the_whole_picture():
    masked = Candidate("face", around(200, 150, 100), 0.6)
    whole = Candidate("face", Box(3, 3, 398, 298), 0.6)
    assert [(face.box, face.parts) for face in assemble_faces([masked], SIZE)] == [(masked.box, {})]
    assert assemble_faces([whole], SIZE) == []


def test_a_close_up_that_fills_the_picture_is_a_face():
    eyes = [Candidate("eye", around(x, 120, 50, 25), 0.6) for x in (130, 270)]
    (face,) = assemble_faces([Candidate("face", Box(0, 0, 400, 300), 0.6), *eyes], SIZE)
    assert set(face.parts) == {LEFT, RIGHT}


def test_boxes_are_cut_at_the_edge_and_those_beyond_it_dropped():
    beyond = Candidate("face", Box(-90, 20, -10, 100), 0.9)
    broken = Candidate("face", Box(float("nan"), 0, 50, 50), 0.9)
    (face,) = assemble_faces([beyond, broken, Candidate("face", Box(-40, -30, 60, 70), 0.7)], SIZE)
    assert face.box == Box(0, 0, 60, 70)


def test_equal_scores_give_the_same_faces_in_every_order():
    people = [*portrait(100, 150), *portrait(230, 150), *portrait(105, 152)]
    people += [Candidate(one.word, one.box, 0.5) for one in portrait(102, 148)]
    level = [Candidate(one.word, one.box, 0.5) for one in people]
    expected = assemble_faces(level, SIZE)
    assert len(expected) == 2
    for seed in range(20):
        random.Random(seed).shuffle(level)
        assert assemble_faces(level, SIZE) == expected
