"""The website: every page under one router, to be mounted by the roof.

The roof puts a `Site` into `app.state.site`, calls `install`, and serves `frontend/static` at
/static.
"""

from fastapi import APIRouter, FastAPI

from frontend.pages import (
    account,
    connections,
    connector,
    desk,
    desk_register,
    dossiers,
    errors,
    feeds,
    finding,
    goods,
    helping,
    home,
    identity,
    joining,
    makers,
    members,
    one_stop,
    places,
    registering,
    shop_editor,
    shop_import,
    shop_log,
    shop_photos,
    shop_prices,
    shop_products,
    shop_stock,
    sign_in,
    store,
    store_data,
    store_settings,
    workspace,
)

router = APIRouter()
for part in (
    home,
    goods,
    finding,
    makers,
    places,
    sign_in,
    account,
    joining,
    desk,
    desk_register,
    workspace,
    shop_products,
    shop_import,
    shop_photos,
    shop_stock,
    shop_prices,
    shop_log,
    shop_editor,
    members,
    helping,
    registering,
    dossiers,
    one_stop,
    connections,
    connector,
    store,
    store_data,
    store_settings,
    identity,
    feeds,
):
    router.include_router(part.router)


def install(app: FastAPI) -> None:
    """Add the pages and their error pages to an application."""
    app.include_router(router)
    errors.install(app)
