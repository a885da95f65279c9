"""What if: an answer tried beside the case, both plans side by side, then kept or dropped. Imported when first used."""
