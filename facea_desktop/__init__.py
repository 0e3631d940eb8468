"""FaceA Desktop: portraits that look like the person, made on the person's own machine."""

import os

__version__ = "0.1.0"

# The hub's client reads its switches when it is first imported, by whichever library. Without them it asks the hub
# which programs it may be running in, and says in every request what is installed here.
os.environ |= {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
}
