"""Who sells, makes and hires: businesses, their members and how far they are verified."""
