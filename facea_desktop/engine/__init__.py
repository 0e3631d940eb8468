"""The paper: detect, mask, tune, compose, mix. torch, diffusers and peft live here; Qt does not."""
