from __future__ import annotations

import pytest
import torch

from facea_desktop.domain.faces import PARTS, Subject, part_prompt
from facea_desktop.engine.identity import IdentityModel
from facea_desktop.engine.prompts import PartPrompts, TextEncoder, initial_features, like_length

L = 77


@pytest.fixture
def texts(new_model) -> TextEncoder:
    return new_model().texts


def marked_features(count: int) -> dict[str, torch.Tensor]:
    """Vectors that can be told apart from every embedding and from one another."""
    return {part: torch.full((count, 32), 100.0 * (index + 1)) for index, part in enumerate(PARTS)}


def test_part_prompts_name_the_subject_and_the_part():
    assert [part_prompt(Subject.MAN, part) for part in PARTS] == [
        "a man face", "a man left eye", "a man right eye", "a man nose", "a man mouth",
    ]  # fmt: skip
    assert part_prompt(Subject.WOMAN, "left_eye") == "a woman left eye"


@pytest.mark.parametrize(("words", "pieces"), [("smiling", 1), ("o" * 75, 1), ("o" * 76, 2), ("ab" * 100, 3)])
def test_the_prompt_is_followed_by_the_face_and_then_every_attribute(texts, words, pieces):
    prompts = PartPrompts(texts, Subject.MAN, marked_features(3))
    t_id = texts.encode(words)
    assert t_id.shape == (1, pieces * L, 32)
    whole = prompts.extend(t_id)
    assert whole.shape == (1, (pieces + 5) * L, 32)
    assert torch.equal(whole[:, : pieces * L], t_id)
    for index, part in enumerate(["face", "left_eye", "right_eye", "nose", "mouth"]):
        start = (pieces + index) * L
        assert torch.equal(whole[:, start : start + L], prompts[part])
        assert (prompts[part] == 100.0 * (index + 1)).all(-1).sum() == 3


@pytest.mark.parametrize("subject", Subject)
def test_feature_vectors_stand_behind_the_end_of_the_words_and_nowhere_else(texts, subject):
    count = subject.feature_count
    prompts = PartPrompts(texts, subject, marked_features(count))
    for index, part in enumerate(PARTS):
        prompt = part_prompt(subject, part)
        start = len(prompt.replace(" ", "")) + 2  # a token a letter, the start and the end token
        plain = texts.encode(prompt)[0]
        with_features = prompts[part][0]
        assert (with_features[start : start + count] == 100.0 * (index + 1)).all()
        kept = [*range(start), *range(start + count, L)]
        assert torch.equal(with_features[kept], plain[kept])


def test_a_prompt_past_77_tokens_becomes_pieces_that_lose_nothing(texts):
    letters = "abcdefghijklmnopqrstuvwxyz" * 4  # 104 tokens: the last letter alone ends the word
    long = texts.encode(letters)
    states, ids = [], texts._tokenizer(letters, add_special_tokens=False, verbose=False).input_ids
    assert len(ids) == 104
    for piece in (ids[:75], ids[75:]):
        row = [0, *piece, 1, *[1] * (75 - len(piece))]
        with torch.no_grad():
            states.append(texts._encoder(torch.tensor([row]))[0])
    torch.testing.assert_close(long, torch.cat(states, dim=1))


def test_the_last_word_of_a_long_prompt_still_counts(texts):
    assert not torch.allclose(texts.encode("o" * 100 + " cat"), texts.encode("o" * 100 + " dog"))


def test_an_empty_prompt_is_one_piece(texts):
    assert texts.encode("").shape == (1, L, 32)


@pytest.mark.parametrize("negative", ["", "ugly", "x" * 76, "x" * 900])
@pytest.mark.parametrize("prompt", ["a man", "o" * 100])
def test_the_negative_prompt_is_as_long_as_the_prompt(model: IdentityModel, negative, prompt):
    embeds = model.prompts.extend(model.texts.encode(prompt))
    against = like_length(model.texts.encode(negative), embeds)
    assert against.shape == embeds.shape
    assert torch.equal(against[:, :L], model.texts.encode(negative)[:, :L])


def test_untuned_features_are_the_padding_that_they_replace(texts):
    prompts = PartPrompts(texts, Subject.MAN, initial_features(texts, Subject.MAN, 3))
    for part in PARTS:
        assert torch.equal(prompts[part], texts.encode(part_prompt(Subject.MAN, part)))


def test_without_features_a_part_prompt_is_its_words_alone(texts):
    prompts = PartPrompts(texts, Subject.WOMAN, marked_features(0))
    assert torch.equal(prompts["nose"], texts.encode("a woman nose"))


def test_more_features_than_there_is_room_for_are_refused(texts):
    with pytest.raises(ValueError, match="do not fit"):
        PartPrompts(texts, Subject.MAN, marked_features(70))
