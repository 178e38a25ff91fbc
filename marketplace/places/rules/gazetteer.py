"""Which of today's communes a text means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.rules.names import (
    LONGEST_NAME,
    Part,
    inside_brackets,
    is_below_commune,
    name_at,
    outside_brackets,
    parts_of,
    prefix_at,
)

OWN_NAME_WEIGHT: Final = 100
OLD_COMMUNE_WEIGHT: Final = 80
DISTRICT_WEIGHT: Final = 60
PROVINCE_WEIGHT: Final = 40
OTHER_NAME_WEIGHT: Final = 20


@dataclass(frozen=True, slots=True)
class KnownName:
    """A unit that bears a name, and how likely it is meant by it."""

    place_id: UUID
    level: PlaceLevel
    weight: int


@dataclass(frozen=True, slots=True)
class Match:
    """The communes a text means, the likeliest first.

    `commune_id` is the only one a commune's name (today's or an old one) can mean there; a
    district or a province has none.
    """

    communes: tuple[UUID, ...] = ()
    commune_id: UUID | None = None


NO_MATCH: Final = Match()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names (folded) and today's communes under every unit they may stand for."""

    names: Mapping[str, Sequence[KnownName]]
    communes: Mapping[UUID, frozenset[UUID]]

    @classmethod
    def of(
        cls,
        names: Mapping[str, Iterable[KnownName]],
        communes: Mapping[UUID, Iterable[UUID]],
    ) -> Self:
        """A gazetteer that nothing can be added to any more."""
        return cls(
            {name: tuple(units) for name, units in names.items()},
            {place: frozenset(under) for place, under in communes.items()},
        )

    def match(self, text: str) -> Match:
        """The communes the text means; what stands in brackets counts only without the rest.

        Broader parts narrow the narrower ones. A part that is unknown behind a known one lies in
        another province ("Yên Phong, Bắc Ninh"), so that nothing here is meant.
        """
        for reading in (outside_brackets(text), inside_brackets(text)):
            mentions = self._mentions(parts_of(reading))
            if mentions is None:
                return NO_MATCH
            if mentions:
                return self._narrow(mentions)
        return NO_MATCH

    def _mentions(self, parts: Sequence[Part]) -> list[Sequence[KnownName]] | None:
        """What each part names, in order; None when a part lies elsewhere."""
        mentions: list[Sequence[KnownName]] = []
        for part in parts:
            if not mentions and self._is_a_way_in(part):
                continue
            found = self._read(part)
            if found is None or (mentions and not found):
                return None
            mentions.extend(found)
        return mentions

    def _is_a_way_in(self, part: Part) -> bool:
        """Whether the part only tells the hamlet or street and names no unit behind it."""
        return self._is_hamlet(part) and self._first_unit(part) == 0

    def _is_hamlet(self, part: Part) -> bool:
        """Whether the part begins below the commune; "Bản Thi" is a commune, "bản Lác" is not."""
        return is_below_commune(part) and self._longest(part, 0)[1] == 0

    def _read(self, part: Part) -> list[Sequence[KnownName]] | None:
        """The units named in one part; None when known names are followed by unknown words."""
        found: list[Sequence[KnownName]] = []
        at = self._first_unit(part)
        while at < len(part):
            units, taken = self._longest(part, at)
            if taken:
                found.append(units)
                at += taken
            elif found or prefix_at(part, at):
                return None
            else:
                at += 1
        return found

    def _first_unit(self, part: Part) -> int:
        """Where the units begin: after "thôn Nà Lẹng" in "thôn Nà Lẹng xã Nam Mẫu"."""
        if not self._is_hamlet(part):
            return 0
        return next((at for at in range(1, len(part)) if prefix_at(part, at)), 0)

    def _longest(self, part: Part, at: int) -> tuple[Sequence[KnownName], int]:
        """The longest name at a word, with or without its kind before it, and its words."""
        prefix = prefix_at(part, at)
        for length in range(min(LONGEST_NAME + 2, len(part) - at), 0, -1):
            if prefix is not None and length > prefix[1]:
                level, skipped = prefix
                known = self.names.get(name_at(part, at + skipped, length - skipped), ())
                fitting = [name for name in known if name.level is level]
                if fitting:
                    return fitting, length
            plain = self.names.get(name_at(part, at, length))
            if plain:
                return plain, length
        return (), 0

    def _narrow(self, mentions: Sequence[Sequence[KnownName]]) -> Match:
        """The communes of the narrowest mention that lie in the broader ones, too."""
        within: frozenset[UUID] | None = None
        for mention in reversed(mentions):
            here = self._communes(mention)
            within = here if within is None else (here & within or here)
        ranks: dict[UUID, int] = {}
        for name in mentions[0]:
            for commune in self.communes.get(name.place_id, frozenset()) & (within or frozenset()):
                ranks[commune] = max(ranks.get(commune, 0), name.weight)
        exact = {
            commune
            for name in mentions[0]
            if name.level is PlaceLevel.COMMUNE
            for commune in self.communes.get(name.place_id, frozenset())
            if commune in ranks
        }
        return Match(
            tuple(sorted(ranks, key=lambda commune: (-ranks[commune], commune))),
            exact.pop() if len(exact) == 1 else None,
        )

    def _communes(self, mention: Sequence[KnownName]) -> frozenset[UUID]:
        empty: frozenset[UUID] = frozenset()
        return empty.union(*(self.communes.get(name.place_id, empty) for name in mention))
