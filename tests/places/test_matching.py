"""Old and new names lead to today's communes."""

import unicodedata

import pytest

from marketplace.kernel.database import Reader
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.text import fold
from marketplace.kernel.viewer import SYSTEM
from marketplace.places import queries
from marketplace.places.errors import AmbiguousPlaceError
from marketplace.places.models import Place
from marketplace.places.rules.gazetteer import Gazetteer
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.services.matching import find_commune, match_places, search_places
from marketplace.places.services.units import MapData

BA_BE = {"01894", "01906", "01912", "01921", "01933"}
CHO_DON = {"01933", "02014", "02020", "02026", "02038", "02044", "02071", "02083"}
CITY = {"01840", "01843", "01849"}


async def codes(reader: Reader) -> dict[object, str]:
    return {place.id: place.code for place in await reader.all(queries.visible_places(SYSTEM))}


async def test_all_old_communes_lead_to_theirs_of_today(
    gazetteer: Gazetteer, reader: Reader, province: MapData
) -> None:
    known = await codes(reader)
    count = 0
    for unit in province["units"]:
        for old in unit["old_communes"]:
            count += 1
            for text in (old, old.upper(), fold(old), unicodedata.normalize("NFD", old)):
                match = gazetteer.match(text)
                assert match.commune_id is not None, text
                assert known[match.commune_id] == unit["code"], text
    assert count == 108


async def test_all_old_districts_lead_to_their_communes(
    gazetteer: Gazetteer, reader: Reader, province: MapData
) -> None:
    known = await codes(reader)
    districts = [unit for unit in province["units"] if unit["level"] == "district"]
    assert len(districts) == 8
    for district in districts:
        wanted = {
            unit["code"] for unit in province["units"] if district["code"] in unit["old_districts"]
        }
        for text in (district["full_name"]["vi"], fold(district["full_name"]["vi"])):
            match = gazetteer.match(text)
            assert {known[commune] for commune in match.communes} == wanted, text
            assert match.commune_id is None


async def test_every_commune_of_today_is_found_by_its_full_name(
    gazetteer: Gazetteer, reader: Reader
) -> None:
    communes = await reader.all(queries.places_of_today(SYSTEM))

    assert len(communes) == 37
    for commune in communes:
        assert gazetteer.match(commune.full_name).communes == (commune.id,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("huyện Ba Bể", BA_BE),
        ("H. Chợ Đồn", CHO_DON),
        ("H.Chợ Đồn, Bắc Kạn", CHO_DON),
        ("TP Bắc Kạn", CITY),
        ("thi xa bac kan", CITY),
        ("Ba Bể", BA_BE),
        ("TT Bằng Lũng", {"02020"}),
        ("T.T Bằng Lũng", {"02020"}),
        ("xã Nam Mẫu", {"01906"}),
        ("P. Sông Cầu", {"01843"}),
        ("xã Ba Bể", {"01906"}),
        ("xa ba be", {"01906"}),
        ("phường Bắc Kạn", {"01843"}),
        ("xã Bằng Phúc, huyện Chợ Đồn", {"01933"}),
        ("Xã Chợ Đồn (trước 7/2025: TT Bằng Lũng, huyện Chợ Đồn, Bắc Kạn)", {"02020"}),
        ("(TT Bằng Lũng, huyện Chợ Đồn)", {"02020"}),
        ("Tổ 3, P. Đức Xuân, TP. Bắc Kạn, Việt Nam", {"01840"}),
        ("thôn Nà Lẹng xã Nam Mẫu huyện Ba Bể tỉnh Bắc Kạn", {"01906"}),
        ("số 12 đường Hùng Vương, phường Sông Cầu", {"01843"}),
        ("Bản Thi", {"02044"}),
        ("bản Pác Ngòi, xã Nam Mẫu", {"01906"}),
        ("hồ Ba Bể", {"01906"}),
        ("Nam Cường", {"02026"}),
        ("cu le", {"02176"}),
        ("xã Nam Mẫu, tỉnh Thái Nguyên", {"01906"}),
    ],
)
async def test_what_people_write_leads_to(reader: Reader, text: str, wanted: set[str]) -> None:
    known = await codes(reader)

    match = await match_places(reader, text)

    assert {known[commune] for commune in match.communes} == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("Yên Phong, Bắc Ninh", "Xã Thanh Mai, huyện Thanh Oai, Hà Nội", "TP Thái Nguyên"),
        *("Phượng Tiến", "huyện Đồng Phúc", "", "   ", ",;()", "xã", "miến dong", "12345"),
    ],
)
async def test_places_elsewhere_lead_nowhere(reader: Reader, text: str) -> None:
    match = await match_places(reader, text)

    assert match.communes == ()
    assert match.commune_id is None


@pytest.mark.parametrize("text", ["Bắc Kạn", "Bac Kan", "Bắc Cạn", "tỉnh Bắc Kạn", "Thái Nguyên"])
async def test_the_province_is_all_of_its_communes(reader: Reader, text: str) -> None:
    assert len((await match_places(reader, text)).communes) == 37


async def test_a_bare_name_means_the_commune_first(reader: Reader) -> None:
    known = await codes(reader)

    match = await match_places(reader, "Ba Bể")

    assert known[match.communes[0]] == "01906"
    assert match.commune_id == match.communes[0]


async def test_finds_the_one_commune_of_an_old_address(reader: Reader) -> None:
    commune = await find_commune(reader, "TT Yến Lạc, Na Rì")

    assert commune.full_name == "Xã Na Rì"


async def test_says_which_communes_a_district_may_be(reader: Reader) -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        await find_commune(reader, "huyện Pác Nặm")

    assert caught.value.candidates == ("Xã Bằng Thành", "Xã Cao Minh", "Xã Nghiên Loan")
    assert caught.value.text() == (
        '"huyện Pác Nặm" có thể là một trong các xã, phường: '
        "Xã Bằng Thành, Xã Cao Minh, Xã Nghiên Loan. Hãy ghi rõ một nơi."
    )


async def test_says_that_a_commune_is_not_here(reader: Reader) -> None:
    with pytest.raises(NotFoundError) as caught:
        await find_commune(reader, "Phượng Tiến")

    assert caught.value.text("en") == 'There is no commune "Phượng Tiến" here.'


async def test_begun_names_are_found(reader: Reader) -> None:
    found = await search_places(reader, SYSTEM, "chợ r", PlaceLevel.COMMUNE)
    districts = await search_places(reader, SYSTEM, "ba", PlaceLevel.DISTRICT)

    assert [place.full_name for place in found] == ["Xã Chợ Rã"]
    assert {place.full_name for place in districts} == {
        "Huyện Ba Bể",
        "Huyện Bạch Thông",
        "Thành phố Bắc Kạn",
    }


async def test_signs_of_patterns_are_only_signs(reader: Reader) -> None:
    found: list[Place] = list(await search_places(reader, SYSTEM, "%", PlaceLevel.COMMUNE))

    assert found == []
