"""Words to w with a tiny prior: conditioning, seeds, guidance, and the choice among candidates."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.engine.face_generator import WIDTH, FaceGenerator
from facea_desktop.engine.scene_prior import AGE, CANDIDATES, CHILD, PriorConfig, ScenePrior, noise_schedule
from facea_desktop.resources import resource

GROUPS = {"subject": ("woman", "man"), "age": ("young", "old")}
CONFIG = PriorConfig(groups=GROUPS, reads=GROUPS | {"age": (*GROUPS["age"], CHILD)}, width=16, condition=8, blocks=1)


@pytest.fixture
def prior() -> ScenePrior:
    torch.manual_seed(0)
    made = ScenePrior(CONFIG).requires_grad_(False).eval()
    for parameter in made.denoiser.parameters():  # so that words matter without training
        parameter.mul_(3)
    return made


def sample(prior: ScenePrior, asked: dict[str, str], unwanted: dict[str, str] | None = None, **changed: object):
    settings = {"seed": 1, "steps": 4, "guidance": 2.0} | changed
    candidates = prior.sample(
        asked, unwanted or {}, scheduler=noise_schedule(), reached=lambda _: None, **settings  # type: ignore[arg-type]
    )  # fmt: skip
    assert candidates.shape == (CANDIDATES, WIDTH)
    return candidates[prior.choose(candidates, asked)][None]


def test_the_same_words_and_seed_give_the_same_w_and_others_another(prior: ScenePrior) -> None:
    woman = sample(prior, {"subject": "woman"})
    assert torch.equal(woman, sample(prior, {"subject": "woman"}))
    assert not torch.allclose(woman, sample(prior, {"subject": "woman"}, seed=2))
    assert not torch.allclose(woman, sample(prior, {"subject": "man"}))
    assert not torch.allclose(woman, sample(prior, {"subject": "woman"}, guidance=4.0))


def test_guidance_leads_away_from_what_is_unwanted(prior: ScenePrior) -> None:
    plain = sample(prior, {"subject": "woman"})
    assert not torch.allclose(plain, sample(prior, {"subject": "woman"}, {"age": "old"}))
    alike = sample(prior, {"subject": "woman"}, {"subject": "woman"}, guidance=2.0)
    assert torch.allclose(alike, sample(prior, {"subject": "woman"}, {"subject": "woman"}, guidance=7.0), atol=1e-3)


def test_a_weight_moves_what_it_belongs_to(prior: ScenePrior) -> None:
    asked = {"subject": "woman", "age": "old"}
    plain = sample(prior, asked)
    assert torch.equal(plain, sample(prior, asked, weights={}))
    assert torch.allclose(plain, sample(prior, asked, weights={"age": 1.0}), atol=1e-5)
    assert not torch.allclose(plain, sample(prior, asked, weights={"age": 1.5}), atol=1e-3)
    nothing = sample(prior, {"subject": "woman"})
    assert torch.allclose(nothing, sample(prior, asked, weights={"age": 0.0}), atol=1e-4)


def test_words_that_the_prior_does_not_know_change_nothing(prior: ScenePrior) -> None:
    asked = {"subject": "man"}
    assert torch.equal(sample(prior, asked), sample(prior, asked | {"hat": "hat", "age": "ancient"}))


@pytest.mark.parametrize(
    ("scores", "taken"),
    [
        ([(0.1, -9), (9, 9), (0.9, -9), (0.5, -9)], 2),  # nobody is plain to see: the likeliest who is no child
        ([(0.1, -9), (9, 9), (2, -9), (9, -9)], 2),  # the first who is plain to see, not the surest
        ([(9, 2), (-9, -9), (9, 1)], 1),  # an adult who shows nothing of it, not a child who shows all
        ([(-3, 9), (1, 9), (-1, 9), (0, 9)], 1),
    ],
    ids=["likeliest", "first that is plain", "the only adult", "all look young"],
)
def test_of_the_candidates_one_is_taken_that_says_the_words_and_is_no_child(
    prior: ScenePrior, scores: list[tuple[float, float]], taken: int
) -> None:
    w = torch.randn(len(scores), WIDTH, generator=torch.Generator().manual_seed(4))
    for row, (woman, child) in enumerate(scores):
        w[row, :5] = torch.tensor([woman, 0.0, 0.0, 0.0, child])
    reads = torch.zeros(5, WIDTH)
    reads[:, :5] = torch.eye(5)
    prior.reader = torch.nn.Linear(WIDTH, 5)
    prior.reader.requires_grad_(False)
    prior.reader.weight.copy_(reads)
    prior.reader.bias.zero_()
    assert prior.choose(w, {"subject": "woman"}) == taken


def test_a_stranger_lends_features_and_the_words_stay_plain() -> None:
    prior = ScenePrior.load(resource("starter", "context", "prior.safetensors"))
    generator = FaceGenerator.load(resource("starter", "context", "generator.safetensors"))
    asked = {"subject": "woman", "eyewear": "glasses"}
    said = torch.cat([sample(prior, asked, seed=seed, steps=8) for seed in range(4)])
    drawn = generator.draw(256, 0.75, torch.Generator().manual_seed(0))
    made = torch.cat([prior.individual(w[None], some, asked) for w, some in zip(said, drawn.split(64))])
    for group, value in asked.items():
        assert (prior.read(made)[group][:, prior.config.reads[group].index(value)] > 0.5).all()
    assert torch.pdist(made).mean() > 1.15 * torch.pdist(said).mean()


def test_every_step_is_told_and_may_stop(prior: ScenePrior) -> None:
    class StoppedError(Exception):
        pass

    told: list[int] = []

    def reached(step: int) -> None:
        told.append(step)
        if step == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        prior.sample({}, {}, seed=0, steps=9, guidance=1.0, scheduler=noise_schedule(), reached=reached)
    assert told == [1, 2, 3]


def test_a_prior_comes_back_from_its_file(prior: ScenePrior, tmp_path: Path) -> None:
    prior.save(tmp_path / "prior.safetensors")
    again = ScenePrior.load(tmp_path / "prior.safetensors")
    assert again.config == CONFIG
    asked = {"subject": "woman", "age": "old"}
    assert torch.allclose(sample(again, asked), sample(prior, asked), atol=0.05)
    (tmp_path / "prior.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(Exception, match="header"):
        ScenePrior.load(tmp_path / "prior.safetensors")


def test_the_prior_that_ships_knows_every_scene_word_and_tells_children() -> None:
    config = ScenePrior.load(resource("starter", "context", "prior.safetensors")).config
    assert config.groups == {group.name: tuple(value.name for value in group.values) for group in scene_words().groups}
    assert CHILD in config.reads[AGE]
    assert CHILD not in config.groups[AGE]
