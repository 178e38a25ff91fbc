"""Pictures that everybody sees and documents that only some may: taken in, cleaned, stored."""
