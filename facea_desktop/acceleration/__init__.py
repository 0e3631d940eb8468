"""PyTorch for the graphics card of this machine, beside the one that the program came with.

Nothing here imports torch: it may be the wrong one, or the reason why the card is not used. What has to be asked of
PyTorch is asked in a process of its own (``check_torch``).
"""
