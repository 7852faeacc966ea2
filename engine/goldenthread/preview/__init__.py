"""A page for those who write content: it redraws and rechecks a library on each save. It knows no case and no store."""
