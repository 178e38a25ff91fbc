"""What may be taken in, at which sizes it is shown, and how private links are made."""
