"""Prompts split by the language model that was chosen (``language_models``).

Whatever goes wrong, the rules split the prompt in its place, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned, raise_if_stopped
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_split import RefusedAnswerError, split_by_model
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest, PromptSplit
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.out_of_memory import raising_out_of_memory
from facea_desktop.models.model_choices import RULES


def with_splits(
    manager: ModelManager, profile: Profile, requests: Sequence[PortraitRequest], observer: Observer
) -> list[PortraitRequest]:
    """Requests of single pictures with their prompts split by the chosen model; as they are where the rules split.

    Raises:
        CancelledError: stopped.
    """
    known: dict[str, PromptSplit | None] = {}
    done = []
    for request in requests:
        prompt = request.prompt
        by_hand = request.context_prompt is not None and request.face_prompt is not None
        settled = request.split is not None and request.split.fits(prompt, profile.subject)
        if prompt.strip() and not by_hand and not settled:
            if prompt not in known:
                known[prompt] = chosen_split(manager, prompt, profile.subject, profile.name, observer)
            request = request.model_copy(update={"split": known[prompt]})
        done.append(request)
    return done


def chosen_split(
    manager: ModelManager, prompt: str, subject: Subject | None, name: str, observer: Observer
) -> PromptSplit | None:
    """T split by the chosen model; None where the rules are to split it, which is said unless they were chosen.

    Raises:
        CancelledError: stopped.
    """
    if manager.models.splitter == RULES:
        return None
    raise_if_stopped(observer)
    try:
        with raising_out_of_memory():
            model = manager.language_model()
            parts = split_by_model(prompt, subject, name, model)
        return PromptSplit(
            prompt=prompt, subject=subject, context=parts.context, face=parts.face, style=parts.style, model=model.title
        )
    except torch.OutOfMemoryError:
        observer.emit(Warned("The rules split the prompt: memory does not suffice for the language model."))
    except ValidationError:  # with the person added, T is longer than a prompt may be
        observer.emit(Warned("The rules split the prompt: it is too long for a language model's split."))
    except RefusedAnswerError as error:
        observer.emit(
            Warned(f"The language model's split of the prompt was not used, for {error}; the rules split it.")
        )
    except UserError as error:
        observer.emit(Warned(f"The rules split the prompt: {error}"))
    return None
