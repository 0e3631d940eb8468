"""A folder of people as users have it: photos that cannot be read, too few of them, names that nobody told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from facea_desktop.comparison.dataset import prompt_for, read_dataset, read_prompts
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_the_first_photos_are_references_and_the_rest_are_held_out(people: Path) -> None:
    (adam, eve), said = read_dataset(people, 3, None, None)
    assert (adam.name, adam.subject, eve.name, eve.subject) == ("adam", Subject.MAN, "eve", Subject.WOMAN)
    assert names(adam.references) == ["0.jpg", "1.jpg", "2.jpg"]
    assert names(adam.held_out) == ["3.jpg"]
    assert said == []


def test_photos_count_as_people_count_so_10_comes_after_9(people: Path) -> None:
    shutil.copy(people / "adam" / "3.jpg", people / "adam" / "10.jpg")
    (adam, _), _ = read_dataset(people, 3, None, None)
    assert names(adam.held_out) == ["3.jpg", "10.jpg"]


def test_a_broken_reference_is_left_out_and_no_held_out_photo_takes_its_place(people: Path) -> None:
    (people / "adam" / "1.jpg").write_bytes(b"\xff\xd8 no photo")
    (adam, _), said = read_dataset(people, 3, None, None)
    assert names(adam.references) == ["0.jpg", "2.jpg"]
    assert names(adam.held_out) == ["3.jpg"]
    assert len(said) == 1
    assert said[0].startswith("adam: 1.jpg")


def test_a_person_with_one_photo_is_left_out_and_named(people: Path) -> None:
    for index in (1, 2, 3):
        (people / "adam" / f"{index}.jpg").unlink()
    dataset, said = read_dataset(people, 3, None, None)
    assert [person.name for person in dataset] == ["eve"]
    assert said == ["adam: one photo; 3 to learn from and one to measure against are needed."]


def test_a_person_whose_held_out_photos_are_all_broken_is_left_out(people: Path) -> None:
    (people / "eve" / "3.jpg").write_bytes(b"")
    dataset, said = read_dataset(people, 3, None, None)
    assert [person.name for person in dataset] == ["adam"]
    assert said[-1] == "eve: left out, for no photo is left to measure against."


def test_nobody_left_is_the_users_to_mend_and_says_how_many_photos_are_needed(people: Path) -> None:
    with pytest.raises(UserError, match="folder of 6 or more photos, 5 for reference") as caught:
        read_dataset(people, 5, None, None)
    assert "adam: 4 photos" in str(caught.value)


def test_without_people_json_the_subject_has_to_be_given_and_is_everybodys(people: Path) -> None:
    (people / "people.json").unlink()
    with pytest.raises(UserError, match="--subject man or woman"):
        read_dataset(people, 3, None, None)
    dataset, _ = read_dataset(people, 3, Subject.WOMAN, None)
    assert [(person.name, person.subject) for person in dataset] == [("adam", "woman"), ("eve", "woman")]


def test_people_json_and_the_folders_have_to_agree_and_what_does_not_is_named(people: Path) -> None:
    (people / "people.json").write_text(json.dumps({"adam": "man", "ghost": "woman"}))
    dataset, said = read_dataset(people, 3, None, None)
    assert [person.name for person in dataset] == ["adam"]
    assert said == [
        "ghost: people.json names a folder that does not exist.",
        "eve: people.json does not say whether this is a man or a woman.",
    ]


@pytest.mark.parametrize("text", ["[1, 2]", "{", '{"adam": "robot"}', '{"adam": ["man"]}', "3"])
def test_a_people_json_of_another_shape_is_the_users_to_mend(people: Path, text: str) -> None:
    (people / "people.json").write_text(text)
    with pytest.raises(UserError, match=r"people\.json cannot be used"):
        read_dataset(people, 3, None, None)


def test_only_the_first_so_many_people_are_taken(people: Path) -> None:
    dataset, _ = read_dataset(people, 3, None, 1)
    assert [person.name for person in dataset] == ["adam"]


def test_a_folder_that_is_not_there_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        read_dataset(tmp_path / "gone", 3, None, None)


def test_the_fingerprint_tells_a_reference_from_a_held_out_photo(people: Path) -> None:
    (three, _), _ = read_dataset(people, 3, None, None)
    (two, _), _ = read_dataset(people, 2, None, None)
    assert three.fingerprint()["0.jpg"] == two.fingerprint()["0.jpg"]
    assert three.fingerprint()["2.jpg"] != two.fingerprint()["2.jpg"]


def read(tmp_path: Path, text: str | bytes) -> tuple[list[str], list[str]]:
    path = tmp_path / "prompts.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_prompts(path)


def test_empty_lines_and_comments_are_no_prompts_and_the_empty_ones_are_said(tmp_path: Path) -> None:
    found, said = read(tmp_path, "# comment\n\na {subject} smiling, front face\r\n   \n\na {subject} in a park\n")
    assert found == ["a {subject} smiling, front face", "a {subject} in a park, front face"]
    assert said == ["prompts.txt: 3 empty lines were skipped."]


def test_front_face_is_appended_once_as_in_the_paper(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "a {subject} smiling.\na Front Face of a {subject}\n")
    assert found == ["a {subject} smiling, front face", "a Front Face of a {subject}"]


def test_a_prompt_that_stands_twice_counts_once_and_is_said(tmp_path: Path) -> None:
    found, said = read(tmp_path, "a {subject}\na {subject}, front face\n")
    assert found == ["a {subject}, front face"]
    assert said == ["prompts.txt, line 2: the prompt is a duplicate; it is used once."]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("\n# nothing\n", "has no prompt"), (b"\xff\xfe\x00", "UTF-8"), ("a" * 2000, "line 1: a prompt has at most")],
)
def test_a_file_without_usable_prompts_is_the_users_to_mend(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        read(tmp_path, text)


def test_a_prompt_file_that_is_not_there_is_the_users_to_mend(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_prompts(tmp_path / "gone.txt")


def test_subject_is_filled_in_and_other_braces_stay(tmp_path: Path) -> None:
    assert prompt_for("a {subject} with {braces}", Subject.MAN) == "a man with {braces}"
