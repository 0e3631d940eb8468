from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from spandrel.architectures.Compact import Compact

from facea_desktop.domain.errors import UserError
from facea_desktop.engine.upscaler import Upscaler


def compact(times: int = 2, channels: int = 3) -> Compact:
    torch.manual_seed(0)
    return Compact(num_in_ch=channels, num_out_ch=channels, num_feat=8, num_conv=2, upscale=times)


def saved(folder: Path, network: torch.nn.Module) -> Path:
    file = folder / "upscaler.safetensors"
    save_file(network.state_dict(), file)
    return file


@pytest.mark.parametrize("times", [2, 4])
def test_pictures_come_out_as_the_network_makes_them(tmp_path: Path, times: int) -> None:
    network, pixels = compact(times), torch.rand(3, 3, 10, 14)
    upscaler = Upscaler(saved(tmp_path, network))
    with torch.inference_mode():
        expected = network(pixels).clamp(0, 1)
    assert upscaler.times == times
    assert upscaler(pixels).shape == (3, 3, 10 * times, 14 * times)
    torch.testing.assert_close(upscaler(pixels), expected)


def test_checkpoints_of_pytorch_are_read_as_their_authors_wrap_them(tmp_path: Path) -> None:
    network, pixels = compact(), torch.rand(1, 3, 8, 8)
    torch.save({"params_ema": network.state_dict()}, tmp_path / "x2.pth")
    torch.testing.assert_close(Upscaler(tmp_path / "x2.pth")(pixels), Upscaler(saved(tmp_path, network))(pixels))


def test_half_precision_weights_run_in_full_on_the_processor(tmp_path: Path) -> None:
    upscaler = Upscaler(saved(tmp_path, compact().half()))
    assert upscaler(torch.rand(1, 3, 8, 8)).dtype == torch.float32


class Malicious:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("code ran",)


def test_a_checkpoint_that_would_run_code_is_refused_without_running_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evil.pth"
    file.write_bytes(pickle.dumps({"params": Malicious()}, protocol=2))
    with pytest.raises(UserError, match="damaged"):
        Upscaler(file)
    torch.save({"params": Malicious()}, file)
    with pytest.raises(UserError, match="damaged"):
        Upscaler(file)
    assert "code ran" not in capsys.readouterr().out


def test_what_is_no_upscaler_of_colour_pictures_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing or damaged"):
        Upscaler(tmp_path / "nowhere.safetensors")
    torch.save([1, 2], tmp_path / "numbers.pth")
    with pytest.raises(UserError, match="missing or damaged"):
        Upscaler(tmp_path / "numbers.pth")
    with pytest.raises(UserError, match="no upscaler that is known"):
        Upscaler(saved(tmp_path, torch.nn.Linear(3, 3)))
    with pytest.raises(UserError, match="coloured"):
        Upscaler(saved(tmp_path, compact(channels=1)))
    with pytest.raises(UserError, match="does not enlarge"):
        Upscaler(saved(tmp_path, compact(times=1)))
