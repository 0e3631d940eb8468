"""Prompts split by a language model: a scripted server on this computer, and a tiny random one by transformers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from tokenizers import Tokenizer
from tokenizers.decoders import ByteLevel as ByteDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Warned
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_split import messages_for
from facea_desktop.domain.people import Profile
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine import language_models
from facea_desktop.engine.assigned_faces import prompts_of
from facea_desktop.engine.language_models import LocalModel, LocalServer
from facea_desktop.engine.language_splitter import chosen_split, with_splits
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import SavedPortraits
from facea_desktop.library.portrait_png import save_portrait

torch.set_num_threads(1)

PROMPT = "a man with a lopsided monobrow in a park, smiling"
GOOD = {"scene": "a man in a park", "face": ["a lopsided monobrow", "smiling"]}
QWEN = "qwen-0-5b"


class ScriptedServer:
    """Answers as an OpenAI-compatible server does.

    Attributes:
        answer: the content of its message.
        status: of its answers; a redirection points to another path of its own.
        raw: the body of its answers in the place of a proper one.
        ready: it answers a prompt once this is set.
        asked: the bodies of what it was asked, by path.
    """

    def __init__(self) -> None:
        self.answer = json.dumps(GOOD)
        self.status = 200
        self.raw: bytes | None = None
        self.ready = threading.Event()
        self.ready.set()
        self.asked: list[tuple[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply({"object": "list", "data": [{"id": "tiny-chat"}]}, None)

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.ready.wait(30)
                self.reply({"choices": [{"message": {"role": "assistant", "content": outer.answer}}]}, body)

            def reply(self, what: object, body: Any) -> None:
                outer.asked.append((self.path, body))
                data = json.dumps(what).encode() if outer.raw is None else outer.raw
                self.send_response(outer.status)
                if outer.status == 307:
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        self.ready.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture
def manager(tmp_path: Path) -> ModelManager:
    return ModelManager(tmp_path, device="cpu", precision="fp32")


@pytest.fixture
def asking(manager: ModelManager, server: ScriptedServer) -> ModelManager:
    """It asks the scripted server."""
    manager.models.use_splitter(server.address)
    return manager


def profile() -> Profile:
    return Profile(id="0" * 12, name="Adam", subject=Subject.MAN, family="starter")


def split(manager: ModelManager, request: PortraitRequest) -> tuple[PortraitRequest, list[str]]:
    """The request with its prompt split, and what was warned of."""
    events: list[Event] = []
    (made,) = with_splits(manager, profile(), [request], Observer(emit=events.append))
    return made, [event.message for event in events if isinstance(event, Warned)]


def request(prompt: str = PROMPT, **more: Any) -> PortraitRequest:
    return PortraitRequest(person="0" * 12, prompt=prompt, **more)


def test_rules_split_where_nothing_was_chosen(manager: ModelManager) -> None:
    assert split(manager, request()) == (request(), [])


def test_a_server_on_this_computer_splits_and_the_request_keeps_it(
    asking: ModelManager, server: ScriptedServer
) -> None:
    made, warned = split(asking, request())
    assert warned == []
    assert made.split is not None
    assert made.split.model == "tiny-chat"
    assert prompts_of(profile(), made) == ("a man in a park", "a man, a lopsided monobrow, smiling")
    assert "monobrow" in prompts_of(profile(), request())[0]
    (models, _), (chat, asked) = server.asked
    assert (models, chat) == ("/v1/models", "/v1/chat/completions")
    assert asked["messages"] == messages_for(PROMPT)
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("tiny-chat", 0, False)
    assert PortraitRequest.model_validate_json(made.model_dump_json()) == made


def test_a_picture_is_made_again_from_the_split_that_it_carries(asking: ModelManager, server: ScriptedServer) -> None:
    made, _ = split(asking, request())
    asking.models.use_splitter("rules")
    assert split(asking, made) == (made, [])
    asking.models.use_splitter(server.address)
    before = len(server.asked)
    assert split(asking, made) == (made, [])
    assert len(server.asked) == before


def test_a_batch_finds_what_it_made_however_it_was_split(asking: ModelManager, tmp_path: Path) -> None:
    made, _ = split(asking, request(seed=3))
    path = tmp_path / f"{made.person}-3.png"
    save_portrait(path, Image.new("RGB", (8, 8)), made.model_dump_json())
    saved = SavedPortraits(tmp_path)
    assert saved.find(request(seed=3)) == path
    assert saved.find(request("a man in a park", seed=3)) is None


def test_a_split_of_another_prompt_or_for_another_subject_says_nothing(asking: ModelManager) -> None:
    made, _ = split(asking, request())
    other = made.model_copy(update={"prompt": "a man on a horse"})
    assert prompts_of(profile(), other) == prompts_of(profile(), request("a man on a horse"))
    woman = profile().model_copy(update={"subject": Subject.WOMAN})
    assert prompts_of(woman, made) == prompts_of(woman, request())


def test_each_prompt_is_asked_about_once_and_parts_by_hand_are_not(
    asking: ModelManager, server: ScriptedServer
) -> None:
    by_hand = request(context_prompt="a park", face_prompt="a man")
    made = with_splits(asking, profile(), [request(seed=1), by_hand, request(seed=2), request("")], Observer())
    assert [one.split is not None for one in made] == [True, False, True, False]
    assert sum(path.endswith("completions") for path, _ in server.asked) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": "Sure! I would be happy to help."}, "was not used, for it did not answer with the two parts"),
        ({"answer": json.dumps(GOOD | {"face": ["smiling"]})}, "was not used, for it left out 'lopsided', 'monobrow'"),
        ({"raw": b'{"choices": []}'}, "is not an OpenAI-compatible server"),
        ({"raw": b"<html>"}, "is not an OpenAI-compatible server"),
        ({"status": 500}, "answered 500"),
        ({"status": 307}, "answered 307"),
        ({"raw": b" " * ((1 << 20) + 1)}, "does not come to an end"),
    ],
)
def test_whatever_goes_wrong_the_rules_split_and_it_is_said(
    asking: ModelManager, server: ScriptedServer, changed: dict[str, Any], said: str
) -> None:
    for name, value in changed.items():
        setattr(server, name, value)
    made, (warned,) = split(asking, request())
    assert made == request()
    assert said in warned
    assert "ules split" in warned
    assert "/elsewhere" not in [path for path, _ in server.asked]


def test_the_longest_prompt_is_split_by_rules_where_its_parts_would_be_too_long(
    asking: ModelManager, server: ScriptedServer
) -> None:
    prompt = ("in a park, " * 200)[:1999]
    server.answer = json.dumps({"scene": prompt, "face": []})
    made, (warned,) = split(asking, request(prompt))
    assert made == request(prompt)
    assert "too long" in warned


def test_a_slow_server_is_not_waited_for(
    asking: ModelManager, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_models, "TIMEOUT_S", 1.0)
    server.ready.clear()
    made, (warned,) = split(asking, request())
    assert made == request()
    assert "takes too long" in warned


def test_a_server_that_is_gone_is_said(asking: ModelManager, server: ScriptedServer) -> None:
    server.close()
    made, (warned,) = split(asking, request())
    assert made == request()
    assert "start its server" in warned


def test_a_proxy_of_the_environment_never_sees_a_prompt(
    asking: ModelManager, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert split(asking, request())[1] == []


def test_nobody_is_asked_after_a_stop(asking: ModelManager, server: ScriptedServer) -> None:
    observer = Observer()
    observer.stop.set()
    with pytest.raises(CancelledError):
        chosen_split(asking, PROMPT, Subject.MAN, "", observer)
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.5:11434/v1", "https://api.example.com/v1", "http://localhost.example.com/v1",
        "http://127.0.0.1@example.com/v1", "ftp://127.0.0.1/v1", "http:///v1", "http://127.0.0.1:port/v1",
        "http://0.0.0.0/v1",
    ],
)  # fmt: skip
def test_another_computer_is_never_asked(manager: ModelManager, address: str) -> None:
    with pytest.raises(UserError, match=r"127\.0\.0\.1"):
        manager.models.use_splitter(address)
    with pytest.raises(UserError):
        LocalServer(address)
    assert manager.models.splitter == "rules"


# A small model of the catalogue


@pytest.fixture(scope="module")
def tiny_qwen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Qwen3's layout with random weights, a tokenizer of single bytes and a chat template, in the files of the hub."""
    folder = tmp_path_factory.mktemp("qwen")
    letters = sorted(ByteLevel.alphabet())
    tokenizer = Tokenizer(BPE({letter: index for index, letter in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteDecoder()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    fast.chat_template = (
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=1, head_dim=16, eos_token_id=fast.eos_token_id, pad_token_id=fast.pad_token_id,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(folder)
    return folder


def install(manager: ModelManager, weights: Path) -> Path:
    folder = manager.root / "models" / QWEN
    folder.mkdir(parents=True)
    for file in weights.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    model = manager.models.catalogue.model(QWEN)
    (folder / "installed.json").write_text(
        json.dumps({"source": model.repo, "revision": model.revision, "files": {}}), encoding="utf-8"
    )
    return folder


def test_a_model_of_random_weights_talks_nonsense_which_is_refused(manager: ModelManager, tiny_qwen: Path) -> None:
    install(manager, tiny_qwen)
    assert manager.models.use_splitter(QWEN) == QWEN
    made, (warned,) = split(manager, request())
    assert made == request()
    assert "did not answer with the two parts" in warned
    assert manager.language_model() is manager.language_model()


def test_a_model_that_answers_well_is_used(manager: ModelManager, tiny_qwen: Path) -> None:
    install(manager, tiny_qwen)
    manager.models.use_splitter(QWEN)
    model: Any = manager.language_model()
    answer = model._tokenizer(json.dumps(GOOD), return_tensors="pt").input_ids

    def write(input_ids: torch.Tensor, **options: Any) -> torch.Tensor:
        assert options["max_new_tokens"] > answer.shape[1]
        return torch.cat([input_ids, answer], 1)

    model._model.generate = write
    made, warned = split(manager, request())
    assert warned == []
    assert made.split is not None
    assert (made.split.context, made.split.model) == ("a man in a park", "Qwen2.5 0.5B Instruct")


def test_the_likeliest_answer_is_the_same_every_time(tiny_qwen: Path) -> None:
    model = LocalModel(tiny_qwen, "tiny", "cpu", "float32")
    first = model(messages_for(PROMPT))
    assert first
    assert model(messages_for(PROMPT)) == first


def test_a_damaged_model_is_said_and_the_rules_split(manager: ModelManager, tiny_qwen: Path) -> None:
    folder = install(manager, tiny_qwen)
    manager.models.use_splitter(QWEN)
    (folder / "model.safetensors").write_bytes(b"broken")
    made, (warned,) = split(manager, request())
    assert made == request()
    assert "is damaged" in warned


def test_a_model_is_chosen_once_it_is_installed(manager: ModelManager) -> None:
    with pytest.raises(UserError, match=f"models fetch {QWEN}"):
        manager.models.use_splitter(QWEN)
    with pytest.raises(UserError, match="Choose rules, qwen-0-5b or the address of a server, not 'gpt'"):
        manager.models.use_splitter("gpt")
    assert split_prompt(PROMPT, Subject.MAN).context == prompts_of(profile(), request())[0]


def test_without_memory_for_the_language_model_the_rules_split_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> LocalModel:
        raise RuntimeError("CUDA out of memory")

    manager = ModelManager(tmp_path)
    manager.models.use_splitter("http://127.0.0.1:9/v1")
    monkeypatch.setattr(manager, "language_model", refuse)
    said: list[Event] = []
    assert chosen_split(manager, PROMPT, Subject.MAN, "", Observer(said.append)) is None
    assert [one.message for one in said if isinstance(one, Warned)] == [
        "The rules split the prompt: memory does not suffice for the language model."
    ]
