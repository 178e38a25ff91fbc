"""Who may ask for what about messages between systems."""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.factories.world import World
from tests.house.rows import CHANGE, Row, Variables, by_id, gid

ENDPOINT: Final = "WebhookEndpoint"
OF_BUSINESS: Variables = lambda world: {"id": to_global("Business", world["business"].id)}  # noqa: E731 - a row of the matrix
CREATE: Final = f"""mutation($id: ID) {{ webhookEndpointCreate(input: {{business: $id, label: "A",
    url: "https://hooks.example.vn/", types: ["business.activated"],
    contactEmail: "it@example.com"}}) {CHANGE} }}"""


def _source(world: World) -> dict[str, object]:
    return {"name": world["source"].name}


QUERIES: Final = (
    Row("webhookTypes", "all", "++++++", "{ webhookTypes }", path=(0,)),
    Row(
        "webhookEndpoints",
        "a business's",
        "---+-+",
        "query($id: ID) { webhookEndpoints(business: $id) { id } }",
        OF_BUSINESS,
        (0,),
    ),
    Row(
        "webhookEndpoints",
        "the province's",
        "-----+",
        "{ webhookEndpoints { id } }",
        path=(0,),
    ),
    Row(
        "webhookEndpoint",
        "a business's",
        "---+-+",
        "query($id: ID!) { webhookEndpoint(id: $id) { id } }",
        gid(ENDPOINT, "endpoint"),
    ),
    Row(
        "webhookDeliveries",
        "a business's",
        "---+-+",
        "query($id: ID!) { webhookDeliveries(endpoint: $id) { id } }",
        gid(ENDPOINT, "endpoint"),
        (0,),
    ),
    Row("hookSources", "one", "-----+", "{ hookSources { id } }", path=(0,)),
    Row("inboundMessages", "one", "-----+", "{ inboundMessages { id } }", path=(0,)),
)

MUTATIONS: Final = (
    Row("webhookEndpointCreate", "for a business", "!!!+!+", CREATE, OF_BUSINESS),
    Row("webhookEndpointCreate", "for the province", "!!!!!+", CREATE),
    by_id("webhookEndpointRotate", "endpoint", "!--+-+", kind=ENDPOINT),
    by_id("webhookEndpointEnable", "endpoint_off", "!--+-+", kind=ENDPOINT),
    by_id("webhookEndpointDisable", "endpoint", "!--+-+", kind=ENDPOINT),
    by_id("webhookEndpointDisable", "province_endpoint", "!----+", kind=ENDPOINT),
    by_id("webhookEndpointRemove", "endpoint", "!--+-+", kind=ENDPOINT),
    by_id("webhookEndpointTest", "endpoint", "!--+-+", kind=ENDPOINT),
    by_id("webhookDeliveryResend", "delivery", "!--+-+", kind="WebhookDelivery"),
    Row(
        "hookSourceCreate",
        "another one",
        "!!!!!+",
        f'mutation {{ hookSourceCreate(name: "cuc-thue") {CHANGE} }}',
    ),
    Row(
        "hookSourceRotate",
        "a known one",
        "!!!!!+",
        f"mutation($name: String!) {{ hookSourceRotate(name: $name) {CHANGE} }}",
        _source,
    ),
)
