"""What people, officers and registries do to dossiers."""
