"""What is sold: categories, products, variants, prices, stock, certificates and collections."""
