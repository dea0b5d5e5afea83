"""Rule packs: the data model, loading, checking, merging for use."""
