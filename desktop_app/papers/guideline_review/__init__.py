"""The document with which a committee reviews an edition: every rule in words, with a box to agree or disagree."""
