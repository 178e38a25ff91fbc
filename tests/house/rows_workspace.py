"""Who may ask for what of a seller's workspace."""

from typing import Final

from tests.house.rows import Row, slug

QUERIES: Final = (
    Row(
        "workspace",
        "of the business",
        "--++-+",
        "query($slug: String!) { workspace(slug: $slug) { id } }",
        slug("business"),
    ),
    Row("workspaces", "one's own", "--++--", "{ workspaces { id } }", path=(0,)),
)

MUTATIONS: Final[tuple[Row, ...]] = ()
