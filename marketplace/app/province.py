"""What the roof reads of the province's folder."""

import json
from pathlib import Path

from marketplace.content.ports import Brand
from search.rules.vocabulary import Vocabulary, read_vocabulary


def read_site_name(province: Path) -> str:
    """The name of the marketplace."""
    brand = json.loads((province / "province.json").read_text(encoding="utf-8"))
    name = brand["site_name"]
    return str(name["vi"] if isinstance(name, dict) else name)


def read_brand(province: Path) -> Brand:
    """The marketplace's name and description in each language."""
    brand = json.loads((province / "province.json").read_text(encoding="utf-8"))
    return Brand(names=brand["site_name"], descriptions=brand["description"])


def read_search_vocabulary(province: Path) -> Vocabulary:
    """Synonyms and stop words."""
    folder = province / "search"
    synonyms = json.loads((folder / "synonyms.json").read_text(encoding="utf-8"))
    stop_words = json.loads((folder / "stopwords.json").read_text(encoding="utf-8"))
    return read_vocabulary(
        synonyms["groups"],
        synonyms.get("one_way", ()),
        stop_words["stopwords"] if isinstance(stop_words, dict) else stop_words,
    )
