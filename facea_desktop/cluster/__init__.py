"""Batches on several workers: processes of this computer, or Ray's on many. What a job needs travels to them."""
