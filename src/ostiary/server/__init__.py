"""The server: the pipeline that every request takes, and what it stands on."""
