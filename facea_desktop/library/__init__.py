"""The ID library and the portrait gallery on disk: no torch, no OpenCV, no Qt."""
