"""PhotoMaker v1 (Li et al. 2024) in the context model: the photos become embeddings of the word for the person.

``photomaker-v1.bin`` holds an encoder of photos and a LoRA of SDXL's UNet. The word ("man") stands in the prompt once
for each photo, and each of its embeddings is fused with a photo's. The first fifth of the steps is painted from the
words alone, as the authors' program has it by default.
"""

from __future__ import annotations

import math
import pickle
import re
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

from facea_desktop.comparison.facea_methods import ROWS_OF_GUIDANCE, enrolled
from facea_desktop.comparison.first_stage import paint_whole
from facea_desktop.comparison.method import PHOTOMAKER, MethodContext, Photos
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.engine.person_reader import read_photos
from facea_desktop.engine.prompt_embeddings import pipeline_prompts

FILE = "photomaker-v1.bin"
LORA = "photomaker"
HEAD_WIDTH = 64
WORDS_ALONE = 0.2
"""The part of the steps that is painted without the photos."""
MOST_PHOTOS = 8
"""Each takes a token of the 75 that a prompt may have."""


class PhotoMaker:
    """The method; encoder and LoRA are on while a person is prepared."""

    def __init__(self, context: MethodContext) -> None:
        self.name = "photomaker"
        self.reread = False
        self.work_units = 0, ROWS_OF_GUIDANCE * context.family.context_steps
        self._context = context
        self._file = context.manager.models.path(PHOTOMAKER) / FILE
        self._pipe: Any = None
        self._encoder: PhotoEncoder | None = None
        self._profile: Profile | None = None
        self._faces = torch.empty(0)

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put the LoRA on the context model and read the photos."""
        manager, family = self._context.manager, self._context.family
        pipe = manager.context(family)
        if not hasattr(pipe, "text_encoder_2"):
            raise UserError("PhotoMaker needs Stable Diffusion XL; choose it as the scene model.")
        self._profile = enrolled(manager, photos, observer)
        crops = read_photos(manager.library, self._profile, MOST_PHOTOS)
        self._pipe = pipe
        try:
            saved = torch.load(self._file, map_location="cpu", weights_only=True)
            encoder = PhotoEncoder.of_weights(saved["id_encoder"])
            pipe.load_lora_weights(dict(saved["lora_weights"]), adapter_name=LORA)
        except (OSError, pickle.UnpicklingError, SafetensorError, RuntimeError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())[:160]
            raise UserError(f"{FILE} is damaged or does not fit the model in use ({reason}).") from error
        self._encoder = encoder.to(manager.placement(family).device, pipe.unet.dtype).eval()
        self._faces = self._encoder.read(crops)

    @torch.no_grad()
    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The whole picture."""
        assert self._profile is not None
        assert self._encoder is not None
        family = self._context.family
        words, whole, _ = encode_with_person(self._pipe, prompt, self._profile.subject, 1)
        repeated, repeated_whole, person = encode_with_person(
            self._pipe, prompt, self._profile.subject, len(self._faces)
        )
        repeated[0, person] = self._encoder.fuse_module(repeated[0, person], self._faces[: len(person)])
        alone = int(WORDS_ALONE * family.context_steps) + 1

        def take_photos(step: int, tensors: dict[str, Any]) -> dict[str, Any]:
            if step != alone:
                return tensors
            told = {"prompt_embeds": repeated, "add_text_embeds": repeated_whole}  # the last row; guidance has another
            return tensors | {name: torch.cat([tensors[name][:-1], row]) for name, row in told.items()}

        against = {k: v for k, v in pipeline_prompts(self._pipe, "", "").items() if k.startswith("negative")}
        return paint_whole(
            self._pipe, family, seed, observer, take_photos, prompt_embeds=words, pooled_prompt_embeds=whole,
            callback_on_step_end_tensor_inputs=["latents", "prompt_embeds", "add_text_embeds"], **against,
        )  # fmt: skip

    def finish(self) -> None:
        """Take the LoRA off the shared model."""
        if self._pipe is not None and LORA in getattr(self._pipe.unet, "peft_config", {}):
            self._pipe.unet.delete_adapters(LORA)
        self._pipe = self._encoder = self._profile = None


class PhotoEncoder(CLIPVisionModelWithProjection):  # type: ignore[misc]
    """CLIP's picture encoder with a second projection, and what fuses photos with words.

    Args:
        wide: width of the second projection; both together are as wide as SDXL's prompts.
    """

    def __init__(self, config: CLIPVisionConfig, wide: int) -> None:
        super().__init__(config)
        self.visual_projection_2 = nn.Linear(config.hidden_size, wide, bias=False)
        self.fuse_module = Fusion(config.projection_dim + wide)

    @classmethod
    def of_weights(cls, weights: Mapping[str, Tensor]) -> PhotoEncoder:
        """The encoder whose weights these are; they say all its sizes.

        Raises:
            KeyError, RuntimeError: something is missing, or of another size.
        """
        kept = {name: value for name, value in weights.items() if not name.endswith("position_ids")}
        patches = kept["vision_model.embeddings.patch_embedding.weight"]  # (width, 3, patch, patch)
        width, _, patch, _ = patches.shape
        positions = len(kept["vision_model.embeddings.position_embedding.weight"])
        layers = {name.split(".")[3] for name in kept if name.startswith("vision_model.encoder.layers.")}
        config = CLIPVisionConfig(
            hidden_size=width,
            intermediate_size=len(kept["vision_model.encoder.layers.0.mlp.fc1.bias"]),
            num_attention_heads=max(1, width // HEAD_WIDTH),
            num_hidden_layers=len(layers),
            patch_size=patch,
            image_size=patch * math.isqrt(positions - 1),
            projection_dim=len(kept["visual_projection.weight"]),
        )
        made = cls(config, len(kept["visual_projection_2.weight"]))
        made.load_state_dict(kept)
        return made

    @torch.no_grad()
    def read(self, pictures: Sequence[Image.Image]) -> Tensor:
        """An embedding of each picture, (n, width of both projections)."""
        side = self.config.image_size
        process = CLIPImageProcessor(size={"shortest_edge": side}, crop_size={"height": side, "width": side})
        pixels = process(list(pictures), return_tensors="pt").pixel_values.to(self.device, self.dtype)
        seen = self.vision_model(pixel_values=pixels).pooler_output  # (n, hidden)
        return torch.cat([self.visual_projection(seen), self.visual_projection_2(seen)], -1)


class Fusion(nn.Module):
    """Words and photos in, words that look like the photos out."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mlp1 = Perceptron(2 * width, width)
        self.mlp2 = Perceptron(width, width)
        self.layer_norm = nn.LayerNorm(width)

    def forward(self, words: Tensor, photos: Tensor) -> Tensor:
        """Fuse embeddings of words with as many of photos, (n, width) each."""
        x = self.mlp1(torch.cat([words, photos], -1)) + words
        fused: Tensor = self.layer_norm(self.mlp2(x) + x)
        return fused


class Perceptron(nn.Module):
    """Two layers behind a normalisation."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.layernorm = nn.LayerNorm(inputs)
        self.fc1 = nn.Linear(inputs, outputs)
        self.fc2 = nn.Linear(outputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """(n, inputs) to (n, outputs)."""
        hidden: Tensor = self.fc2(nn.functional.gelu(self.fc1(self.layernorm(x))))
        return hidden


def encode_with_person(pipe: Any, prompt: str, subject: Subject, times: int) -> tuple[Tensor, Tensor, list[int]]:
    """A prompt in which the last token of the person's noun stands ``times`` times.

    Returns:
        SDXL's embeddings (1, 77, width), the pooled one (1, its width), and where the noun's tokens are.
    """
    if not re.search(rf"\b{subject}\b", prompt):
        prompt = f"a {subject}, {prompt}"
    match = re.search(rf"\b{subject}\b", prompt)
    assert match is not None
    states = []
    whole = torch.empty(0)
    places: list[int] = []
    for tokenizer, encoder in ((pipe.tokenizer, pipe.text_encoder), (pipe.tokenizer_2, pipe.text_encoder_2)):
        read = tokenizer(prompt, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        place = next(i for i, (_, end) in enumerate(read.offset_mapping) if end == match.end())
        room = tokenizer.model_max_length - 2
        ids = [*read.input_ids[:place], *[read.input_ids[place]] * times, *read.input_ids[place + 1 :]][:room]
        framed = [tokenizer.bos_token_id, *ids, tokenizer.eos_token_id]
        framed += [tokenizer.pad_token_id] * (tokenizer.model_max_length - len(framed))
        places = [i + 1 for i in range(place, min(place + times, room))]
        out = encoder(torch.tensor([framed], device=pipe._execution_device), output_hidden_states=True)
        states.append(out.hidden_states[-2])
        whole = out[0]
    return torch.cat(states, -1), whole, places
