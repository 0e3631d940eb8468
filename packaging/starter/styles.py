"""Photographs made to look like drawings and paintings, so that the models learn the words for styles."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

Picture = np.ndarray  # (side, side, 3) uint8, RGB


def oil_painting(photo: Picture) -> Picture:
    flat = cv2.medianBlur(cv2.edgePreservingFilter(photo, flags=1, sigma_s=10, sigma_r=0.2), 3)
    return _saturate(flat, 1.4)


def pencil_sketch(photo: Picture) -> Picture:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
    light = cv2.GaussianBlur(255 - grey, (0, 0), photo.shape[0] / 24)
    drawn = cv2.divide(grey, 256 - light.astype(np.uint16), scale=256, dtype=cv2.CV_8U)
    return np.repeat(np.clip(drawn[..., None] * 0.85 + grey[..., None] * 0.15, 0, 255).astype(np.uint8), 3, 2)


def watercolor(photo: Picture) -> Picture:
    flat = _saturate(cv2.edgePreservingFilter(photo, flags=1, sigma_s=15, sigma_r=0.25), 1.3).astype(np.float32)
    edges = cv2.Laplacian(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), cv2.CV_32F, ksize=3)[..., None]
    return np.clip(flat * 0.7 + 255 * 0.3 - np.abs(edges) * 0.35, 0, 255).astype(np.uint8)


def pop_art(photo: Picture) -> Picture:
    flat = cv2.bilateralFilter(photo, 7, 60, 5)
    return _saturate((flat // 64 * 85).clip(0, 255).astype(np.uint8), 1.7)


def comic_book(photo: Picture) -> Picture:
    flat = cv2.bilateralFilter(photo, 7, 70, 5)
    grey = cv2.medianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), 3)
    lines = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 7)
    shades = _saturate((flat // 32 * 36).clip(0, 255).astype(np.uint8), 1.6)
    return np.where(lines[..., None] == 0, shades // 4, shades)


def black_and_white(photo: Picture) -> Picture:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    strong = np.clip((grey - 128) * 1.25 + 128, 0, 255)
    return np.repeat(strong[..., None], 3, 2).astype(np.uint8)


def sepia(photo: Picture) -> Picture:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None] / 255
    return (np.clip(grey ** np.array([0.75, 1.0, 1.45]), 0, 1) * [255, 235, 200]).astype(np.uint8)


def pastel(photo: Picture) -> Picture:
    flat = cv2.edgePreservingFilter(photo, flags=1, sigma_s=8, sigma_r=0.25)
    soft = _saturate(flat, 0.7).astype(np.float32)
    return np.clip(soft * 0.6 + np.array([255, 240, 235]) * 0.4, 0, 255).astype(np.uint8)


def _saturate(picture: Picture, factor: float) -> Picture:
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV).astype(np.float32)
    hsv[..., 1] = np.clip(hsv[..., 1] * factor, 0, 255)
    return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB)


FILTERS: dict[str, Callable[[Picture], Picture]] = {
    "oil painting": oil_painting,
    "pencil sketch": pencil_sketch,
    "watercolor": watercolor,
    "pop art": pop_art,
    "comic book": comic_book,
    "black and white": black_and_white,
    "sepia": sepia,
    "pastel": pastel,
}
