import pytest

from catalog.ports import Cell
from catalog.services.imports.columns import ALIASES, Field, find_layout, header_key
from catalog.services.imports.problems import ImportFileError

ATTRIBUTES = {"bao quan": "bao-quan", "bao-quan": "bao-quan", "giong": "giong"}


def fields(*headers: str, **mapping: str) -> dict[str, Field | None]:
    layout = find_layout(
        [headers], ATTRIBUTES, {k.replace("_", " "): v for k, v in mapping.items()}
    )
    return {column.header: column.field for column in layout.columns}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Tên sản phẩm", Field.NAME),
        ("TÊN HÀNG", Field.NAME),
        ("ten hang hoa", Field.NAME),
        ("Tên hàng (*)", Field.NAME),
        ("Giá bán", Field.PRICE),
        ("Giá bán (VNĐ)", Field.PRICE),
        ("Đơn giá", Field.PRICE),
        ("ĐVT", Field.UNIT),
        ("Đ.V.T", Field.UNIT),
        ("Khối lượng tịnh (g)", Field.CONTENT),
        ("Tồn kho", Field.STOCK),
        ("SL", Field.STOCK),
        ("Danh mục", Field.CATEGORY),
        ("Nhóm hàng(3 Cấp)", Field.CATEGORY),
        ("Mô tả", Field.DESCRIPTION),
        ("Xã/Phường", Field.PLACE),
        ("Ảnh", Field.PICTURES),
        ("Giá sỉ", Field.WHOLESALE_PRICE),
        ("SL tối thiểu", Field.WHOLESALE_MINIMUM),
        ("Mã vạch", Field.SKU),
    ],
)
def test_knows_headers_however_they_are_written(header: str, field: Field) -> None:
    assert fields("Mã hàng", header)[header] is field


def test_no_header_stands_for_two_fields() -> None:
    names = [name for each in ALIASES.values() for name in each]

    assert sorted(names) == sorted(set(names))
    assert all(header_key(name) == name for name in names)


def test_finds_the_header_below_a_title() -> None:
    rows: list[list[Cell]] = [
        ["BẢNG GIÁ 2026"],
        [None, None],
        ["Mã hàng", "Tên hàng", "Giá"],
        ["MD1", "Miến", 1],
    ]

    layout = find_layout(rows, ATTRIBUTES, {})

    assert layout.header_row == 3


def test_reads_tiers_attributes_and_units_and_tells_what_it_does_not_know() -> None:
    header = ["Mã hàng", "Giá từ 10 gói", "Giá sỉ từ 50", "Bảo quản", "Dung tích (ml)", "Ghi chú"]

    layout = find_layout([header], ATTRIBUTES, {})

    assert [
        (column.field, column.attribute, column.retail_from, column.wholesale_from, column.unit)
        for column in layout.columns
    ] == [
        (Field.CODE, None, None, None, None),
        (None, None, 10, None, None),
        (None, None, None, 50, None),
        (None, "bao-quan", None, None, None),
        (Field.CONTENT, None, None, None, "ml"),
    ]
    assert layout.unknown == ("Ghi chú",)


def test_an_explicit_mapping_wins() -> None:
    assert fields("Mã hàng", "Tên hàng", "Biệt danh", Biệt_danh="name", Tên_hàng="name_en") == {
        "Mã hàng": Field.CODE,
        "Tên hàng": Field.NAME_EN,
        "Biệt danh": Field.NAME,
    }


def test_a_files_only_code_is_the_products() -> None:
    assert fields("SKU", "Tên hàng")["SKU"] is Field.CODE


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (("một", "hai"), {}),
        (("Tên hàng", "Giá bán"), {}),
        (("Mã hàng",), {}),
        (("Mã hàng", "Tên hàng"), {"Không có": "name"}),
        (("Mã hàng", "Tên hàng"), {"Tên hàng": "tên lạ"}),
    ],
)
def test_refuses_files_without_what_is_needed(
    header: tuple[str, ...],
    mapping: dict[str, str],
) -> None:
    with pytest.raises(ImportFileError):
        find_layout([header], ATTRIBUTES, mapping)
