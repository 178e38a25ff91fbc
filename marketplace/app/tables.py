"""Every table of the house, so that migrations and mappers see them all."""

import businesses.models
import catalog.models
import marketplace.accounts.models
import marketplace.connector.models
import marketplace.content.models
import marketplace.hooks.models
import marketplace.law.models
import marketplace.media.models
import marketplace.places.models
import marketplace.registration.models
import search.models
from marketplace.kernel.database import Model
from marketplace.kernel.transitions import TransitionRecord

PACKAGES = (
    businesses.models,
    catalog.models,
    marketplace.accounts.models,
    marketplace.connector.models,
    marketplace.content.models,
    marketplace.law.models,
    marketplace.hooks.models,
    marketplace.media.models,
    marketplace.places.models,
    marketplace.registration.models,
    search.models,
)
KERNEL_TABLES = (TransitionRecord,)
METADATA = Model.metadata
