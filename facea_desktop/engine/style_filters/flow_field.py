"""The direction in which a picture's shapes run, and smearing along it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facea_desktop.engine.style_filters.textures import noise
from facea_desktop.engine.style_filters.tone import Plane, Values, blurred, unit


@dataclass(frozen=True)
class Flow:
    """A unit vector (dx, dy) for each pixel; its sign has no meaning."""

    dx: Plane
    dy: Plane

    @staticmethod
    def of(light: Plane, sigma: float, calm: float = 0.02) -> Flow:
        """Along edges, by the smoothed structure tensor (Kyprianidis and Kang 2011); in flat places a slow swirl.

        Args:
            light: brightness.
            sigma: units over which the direction is averaged.
            calm: slopes below this follow the swirl rather than the picture.
        """
        px = unit(light)
        soft = blurred(light, 1.5)
        gx = cv2.Scharr(soft, cv2.CV_32F, 1, 0, scale=px / 4)
        gy = cv2.Scharr(soft, cv2.CV_32F, 0, 1, scale=px / 4)
        tensor = np.stack([gx * gx - gy * gy, 2 * gx * gy], -1)
        tensor = blurred(tensor, sigma) + 0.2 * blurred(tensor, 4 * sigma)
        swirl = noise(light.shape, 160, 31) * 0.7 + np.float32(2.4)
        tensor += calm**2 * np.stack([np.cos(2 * swirl), np.sin(2 * swirl)], -1)
        along = 0.5 * np.arctan2(tensor[..., 1], tensor[..., 0]) + np.float32(np.pi / 2)
        return Flow(np.cos(along), np.sin(along))

    def smeared(self, picture: Values, length: float, steps: int = 8) -> Values:
        """The mean along the flow (line integral convolution), ``length`` units to either side."""
        height, width = picture.shape[:2]
        stride = np.float32(length * unit(picture) / steps)
        rows, columns = np.mgrid[:height, :width].astype(np.float32)
        total, weights = picture.copy(), 1.0
        for sign in (1, -1):
            dx, dy = self.dx * sign, self.dy * sign
            x, y = columns + dx * stride, rows + dy * stride
            for step in range(1, steps + 1):
                weight = 1 - (step / (steps + 1)) ** 2
                total += weight * cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
                weights += weight
                if step == steps:
                    break
                next_dx = cv2.remap(self.dx, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT)
                next_dy = cv2.remap(self.dy, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT)
                turn = np.where(next_dx * dx + next_dy * dy < 0, np.float32(-1), np.float32(1))
                dx, dy = next_dx * turn, next_dy * turn
                x, y = x + dx * stride, y + dy * stride
        return np.asarray(total / np.float32(weights), np.float32)
