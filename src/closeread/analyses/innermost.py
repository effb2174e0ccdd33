"""In whose words a place stands: the innermost attribution whose content holds it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from closeread.article import Article
from closeread.findings import Attribution


class Innermost:
    """Answers `attribution_at` for one article."""

    def __init__(self, article: Article, attributions: Sequence[Attribution]) -> None:
        self._ids: list[str | None] = [None]
        self._at = array("i", bytes(4 * (len(article.text) + 1)))
        by_id = {each.id: each for each in attributions}
        for attribution in sorted(attributions, key=lambda each: _depth(each, by_id)):
            self._ids.append(attribution.id)
            for content in attribution.contents:
                length = content.end - content.start
                self._at[content.start : content.end] = array("i", [len(self._ids) - 1]) * length

    def attribution_at(self, offset: int) -> str | None:
        """The id of the attribution, None in own voice."""
        return self._ids[self._at[offset]]


def _depth(attribution: Attribution, by_id: Mapping[str, Attribution]) -> int:
    depth = 0
    while attribution.within is not None:
        attribution, depth = by_id[attribution.within], depth + 1
    return depth
