"""The tables. What a client said stands in `sealed` alone; ids are random, and times say nothing of order."""

from __future__ import annotations

from django.db import models


class CaseRow(models.Model):
    """A case: how many events it has, and its data key, wrapped by the master key of that fingerprint."""

    id = models.CharField(primary_key=True, max_length=26)
    owner = models.CharField(max_length=150, db_index=True)
    version = models.PositiveIntegerField()
    wrapped_key = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)
    archived = models.BooleanField(default=False)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        """Its name in the database."""

        db_table = "store_case"


class EventRow(models.Model):
    """One event, in its place from 1. Triggers refuse to change it, and to delete it while its case is there."""

    case = models.ForeignKey(CaseRow, models.DO_NOTHING, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    sealed = models.BinaryField()

    class Meta:
        """Its name in the database; one event to a place."""

        db_table = "store_event"
        constraints = (models.UniqueConstraint(fields=["case", "seq"], name="store_event_place"),)


class DraftRow(models.Model):
    """What was typed and not yet answered; `key` stands for the question and does not name it."""

    case = models.ForeignKey(CaseRow, models.DO_NOTHING, related_name="drafts", db_index=False)
    key = models.CharField(max_length=64)
    sealed = models.BinaryField()
    changed = models.DateTimeField()

    class Meta:
        """Its name in the database; one draft to a question."""

        db_table = "store_draft"
        constraints = (models.UniqueConstraint(fields=["case", "key"], name="store_draft_place"),)


class StandingRow(models.Model):
    """Where a case stood at a version. Derived: it can be thrown away."""

    case = models.OneToOneField(CaseRow, models.DO_NOTHING, primary_key=True, related_name="standing")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        """Its name in the database."""

        db_table = "store_standing"


class MetaRow(models.Model):
    """One row on the store itself: which master key is in use and, under a passphrase, that key locked by it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    format = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)
    locked_key = models.TextField(default="", blank=True)

    class Meta:
        """Its name in the database."""

        db_table = "store_meta"
