"""G_id: the inpainting model with a person's LoRA and [feat] vectors in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from peft import LoraConfig, get_peft_model_state_dict, set_peft_model_state_dict
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.engine.feature_encoder import FeatureEncoder
from facea_desktop.engine.graphed_unet import GraphedUNet
from facea_desktop.engine.merged_lora import merged
from facea_desktop.engine.prompt_embeddings import (
    PairedTextEncoder,
    PartPrompts,
    initial_features,
    like_length,
    padded,
    text_encoder_of,
    zeros_for_nothing,
)
from facea_desktop.engine.schedulers import Reached, after_each_step, parked_after, with_scheduler
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import Placement

LORA = "default"


class IdentityModel:
    """One inpainting pipeline that takes on one person after another.

    Args:
        encoder: makes [feat] vectors of photos, for models that were pretrained with one.

    Attributes:
        pipe: the diffusers pipeline; its UNet carries the LoRA of the person loaded last.
        graphed: what lets the UNet paint from a CUDA graph.
        prompts: that person's T_face and T_v with [feat] vectors; None while nobody is on.
    """

    def __init__(
        self,
        pipe: Any,
        family: Family,
        placement: Placement,
        encoder: FeatureEncoder | None = None,
    ) -> None:
        self.pipe = pipe
        self.family = family
        self.placement = placement
        self.encoder = encoder
        self.texts = text_encoder_of(pipe)
        self.graphed = GraphedUNet(pipe)
        self.prompts: PartPrompts | None = None
        for part in pipe.components.values():
            if isinstance(part, torch.nn.Module):
                part.requires_grad_(False)

    @property
    def device(self) -> torch.device:
        """Where the model's numbers are while it works."""
        return torch.device(self.placement.device)

    def init_adapter(
        self,
        subject: Subject,
        rank: int,
        features: int,
        seed: int,
        seen: Mapping[str, Tensor] | None = None,
        *,
        words_alone: bool = False,
        targets: Collection[str] = (),
    ) -> None:
        """Take on somebody not yet tuned: LoRA that changes nothing, [feat] as photos show it, or like padding.

        Args:
            subject: man or woman.
            rank: of the LoRA matrices; 0 for none.
            features: [feat] vectors a prompt.
            seed: of LoRA's random first halves.
            seen: vectors that the encoder made of the person's photos, by part.
            words_alone: as ``PartPrompts`` takes it.
            targets: ends of the names of the layers that LoRA adapts; none for the family's own.
        """
        self.unload_adapter()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self._add_lora(rank, targets or self.family.lora_targets)
        sets = initial_features(self.texts, subject, features, seen)
        self.prompts = PartPrompts(self.texts, subject, sets, words_alone=words_alone).to(self.device)

    def init_from_photos(self, subject: Subject, seen: Mapping[str, Tensor]) -> None:
        """Take on somebody as the encoder sees the person's photos, without any tuning."""
        self.unload_adapter()
        sets = initial_features(self.texts, subject, subject.feature_count, seen)
        self.prompts = PartPrompts(self.texts, subject, sets).to(self.device)

    def load_adapter(
        self,
        subject: Subject,
        adapter: Mapping[str, Tensor],
        features: Mapping[str, Tensor] | None,
        *,
        words_alone: bool = False,
    ) -> None:
        """Take on a tuned person.

        Args:
            subject: man or woman.
            adapter: LoRA, as ``adapter.safetensors`` holds it; empty for a person tuned without.
            features: the [feat] sets, as ``features.safetensors`` holds them; None where an adapter has none.
            words_alone: as ``PartPrompts`` takes it.
        """
        self.unload_adapter()
        state = {key.removeprefix("unet."): value for key, value in adapter.items()}
        rank = rank_of(state)
        self._add_lora(rank, {key.rsplit(".lora_A.", 1)[0] for key in state if ".lora_A." in key})
        if rank:
            set_peft_model_state_dict(self.pipe.unet, _at_rank(state, rank), adapter_name=LORA)
        sets = features if features is not None else initial_features(self.texts, subject, 0)
        self.prompts = PartPrompts(self.texts, subject, sets, words_alone=words_alone).to(self.device)

    def unload_adapter(self) -> None:
        """Back to the base model, also where putting somebody on failed half-way."""
        self.prompts = None
        if self._has_lora:
            self.pipe.unet.delete_adapters(LORA)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """The person on, as the tensors of ``adapter.safetensors`` and ``features.safetensors``, on the CPU."""
        assert self.prompts is not None
        lora = get_peft_model_state_dict(self.pipe.unet, adapter_name=LORA) if self._has_lora else {}
        adapter = {f"unet.{key}": value.detach().float().cpu().contiguous().clone() for key, value in lora.items()}
        features = {part: self.prompts.features[part].detach().cpu().clone() for part in PARTS}
        return adapter, features

    def trained(self) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
        """What tuning changes: the LoRA matrices and the [feat] vectors."""
        assert self.prompts is not None
        lora = [p for p in self.pipe.unet.parameters() if p.requires_grad]
        return lora, list(self.prompts.features.parameters())

    @torch.no_grad()
    def redraw(
        self,
        picture: Image.Image,
        mask: Image.Image,
        prompt: str,
        *,
        seed: int,
        steps: int | None = None,
        guidance: float | None = None,
        scheduler: str | None = None,
        strength: float = 1.0,
        negative: str = "",
        plain: str | None = None,
        reached: Reached | None = None,
    ) -> Image.Image:
        """Redraw the masked part from T'_id, ε_θ(z_t, t, x, T'_id, m_face); from T_id alone while nobody is on.

        Args:
            picture: RGB, square, of the family's side.
            mask: L, same size, white is redrawn.
            prompt: T_id.
            seed: of the noise, drawn on the CPU so that every device starts from the same.
            strength: how much of the old picture is forgotten; at least one step is always done.
            plain: T_id without the words that are to be obeyed, at the expense of likeness: guidance leads away from
                it, with the same [feat] vectors, in place of ``negative``; and LoRA is left out, as it learned the
                expression and the eyewear of the photos with the face.
            reached: called after every step.

        Returns:
            RGB, of the family's side.
        """
        steps = steps or self.family.steps
        words, whole = self.texts.encode_with_whole(prompt)
        dtype = self.pipe.unet.dtype
        unwanted, unwanted_whole = self.texts.encode_with_whole(negative if plain is None else plain)
        if plain is not None:
            length = max(words.shape[1], unwanted.shape[1])
            words, unwanted = (padded(states, self.texts, length) for states in (words, unwanted))
            embeds, against = self._with_features(words), self._with_features(unwanted)
        else:
            if not negative and zeros_for_nothing(self.pipe):
                unwanted, unwanted_whole = torch.zeros_like(unwanted), torch.zeros_like(unwanted_whole)
            embeds = padded(self._with_features(words), self.texts, unwanted.shape[1])
            against = like_length(unwanted, embeds)
        wholes = {"pooled_prompt_embeds": whole, "negative_pooled_prompt_embeds": unwanted_whole}
        paired = isinstance(self.texts, PairedTextEncoder)
        with_scheduler(self.pipe, scheduler or self.family.scheduler)
        with (
            merged(self.pipe.unet, LORA, left_out=plain is not None),
            self.graphed.replaying(),
            parked_after(self.pipe),
        ):
            drawn = self.pipe(
                prompt_embeds=embeds.to(dtype),
                negative_prompt_embeds=against.to(dtype),
                **({name: value.to(dtype) for name, value in wholes.items()} if paired else {}),
                image=picture,
                mask_image=mask,
                height=self.family.side,
                width=self.family.side,
                strength=max(strength, min(1.0, (1 + 1e-6) / steps)),  # the pipeline rounds strength * steps down
                num_inference_steps=steps,
                guidance_scale=guidance or self.family.guidance,
                generator=torch.Generator().manual_seed(seed),
                callback_on_step_end=after_each_step(reached),
            )
        image: Image.Image = drawn.images[0]
        return image

    def _with_features(self, words: Tensor) -> Tensor:
        """T'_id of T_id encoded; T_id itself while nobody is on."""
        return words if self.prompts is None else self.prompts.extend(words)

    @property
    def _has_lora(self) -> bool:
        return LORA in getattr(self.pipe.unet, "peft_config", {})

    def _add_lora(self, rank: int, targets: Collection[str]) -> None:
        if not rank:
            return
        config = LoraConfig(
            r=rank,
            lora_alpha=rank,
            init_lora_weights="gaussian",
            target_modules=sorted(targets),
        )
        self.pipe.unet.add_adapter(config, adapter_name=LORA)
        for parameter in self.pipe.unet.parameters():
            if parameter.requires_grad:
                parameter.data = parameter.data.float()  # half precision would lose the small steps


def load_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file, on the CPU."""
    tensors: dict[str, Tensor] = safetensors.torch.load_file(path)
    return tensors


def as_bytes(tensors: Mapping[str, Tensor], metadata: dict[str, str] | None = None) -> bytes:
    """Tensors as the bytes of a safetensors file."""
    return safetensors.torch.save(dict(tensors), metadata)


def rank_of(adapter: Mapping[str, Tensor]) -> int:
    """The largest rank of a LoRA state's matrices, 0 where there are none."""
    return max((value.shape[0] for key, value in adapter.items() if ".lora_A." in key), default=0)


def _at_rank(state: Mapping[str, Tensor], rank: int) -> dict[str, Tensor]:
    """Pad LoRA matrices of lower rank with zeros, which changes nothing: adapters of others mix ranks."""
    padded = {}
    for key, value in state.items():
        dim = 0 if ".lora_A." in key else 1
        missing = rank - value.shape[dim]
        shape = list(value.shape)
        shape[dim] = missing
        padded[key] = torch.cat([value, value.new_zeros(shape)], dim) if missing else value
    return padded
