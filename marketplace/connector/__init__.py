"""Shops that businesses run elsewhere on Saleor: their goods are pulled, and kept in step here."""
