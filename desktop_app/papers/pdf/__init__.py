"""Writes a printed document as a tagged PDF (PDF/A-3a and PDF/UA-1)."""
