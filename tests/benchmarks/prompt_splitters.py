"""Prompts that people have written (``tests/domain/real_prompts.toml``), split by rules and by a language model.

    python tests/benchmarks/prompt_splitters.py                              the rules, and the best a model could do
    python tests/benchmarks/prompt_splitters.py --model FOLDER               a chat model in the format of transformers
    python tests/benchmarks/prompt_splitters.py --model http://127.0.0.1:8080/v1

Right is a prompt without faults as ``tests/domain/test_real_prompts.py`` counts them in the two parts and the style.
"Checked" is what the program does: an answer where it is accepted, else the rules'. The best that a model could do are
the answers that the file itself marks.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.model_split import Messages, RefusedAnswerError, messages_for, split_by_model
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.prompt_weights import read_emphasis
from facea_desktop.engine.language_models import LanguageModel, LocalModel, LocalServer
from tests.domain.test_real_prompts import PROMPTS, RealPrompt, faults_of_split


class Marks:
    """Answers as the file marks them; what may be in either part stays in the scene."""

    title = "marks, checked"

    def __init__(self) -> None:
        self._answers = {}
        for prompt in PROMPTS:
            text = read_emphasis(prompt.text).plain
            scene = re.sub("[\u2039\u203a]", "", re.sub("«.*?»", "", text))
            answer = json.dumps({"scene": scene, "face": re.findall("«(.*?)»", text)})
            self._answers[messages_for(prompt.plain)[-1]["content"]] = answer

    def __call__(self, messages: Messages) -> str:
        """The marked answer."""
        return self._answers[messages[-1]["content"]]


def chosen_model(which: str) -> LanguageModel:
    """The model of a folder, or behind an address."""
    if "://" in which:
        return LocalServer(which)
    return LocalModel(Path(which), Path(which).name, "cpu", "float32")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", metavar="FOLDER|ADDRESS")
    parser.add_argument("--first", type=int, metavar="N", help="only so many prompts")
    args = parser.parse_args()
    prompts = PROMPTS[: args.first]
    begun = time.perf_counter()
    rules = [split_prompt(prompt.plain) for prompt in prompts]
    seconds = time.perf_counter() - begun
    right = [not faults_of_split(prompt, parts) for prompt, parts in zip(prompts, rules)]
    print(f"{'rules':20} {sum(right)} of {len(prompts)} right, {1000 * seconds / len(prompts):.1f} ms a prompt")
    measure(Marks(), prompts, right)
    if args.model is not None:
        measure(chosen_model(args.model), prompts, right)


def measure(model: LanguageModel, prompts: Sequence[RealPrompt], right: Sequence[bool]) -> None:
    """Print how many prompts are right by a model's checked answers; ``right`` are those of the rules."""
    refused: Counter[str] = Counter()
    accepted = better = worse = 0
    begun = time.perf_counter()
    for prompt, before in zip(prompts, right):
        try:
            now = not faults_of_split(prompt, split_by_model(prompt.plain, None, "", model))
        except (RefusedAnswerError, UserError) as error:
            refused[str(error).split("'")[0].strip()] += 1
            continue
        accepted += 1
        better += now > before
        worse += now < before
    seconds = time.perf_counter() - begun
    checked = sum(right) + better - worse
    print(f"{model.title[:20]:20} {checked} of {len(prompts)} right, {seconds / len(prompts):.2f} s a prompt")
    print(
        f"{accepted} answers accepted: {better} right where the rules are not, {worse} wrong where the rules are right"
    )
    for reason, count in refused.most_common():
        print(f"{count} refused: {reason}")


if __name__ == "__main__":
    main()
