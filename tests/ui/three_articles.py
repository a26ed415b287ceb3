"""Three short articles, two of them about a fire on a hill, and how they are taken in."""

from __future__ import annotations

from tests.ui.conftest import Hands

FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. At least 27 people were rescued.\n"


FIRE = "Fire on the hill 🇳🇴\n\nThe fire brigade said that two barns had burnt down.\n"


ARABIC = "حريق في التل\n\nقالت الإطفاء إن 12 منزلاً احترقت.\n"


def titles(hands: Hands) -> list[str]:
    model = hands.window.articles.model
    return [model.index(row).data() for row in range(model.rowCount())]


def take(hands: Hands, *texts: str) -> list[int]:
    return [hands.window.importing.take_text(text) for text in texts]
