"""The file of a batch: lists, defaults, paths; what is wrong costs its own entry alone, and its line is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from facea_desktop.batch.batch_estimate import estimated_seconds
from facea_desktop.batch.batch_file import BatchFile, Entry, read_batch_file
from facea_desktop.batch.batch_plan import Plan, plan_batch
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile, Reference
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.step_times import note_step_time, painting_step
from facea_desktop.models.model_store import ModelStore


def read(tmp_path: Path, text: str) -> BatchFile:
    file = tmp_path / "batch.toml"
    file.write_text(text, "utf-8")
    return read_batch_file(file)


def plan(tmp_path: Path, text: str) -> Plan:
    return plan_batch(read(tmp_path, text), tmp_path / "batch.toml", tmp_path / "data")


def portraits(entries: list[Entry] | tuple[Entry, ...]) -> list[PortraitRequest]:
    return [entry.request for entry in entries if isinstance(entry.request, PortraitRequest)]


def test_lists_make_a_portrait_of_each_value_and_defaults_hold_for_all(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        """
        [defaults]
        person = ["Anna", "Ben"]
        guidance = 4.0

        [[portraits]]
        prompt = "a person smiling"
        seed = [1, 2]

        [[portraits]]
        prompt = "a person"
        person = "Zoe"
        appearance = false
        others = [{face = 1, person = "Ben"}]
        """.replace("        ", ""),
    )
    assert made.problems == []
    first, last = portraits(made.portraits)[:4], portraits(made.portraits)[4]
    assert [(one.person, one.seed) for one in first] == [("Anna", 1), ("Anna", 2), ("Ben", 1), ("Ben", 2)]
    assert {one.guidance for one in (*first, last)} == {4.0}
    assert (last.person, last.others[0].person) == ("Zoe", "Ben")
    assert last.appearance is not None
    assert [entry.line for entry in made.portraits] == [6] * 4 + [10]


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ('prompt = "a man\nseed = 3', 6, "not TOML"),
        ('prompt = "a man"\nguidanc = 3', 7, "did you mean 'guidance'"),
        ('prompt = "a man"\nsteps = 0', 7, "steps cannot be 0"),
        ('prompt = "a man"\npicture = "none.jpg"', 7, "no file 'none.jpg'"),
        ('prompt = "a man"\nseed = []', 5, "the list seed is empty"),
        ("seed = 3", None, ""),
    ],
)
def test_a_bad_entry_is_said_with_its_line_and_the_others_are_used(
    tmp_path: Path, entry: str, line: int | None, said: str
) -> None:
    made = read(tmp_path, f'[defaults]\nperson = "Anna"\n[[portraits]]\nprompt = "first"\n[[portraits]]\n{entry}\n'
                          '[[portraits]]\nprompt = "last"\n')  # fmt: skip
    assert [one.prompt for one in portraits(made.portraits)][:: 2 if line is None else 1] == ["first", "last"]
    assert [problem.line for problem in made.problems] == ([] if line is None else [line])
    assert said in "".join(problem.message for problem in made.problems)


def test_a_header_inside_a_long_text_begins_no_entry(tmp_path: Path) -> None:
    made = read(tmp_path, '[[portraits]]\nperson = "A"\nprompt = """a man\n[[portraits]]\nsmiling"""\nsteps = 0\n')
    assert [(problem.line, problem.message[:5]) for problem in made.problems] == [(6, "steps")]


def test_tables_that_do_not_exist_are_said(tmp_path: Path) -> None:
    made = read(tmp_path, '[portraits]\nprompt = "a"\n[[portrait]]\nprompt = "a"\n')
    assert [problem.line for problem in made.problems] == [1, 3]
    assert "[[portraits]]" in made.problems[0].message
    assert "did you mean 'portraits'" in made.problems[1].message


def test_a_file_that_is_missing_or_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"batch\.toml"):
        read_batch_file(tmp_path / "batch.toml")
    (tmp_path / "batch.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="UTF-8"):
        read_batch_file(tmp_path / "batch.toml")


def test_people_who_are_missing_are_made_and_tuned_before_they_are_painted(tmp_path: Path) -> None:
    (tmp_path / "anna").mkdir()
    for name in ("2.jpg", "1.jpg"):
        (tmp_path / "anna" / name).touch()
    made = plan(
        tmp_path,
        '[[portraits]]\nperson = "anna"\nprompt = "a woman"\npicture = "anna/*.jpg"\n'
        '[[people]]\nname = "Anna"\nsubject = "woman"\nphotos = ["anna/*.jpg"]\npreset = "quick"\n'
        '[[people]]\nname = "Ben"\n[[people]]\nname = "Eve"\nphotos = "anna/*.jpg"\n'
        '[[portraits]]\nperson = "Ben"\nprompt = "a man"\n',
    )
    enrol, tune, *painted = [entry.request for entry in made.entries]
    assert isinstance(enrol, EnrolRequest)
    assert [path.name for path in enrol.photos] == ["1.jpg", "2.jpg"]
    assert isinstance(tune, TuneRequest)
    assert (tune.person, tune.resume) == ("Anna", False)
    assert [one.picture and one.picture.name for one in painted if isinstance(one, PortraitRequest)] == [
        "1.jpg",
        "2.jpg",
    ]
    assert [problem.line for problem in made.problems] == [10, 12, 15]


def test_who_is_not_tuned_is_painted_at_first_sight_where_there_are_photos(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    for person, name, references in (("a" * 12, "Ann", (Reference(index=0, parts=("face",)),)), ("b" * 12, "Bob", ())):
        profile = Profile(id=person, name=name, subject=Subject.MAN, family="starter", references=references)
        library.create(profile, {})
    entry = '[[portraits]]\nperson = "{}"\nprompt = "a man"\n'
    made = plan(tmp_path, entry.format("Ann") + entry.format("Bob"))
    assert [one.request.person for one in made.entries if isinstance(one.request, PortraitRequest)] == ["Ann"]
    assert ["Bob is not tuned yet" in problem.message for problem in made.problems] == [True]
    (painted,) = portraits(made.entries)
    family = ModelStore(tmp_path / "data").active_family()
    steps = family.denoising_steps(painted)
    note_step_time(tmp_path / "data", painting_step(family.name, painted, first_sight=1), 2.0)
    assert estimated_seconds(tmp_path / "data", [painted]) == 2.0 * steps
    tune = TuneRequest(person="Ann", recipe=family.recipe())
    assert estimated_seconds(tmp_path / "data", [tune, painted]) is None  # of tuned people nothing was painted yet


def test_words_are_drawn_from_the_file_beside_it_and_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "hat.txt").write_text("# hats\n\nred hat\nblue hat\n")
    (tmp_path / "data" / "wildcards" / "old").mkdir(parents=True)
    (tmp_path / "data" / "wildcards" / "old" / "mood.txt").write_text("smiling\n")
    made = plan(
        tmp_path,
        '[wildcards]\nhair = ["curls"]\n[defaults]\nperson = "x"\nidentity = false\n'
        '[[people]]\nname = "x"\nsubject = "man"\nphotos = "hat.txt"\n'
        '[[portraits]]\nprompt = "a __hat__, __hair__, __old/mood__"\ncount = 20\nseed = 7\n'
        '[[portraits]]\nprompt = "a __hut__"\n[[portraits]]\nprompt = "a {b|c"\n',
    )
    drawn = portraits(made.entries)
    assert [(one.seed, one.count) for one in drawn] == [(seed, 1) for seed in range(7, 27)]
    assert {one.prompt for one in drawn} == {"a red hat, curls, smiling", "a blue hat, curls, smiling"}
    assert {one.template.prompt for one in drawn if one.template} == {"a __hat__, __hair__, __old/mood__"}
    assert [problem.line for problem in made.problems] == [14, 16]


def test_a_style_is_put_on_by_its_name_with_its_words_and_its_lora(tmp_path: Path) -> None:
    for person, name, family in (("a" * 12, "Anna", "sdxl-sd15"), ("b" * 12, "Ben", "starter")):
        profile = Profile(id=person, name=name, subject=Subject.WOMAN, family=family)
        Library(tmp_path / "data").create(profile, {})
    save_file({"unet.mid.to_q.lora_A.weight": np.zeros((1, 4), np.float32)}, tmp_path / "ink.safetensors")
    made, _ = OwnStyles(tmp_path / "data").add_lora("Ink", tmp_path / "ink.safetensors", words="inked", strength=0.7)
    text = """
        [[portraits]]
        person = "Anna"
        prompt = "a woman"
        identity = false
        style = ["ink", "Oil painting", "Inkk"]

        [[portraits]]
        person = "Anna"
        style = 3

        [[portraits]]
        person = "Ben"
        identity = false
        style = "ink"
        """
    planned = plan(tmp_path, text.replace("        ", ""))
    assert [(one.prompt, one.style_lora) for one in portraits(planned.entries)] == [
        ("a woman, inked", made.lora),
        ("a woman, oil painting", None),
    ]
    assert [problem.line for problem in planned.problems] == [2, 10, 12]
    assert "cannot use the LoRA" in planned.problems[2].message
    assert "no style of your own called 'Inkk'" in planned.problems[0].message
    assert planned.problems[1].message == "a style is called by its name, a text."
