"""The one door through which a document is run, for strangers and for our own site alike."""

from typing import Final

from marketplace.app.limits import judge
from marketplace.app.schema import schema
from marketplace.kernel.graph.plans.plans import Plans

PLANS: Final = Plans(schema, judge)
