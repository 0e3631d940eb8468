"""The window. No torch, no OpenCV: whatever needs them runs in an engine process."""
