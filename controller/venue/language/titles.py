"""Titles: one text for both languages, or one for each."""

from collections.abc import Mapping

from controller.venue.findings import wrong
from controller.venue.language.parts_forms import TitleForm
from controller.venue.language.reading import read_form
from controller.venue.source.nodes import Node, Table, Text
from scenes.model import Place


def titles(node: Node | None, key: Place, fallback: str = "") -> Mapping[str, str]:
    """``{zh, en}``, or one text for both; one language alone stands for the other, too. Raises a finding."""
    if node is None:
        return {"zh": fallback, "en": fallback} if fallback else {}
    if isinstance(node, Text):
        return {"zh": node.text, "en": node.text}
    if not isinstance(node, Table):
        raise wrong(node.place, "a title is one text, or {{zh: …, en: …}}")
    form = read_form(TitleForm, node, key, "a title")
    texts = {language: text.text for language, text in (("zh", form.zh), ("en", form.en)) if text is not None}
    if not texts:
        raise wrong(node.place, "a title is one text, or {{zh: …, en: …}}")
    first = next(iter(texts.values()))
    return {"zh": texts.get("zh", first), "en": texts.get("en", first)}
