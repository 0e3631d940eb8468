"""Language models that split prompts: a small one by transformers, or a server of the user's own on this computer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Protocol, TypeVar

import torch
from pydantic import BaseModel, Field, ValidationError
from safetensors import SafetensorError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.loopback import loopback_address
from facea_desktop.domain.model_split import Messages

TIMEOUT_S = 60.0
"""For one answer as a whole."""
LONGEST = 1 << 20
"""Bytes of an answer."""
SPARE_TOKENS = 64
"""More than T itself has, for the answer's JSON."""
MODEL_NAME_CHARACTERS = 200


class LanguageModel(Protocol):
    """Something that continues a conversation.

    Attributes:
        title: what a picture says of who split its prompt.
    """

    title: str

    def __call__(self, messages: Messages) -> str:
        """The next message.

        Raises:
            UserError: there is none to be had.
        """
        ...


class LocalModel:
    """A chat model in the format of transformers.

    Raises:
        UserError: it is damaged.
    """

    def __init__(self, folder: Path, title: str, device: str, dtype: str) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self.title = title
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype), local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            raise UserError(f"{title} is damaged; delete {folder} and download it again.") from error
        self._model: Any = model.to(device).eval()

    @torch.inference_mode()
    def __call__(self, messages: Messages) -> str:
        """The likeliest answer, a few words longer than the last message at most."""
        ids = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, enable_thinking=False, return_dict=True, return_tensors="pt"
        ).to(self._model.device)
        spoken = self._tokenizer(messages[-1]["content"]).input_ids
        answer = self._model.generate(
            **ids, do_sample=False, temperature=None, top_p=None, top_k=None, max_new_tokens=len(spoken) + SPARE_TOKENS
        )
        text: str = self._tokenizer.decode(answer[0, ids["input_ids"].shape[1] :], skip_special_tokens=True)
        return text


_Read = TypeVar("_Read", bound=BaseModel)


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Answer(BaseModel):
    choices: list[_Choice] = Field(min_length=1)


class _Served(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Served] = Field(min_length=1)


class LocalServer:
    """An OpenAI-compatible server on this computer: llama.cpp, Ollama, LM Studio, vLLM; its first model answers.

    Args:
        address: with the version, as "http://127.0.0.1:11434/v1".

    Raises:
        UserError: it is another computer's, or nothing answers there.
    """

    def __init__(self, address: str) -> None:
        self._address = loopback_address(address)
        served = self._fetch(_Models, "GET", "models")
        self._name = served.data[0].id
        self.title = self._name[:MODEL_NAME_CHARACTERS]

    def __call__(self, messages: Messages) -> str:
        """The likeliest answer."""
        asked = {"model": self._name, "messages": messages, "temperature": 0, "max_tokens": 1024, "stream": False}
        return self._fetch(_Answer, "POST", "chat/completions", asked).choices[0].message.content

    def _fetch(self, kind: type[_Read], method: str, path: str, asked: object = None) -> _Read:
        import httpx2

        # No proxy of the environment, and nowhere else that an answer points to: prompts stay here.
        client = httpx2.Client(trust_env=False, follow_redirects=False, timeout=TIMEOUT_S)
        until = time.monotonic() + TIMEOUT_S
        try:
            with client, client.stream(method, f"{self._address}/{path}", json=asked) as response:
                if response.status_code != httpx2.codes.OK:
                    raise UserError(f"the language model at {self._address} answered {response.status_code}.")
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > LONGEST or time.monotonic() > until:
                        raise UserError(f"the language model at {self._address} does not come to an end.")
            return kind.model_validate_json(body)
        except httpx2.TimeoutException as error:
            raise UserError(f"the language model at {self._address} takes too long to answer.") from error
        except httpx2.HTTPError as error:
            raise UserError(f"no language model answers at {self._address}; start its server.") from error
        except ValidationError as error:
            raise UserError(f"what answers at {self._address} is not an OpenAI-compatible server.") from error
