"""The canvas: picture, mask, faces and result."""
