"""Grounding DINO: the real architecture through the real loading path, with random weights."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image
from torch import nn
from transformers import BertConfig, BertModel, BertTokenizer

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Box, Face
from facea_desktop.engine.detect import grounding_dino
from facea_desktop.engine.detect.dino_text import read_text_branch, word_tokens
from facea_desktop.engine.detect.grounding_dino import (
    DinoSettings,
    GroundingDino,
    build_model,
    load_weights,
    prepare,
    read_candidates,
)

WORDS = ("face", "eye", "nose", "mouth")
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", *WORDS, "human", "##s"]
SETTINGS = DinoSettings("face . eye . nose . mouth .", 0.35, 0.25)
SMALL = DinoSettings("face . eye . nose . mouth .", 0.35, 0.25, short_side=128, long_side=213)
SHRUNK = {"enc_layers": 1, "dec_layers": 1, "num_queries": 30}
TINY_BERT = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def write_bert(folder: Path, **config: object) -> Path:
    folder.mkdir(exist_ok=True)
    BertConfig(**config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bert(tmp_path_factory) -> Path:
    return write_bert(tmp_path_factory.mktemp("bert"), **TINY_BERT)


@pytest.fixture(scope="module")
def model(bert) -> nn.Module:
    return build_model(*read_text_branch(bert), **SHRUNK)


@pytest.fixture
def noise() -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (60, 90, 3), np.uint8))


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args):
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def as_published(model: nn.Module) -> dict[str, torch.Tensor]:
    """The weights under the names of the published checkpoint, leftovers included."""
    weights = {f"module.{name}": value for name, value in model.state_dict().items()}
    weights["module.label_enc.weight"] = torch.zeros(2001, 256)
    weights["module.bert.embeddings.position_ids"] = torch.arange(512)[None]
    return weights


def phrase_masks(tokens: int, full_stops: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """What Grounding DINO gives its BERT: each phrase sees itself and its full stop alone, and is counted from 0."""
    mask, positions, start = torch.eye(tokens, dtype=torch.bool), torch.zeros(tokens, dtype=torch.long), 1
    for stop in full_stops:
        mask[start : stop + 1, start : stop + 1] = True
        positions[start : stop + 1] = torch.arange(stop + 1 - start)
        start = stop + 1
    return mask[None], positions[None]


def assert_text_branch_is_bert(model: nn.Module, config: BertConfig, settings: DinoSettings) -> None:
    """The model, asked with a caption, has its text encoded as transformers' own BERT encodes it under that mask."""
    reference = BertModel(config).eval()
    reference.load_state_dict(model.bert.state_dict())
    seen: list[tuple[dict, torch.Tensor]] = []
    hook = model.bert.register_forward_hook(
        lambda module, args, kwargs, out: seen.append((kwargs, out["last_hidden_state"])), with_kwargs=True
    )
    tokenizer = model.tokenizer
    GroundingDino(model, tokenizer, "cpu", settings).find(Image.new("RGB", (64, 64)))
    hook.remove()
    given, encoded = seen[0]  # an empty picture is looked at in four turns
    tokens = ["[CLS]", "face", ".", "eye", ".", "nose", ".", "mouth", ".", "[SEP]"]
    ids = torch.tensor([tokenizer.convert_tokens_to_ids(tokens)])
    mask, positions = phrase_masks(len(tokens), (2, 4, 6, 8))
    assert torch.equal(given["attention_mask"], mask)
    with torch.no_grad():
        expected = reference(input_ids=ids, attention_mask=mask[:, None], position_ids=positions).last_hidden_state
        unmasked = reference(input_ids=ids, position_ids=positions).last_hidden_state
    assert torch.allclose(encoded, expected, atol=1e-5)
    assert not torch.allclose(encoded, unmasked, atol=1e-3)


def test_the_text_branch_equals_transformers_own_bert_under_the_same_mask(model):
    assert_text_branch_is_bert(model, model.bert.config, SMALL)


def test_a_phrase_does_not_see_the_others(model):
    mask, positions = phrase_masks(6, (2, 4))
    here, there = torch.tensor([[2, 7, 5, 8, 5, 3]]), torch.tensor([[2, 7, 5, 10, 5, 3]])
    with torch.no_grad():
        a, b = (model.bert(ids, mask, positions, torch.zeros_like(ids))["last_hidden_state"] for ids in (here, there))
    assert torch.allclose(a[:, :3], b[:, :3], atol=1e-6)
    assert not torch.allclose(a[:, 3:5], b[:, 3:5], atol=1e-2)


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
def test_a_loaded_checkpoint_gives_its_own_weights_and_detections(bert, model, noise, tmp_path, suffix):
    path = tmp_path / f"dino{suffix}"
    if suffix == ".pth":
        torch.save({"model": as_published(model)}, path)
    else:
        distinct = {id(value): name for name, value in model.state_dict(keep_vars=True).items()}
        state = model.state_dict()
        assert len(distinct) < len(state)  # heads are shared; safetensors refuses to hold a tensor twice
        safetensors.torch.save_file({name: state[name].contiguous() for name in distinct.values()}, path)
    other = build_model(*read_text_branch(bert), **SHRUNK)
    name = "transformer.level_embed"
    assert not torch.equal(other.state_dict()[name], model.state_dict()[name])
    load_weights(other, path)
    assert all(torch.equal(value, model.state_dict()[key]) for key, value in other.state_dict().items())
    found = [GroundingDino(one, one.tokenizer, "cpu", SMALL).find(noise) for one in (model, other)]
    assert found[0] == found[1]


def test_building_leaves_the_package_as_it_was_and_prints_nothing(bert, capsys, no_network):
    from groundingdino.models.GroundingDINO import groundingdino as package

    before = package.BertModelWarper, package.get_tokenlizer
    build_model(*read_text_branch(bert), **SHRUNK)
    assert (package.BertModelWarper, package.get_tokenlizer) == before
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_full_size_swin_t_goes_through_the_real_loading_path(tmp_path, no_network):
    folder = write_bert(tmp_path / "bert")
    original = build_model(*read_text_branch(folder))
    checkpoint = tmp_path / "groundingdino_swint_ogc.pth"
    torch.save({"model": as_published(original)}, checkpoint)
    assert 690e6 < checkpoint.stat().st_size < 700e6  # the published file has 694 MB
    settings = DinoSettings(SETTINGS.caption, 0.35, 0.25, short_side=320)
    detector = GroundingDino.load(checkpoint, folder, "cpu", settings)
    checkpoint.unlink()  # pytest keeps the last folders; 700 MB each would be too much
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8))
    faces = detector.find(picture)
    assert isinstance(faces, list)
    assert all(isinstance(face, Face) for face in faces)
    assert all(0 <= face.box.x0 < face.box.x1 <= 400 and 0 <= face.box.y0 < face.box.y1 <= 300 for face in faces)
    assert faces == GroundingDino(original, original.tokenizer, "cpu", settings).find(picture)
    assert_text_branch_is_bert(original, BertConfig(), settings)


class Planned(nn.Module):
    """Answers like Grounding DINO with what it was told; remembers what it was asked."""

    def __init__(self, found: list[tuple[str, float, tuple[float, ...]]], tokens: dict[str, list[int]]) -> None:
        super().__init__()
        self.logits = torch.full((len(found), 256), float("-inf"))
        for row, (word, score, _) in enumerate(found):
            self.logits[row, tokens[word]] = torch.tensor(score).logit()
        self.boxes = torch.tensor([box for _, _, box in found])
        self.asked = SimpleNamespace(shape=None, captions=None)

    def forward(self, pixels: torch.Tensor, captions: list[str]) -> dict[str, torch.Tensor]:
        self.asked = SimpleNamespace(shape=tuple(pixels.shape), captions=captions)
        return {"pred_logits": self.logits[None], "pred_boxes": self.boxes[None]}


def test_boxes_come_back_in_pixels_of_the_picture_that_was_given(bert):
    tokenizer = read_text_branch(bert)[1]
    found = [
        ("face", 0.75, (0.5, 0.5, 0.5, 0.5)),
        ("eye", 0.5, (0.4375, 0.4375, 0.0625, 0.0625)),
        ("eye", 0.5, (0.5625, 0.4375, 0.0625, 0.0625)),
        ("mouth", 0.3, (0.5, 0.625, 0.125, 0.0625)),  # below the box threshold
    ]
    model = Planned(found, word_tokens(tokenizer, SETTINGS.caption, WORDS))
    (face,) = GroundingDino(model, tokenizer, "cpu", SETTINGS).find(Image.new("RGB", (160, 320)))
    assert face.box == Box(40, 80, 120, 240)
    assert face.parts == {Attribute.LEFT_EYE: Box(65, 130, 75, 150), Attribute.RIGHT_EYE: Box(85, 130, 95, 150)}
    assert face.score == pytest.approx(0.75)
    assert model.asked.shape == (1, 3, 1332, 666)
    assert model.asked.captions == ["face . eye . nose . mouth ."]


def test_a_query_counts_for_the_word_that_fits_it_best():
    scores = torch.zeros(3, 256)
    scores[0, 1], scores[0, 3] = 0.4, 0.6
    scores[1, 2], scores[1, 5] = 0.5, 0.3  # surest of a full stop
    scores[2, 2], scores[2, 7] = 0.5, 0.2
    boxes = torch.tensor([[0.5, 0.5, 0.2, 0.4]]).repeat(3, 1)
    tokens = {"face": [1], "eye": [3], "nose": [5], "mouth": [7]}
    found = read_candidates(scores, boxes, tokens, SETTINGS, (100, 50))
    assert [(one.word, pytest.approx(one.score)) for one in found] == [("eye", 0.6), ("nose", 0.3)]
    assert (found[0].box.x0, found[0].box.y0, found[0].box.x1, found[0].box.y1) == pytest.approx((40, 15, 60, 35))


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1000, 1000), (3000, 1000), (1000, 1667), (50, 41)])
def test_pictures_are_prepared_as_the_package_does_it(size):
    with grounding_dino._package_of_2023():
        from groundingdino.datasets import transforms
    original = transforms.Compose(
        [
            transforms.RandomResize([800], max_size=1333),
            transforms.ToTensor(),
            transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )
    rows = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8)
    picture = Image.fromarray(rows)
    expected, _ = original(picture, None)
    prepared = prepare(picture, SETTINGS)
    assert prepared.shape == expected.shape
    assert torch.allclose(prepared, expected, atol=1e-5)


def test_a_thin_strip_of_a_picture_is_searched_without_failing(model):
    assert prepare(Image.new("RGB", (3000, 3)), SETTINGS).shape == (3, 64, 1333)
    assert prepare(Image.new("RGB", (1, 9000)), SETTINGS).shape == (3, 1333, 64)
    GroundingDino(model, model.tokenizer, "cpu", SMALL).find(Image.new("RGB", (2, 300)))


def test_words_are_found_among_the_tokens_of_their_phrases(bert):
    tokenizer = read_text_branch(bert)[1]
    caption = "human face . eyes . nose . mouth ."
    tokens = word_tokens(tokenizer, caption, ("face", "eyes", "nose", "mouth"))
    # [CLS] human face . eye ##s . nose . mouth . [SEP]
    assert tokens == {"face": [1, 2], "eyes": [4, 5], "nose": [7], "mouth": [9]}


@pytest.mark.parametrize("caption", ["face . eye . nose .", "face . face . eye . nose . mouth ."])
def test_a_caption_asks_for_each_word_once(bert, caption):
    with pytest.raises(ValueError, match="caption"):
        word_tokens(read_text_branch(bert)[1], caption, WORDS)


def test_captions_are_read_as_the_model_was_trained(bert):
    tokenizer = read_text_branch(bert)[1]
    planned = Planned([("face", 0.1, (0.5, 0.5, 0.1, 0.1))], word_tokens(tokenizer, SETTINGS.caption, WORDS))
    settings = DinoSettings(" Face . Eye . Nose . Mouth", 0.35, 0.25)
    assert GroundingDino(planned, tokenizer, "cpu", settings).find(Image.new("RGB", (64, 64))) == []
    assert planned.asked.captions == ["face . eye . nose . mouth ."]


class Planted:
    """A pickle that makes a folder when it is loaded."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self):
        import os

        return os.mkdir, (str(self.trace),)


def one_line(refused: pytest.ExceptionInfo[UserError]) -> str:
    message = str(refused.value)
    assert "\n" not in message
    return message


def test_code_in_a_checkpoint_is_refused_and_not_run(bert, model, tmp_path):
    path, trace = tmp_path / "dino.pth", tmp_path / "trace"
    torch.save({"model": as_published(model), "extra": Planted(trace)}, path)
    with pytest.raises(UserError) as refused:
        load_weights(model, path)
    assert "more than weights" in one_line(refused)
    assert not trace.exists()
    torch.load(path, weights_only=False)
    assert trace.exists()  # the trap works


def test_a_missing_checkpoint_is_said(model, tmp_path):
    with pytest.raises(UserError, match="are not at") as refused:
        load_weights(model, tmp_path / "dino.pth")
    one_line(refused)


@pytest.mark.parametrize("suffix", [".pth", ".safetensors"])
@pytest.mark.parametrize("damage", ["empty", "page", "cut", "changed"])
def test_a_damaged_checkpoint_is_said(model, tmp_path, suffix, damage):
    path = tmp_path / f"dino{suffix}"
    if suffix == ".pth":
        torch.save({"model": {"a": torch.zeros(100)}}, path)
    else:
        safetensors.torch.save_file({"a": torch.zeros(100)}, path)
    good = path.read_bytes()
    head = bytes(byte ^ 255 for byte in good[:40])
    bad = {"empty": b"", "page": b"<html>gone</html>", "cut": good[:-50], "changed": head + good[40:]}
    path.write_bytes(bad[damage])
    with pytest.raises(UserError, match="damaged") as refused:
        load_weights(model, path)
    one_line(refused)


@pytest.mark.parametrize(
    "content", [[1, 2], {"state_dict": {}}, {"model": 3}, {"model": {"a": "b"}}, {"model": {"a": torch.zeros(1)}}]
)
def test_a_checkpoint_of_something_else_is_refused(model, tmp_path, content):
    path = tmp_path / "dino.pth"
    torch.save(content, path)
    with pytest.raises(UserError, match=r"groundingdino_swint_ogc\.pth") as refused:
        load_weights(model, path)
    one_line(refused)


def test_wrong_shapes_missing_and_unknown_weights_are_refused_and_change_nothing(model, tmp_path):
    path = tmp_path / "dino.pth"
    index = "module.backbone.0.layers.0.blocks.0.attn.relative_position_index"
    before = {name: value.clone() for name, value in model.state_dict().items()}
    changes = [
        {"module.feat_map.weight": torch.zeros(256, 31)},
        {"module.feat_map.weight": torch.zeros(256, 32, dtype=torch.long)},
        {"module.feat_map.weight": None},
        {"module.transformer.extra.weight": torch.zeros(3)},
        {index: model.state_dict()[index.removeprefix("module.")] + 1000},
    ]
    for change in changes:
        weights = {
            name: value + 1 if value.is_floating_point() else value for name, value in as_published(model).items()
        }
        weights |= change
        torch.save({"model": {name: value for name, value in weights.items() if value is not None}}, path)
        with pytest.raises(UserError, match=r"\(1 differ") as refused:
            load_weights(model, path)
        path.unlink()
        assert next(iter(change)).removeprefix("module.") in one_line(refused)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_a_tokenizer_json_serves_where_there_is_no_vocab_txt(tmp_path):
    folder = write_bert(tmp_path / "bert", **TINY_BERT)
    expected = read_text_branch(folder)[1](SETTINGS.caption)["input_ids"]
    BertTokenizer(vocab={word: number for number, word in enumerate(VOCABULARY)}).save_pretrained(folder)
    (folder / "vocab.txt").unlink()
    assert read_text_branch(folder)[1](SETTINGS.caption)["input_ids"] == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", None),
        ("config.json", b"{"),
        ("config.json", b"[]"),
        ("config.json", json.dumps({"model_type": "gpt2"}).encode()),
        ("config.json", json.dumps({"model_type": "bert", "hidden_size": 30}).encode()),
        ("config.json", json.dumps({"model_type": "bert", "hidden_size": "wide"}).encode()),
        ("config.json", json.dumps({"model_type": "bert", "vocab_size": 5, **TINY_BERT}).encode()),
        ("vocab.txt", None),
        ("vocab.txt", b"\xff\xfe\x00"),
        ("vocab.txt", b"face\neye\n"),
        ("vocab.txt", "\n".join([*VOCABULARY, "eye"]).encode()),
        ("tokenizer.json", b"[]"),
        ("tokenizer.json", b'{"model": {"vocab": [["a", 1]]}}'),
    ],
)
def test_a_bert_folder_that_cannot_serve_is_said(tmp_path, name, content):
    folder = write_bert(tmp_path / "bert", **TINY_BERT)
    if name == "tokenizer.json":
        (folder / "vocab.txt").unlink()
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(UserError, match="BERT") as refused:
        read_text_branch(folder)
    one_line(refused)


def test_a_vocabulary_without_the_words_is_said(tmp_path):
    folder = write_bert(tmp_path / "bert", **TINY_BERT)
    (folder / "vocab.txt").write_text("\n".join(word for word in VOCABULARY if word != "nose"), encoding="utf-8")
    with pytest.raises(UserError, match="nose") as refused:
        word_tokens(read_text_branch(folder)[1], SETTINGS.caption, WORDS)
    one_line(refused)
