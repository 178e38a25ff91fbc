"""Online registration of businesses: guides, dossiers, and where they stand."""
