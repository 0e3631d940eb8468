from __future__ import annotations

import string

import pytest
import torch
from transformers import CLIPTokenizer

from facea_desktop.domain.faces import PARTS, Subject, part_prompt
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.prompt_embeddings import (
    PartPrompts,
    TextEncoder,
    initial_features,
    like_length,
    pipeline_prompts,
)
from facea_desktop.resources import resource
from tests.comparison.conftest import tiny_context

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


@pytest.fixture(scope="module")
def starter() -> CLIPTokenizer:
    return CLIPTokenizer.from_pretrained(resource("starter", "identity", "tokenizer"))


def written(tokenizer: CLIPTokenizer, prompt: str) -> list[str]:
    """The words that an encoder gets to read."""
    ids = TextEncoder(tokenizer, torch.nn.Linear(1, 1))._words(prompt)[0]
    return tokenizer.convert_ids_to_tokens(ids)


SIGNS = [
    *string.punctuation,
    *string.digits,
    "\u2026",
    "\u201c",
    "\u2014",
    "\u674e",
    "\U0001f600",
    "\u00df",
    "\u0436",
    "\u200d",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "form", ["a man{} with a beard", "a man {} with a beard", "{}a man with a beard", "a {}2man with a beard"]
)
def test_no_sign_ends_the_prompt(starter: CLIPTokenizer, sign: str, form: str) -> None:
    plain = [token.removesuffix("</w>") for token in written(starter, form.format(sign))]
    assert starter.eos_token not in plain
    assert starter.unk_token not in plain
    assert plain[-3:] == ["with", "a", "beard"]
    assert "man" in "".join(plain)


@pytest.mark.parametrize(
    ("prompt", "same"),
    [
        ("a man smiling. with a beard!?", "a man smiling with a beard"),
        ("<|endoftext|> a man <|startoftext|> smiling", "a man smiling"),
        ("a man, caf\u00e9", "a man, cafe"),
        ('"smiling" [happy]', "smiling happy"),
        ("a man\u674e, gro\u00df", "a man, gross"),
    ],
)
def test_what_is_unknown_is_left_out_and_the_rest_is_read(starter: CLIPTokenizer, prompt: str, same: str) -> None:
    assert written(starter, prompt) == written(starter, same)
    assert starter.eos_token not in written(starter, prompt)


def test_known_signs_of_a_row_stay(starter: CLIPTokenizer) -> None:
    assert written(starter, "a man,... smiling") == written(starter, "a man, smiling")


def test_a_pipeline_gets_what_it_would_read_itself(letter_tokenizer: CLIPTokenizer) -> None:
    pipe = tiny_context(letter_tokenizer)
    ours = pipeline_prompts(pipe, "a man in a park", "")
    theirs = pipe.encode_prompt("a man in a park", negative_prompt=None, device="cpu", do_classifier_free_guidance=True)
    names = ("prompt_embeds", "negative_prompt_embeds", "pooled_prompt_embeds", "negative_pooled_prompt_embeds")
    for name, tensor in zip(names, theirs, strict=True):
        torch.testing.assert_close(ours[name], tensor)


@pytest.mark.parametrize("unwanted", ["", "ugly " * 40])
def test_the_last_words_of_a_scene_count_however_long_it_is(letter_tokenizer: CLIPTokenizer, unwanted: str) -> None:
    pipe = tiny_context(letter_tokenizer)
    long = "a man in a park, " + "oak tree, " * 30
    one, other = (pipeline_prompts(pipe, long + end, unwanted)["prompt_embeds"] for end in ("blue", "red"))
    assert one.shape[1] % L == 0
    assert one.shape[1] > 3 * L
    assert not torch.allclose(one, other)
    assert torch.allclose(one[:, :L], other[:, :L])


@pytest.mark.parametrize("form", ["(big:{}) cat", "a (big:{}) cat", "(red, big:{}) cat " + "dog " * 40])
def test_weights_move_what_they_belong_to_and_nothing_else(texts: TextEncoder, form: str) -> None:
    plain, even, strong, weak = (texts.encode(form.format(weight)) for weight in ("1.0", "1", "1.5", "0.5"))
    none = texts.encode("")
    assert torch.equal(plain, even)
    changed = (strong != plain).any(-1)[0]
    assert 3 <= int(changed.sum()) <= 7  # a token a letter
    away = plain - torch.cat([none] * (plain.shape[1] // L), 1)
    torch.testing.assert_close((strong - plain)[0, changed], 0.5 * away[0, changed])
    torch.testing.assert_close((weak - plain)[0, changed], -0.5 * away[0, changed])


@pytest.mark.parametrize("text", ["a ((cat:1.0))", "a cat <lora:detail:0.8>", "a \\(cat\\)"])
def test_the_signs_of_weights_are_no_words(texts: TextEncoder, text: str) -> None:
    assert texts._words(text)[0] == texts._words("a cat")[0]


def test_weights_are_heard_by_a_pipeline(letter_tokenizer: CLIPTokenizer) -> None:
    pipe = tiny_context(letter_tokenizer)
    plain, strong = (pipeline_prompts(pipe, f"a (red:{weight}) cat", "")["prompt_embeds"] for weight in (1, 1.4))
    changed = (plain != strong).any(-1)[0].nonzero().flatten().tolist()
    assert changed == [2, 3, 4]
