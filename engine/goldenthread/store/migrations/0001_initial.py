"""The tables."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def _case(related_name: str) -> models.ForeignKey[Any]:
    return models.ForeignKey("store.CaseRow", models.DO_NOTHING, related_name=related_name, db_index=False)


def _number() -> models.Field[Any, Any]:
    return models.BigAutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Cases, their events, drafts and standing; and the one row on the store itself."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("id", models.CharField(primary_key=True, max_length=26, serialize=False)),
                ("owner", models.CharField(max_length=150, db_index=True)),
                ("version", models.PositiveIntegerField()),
                ("wrapped_key", models.BinaryField()),
                ("wrapped_by", models.CharField(max_length=16)),
                ("archived", models.BooleanField(default=False)),
                ("created", models.DateTimeField()),
                ("changed", models.DateTimeField()),
            ],
            options={"db_table": "store_case"},
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", _number()),
                ("case", _case("events")),
                ("seq", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "store_event",
                "constraints": [models.UniqueConstraint(fields=("case", "seq"), name="store_event_place")],
            },
        ),
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                ("id", _number()),
                ("case", _case("drafts")),
                ("key", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("changed", models.DateTimeField()),
            ],
            options={
                "db_table": "store_draft",
                "constraints": [models.UniqueConstraint(fields=("case", "key"), name="store_draft_place")],
            },
        ),
        migrations.CreateModel(
            name="StandingRow",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        "store.CaseRow",
                        models.DO_NOTHING,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "store_standing"},
        ),
        migrations.CreateModel(
            name="MetaRow",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, default=1, serialize=False)),
                ("format", models.PositiveSmallIntegerField()),
                ("fingerprint", models.CharField(max_length=16)),
                ("locked_key", models.TextField(default="", blank=True)),
            ],
            options={"db_table": "store_meta"},
        ),
    )
