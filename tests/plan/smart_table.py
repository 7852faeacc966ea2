"""Goals in own words, each with the letters of SMART that it lacks (R is judged apart, by what the goal is for)."""

from __future__ import annotations

GOALS = [
    # Good: what will be done, counted, in a time.
    ("Go to the choir on Tuesdays, 3 times within 4 weeks", ""),
    ("Take the bus to work alone 4 days a week within 8 weeks", ""),
    ("Call my sister once a week for six weeks", ""),
    ("Cook a warm meal at home 3 times a week by 2026-06-30", ""),
    ("Walk around the lake for 20 minutes daily over the next 4 weeks", ""),
    ("From moderate to mild on the PHQ-9 within three months, from 16 to 9 points", ""),
    ("Sleep in my own bed without the light on 5 nights a week within 2 months", ""),
    ("Open the post on two days a week within six weeks", ""),
    ("Reduce checking of the stove from 20 to 5 times a day within 8 weeks", ""),
    ("Write two job applications a week by the end of March", ""),
    ("Go shopping in the supermarket twice a week, without my partner, by Christmas", ""),
    # No time.
    ("Swim in the pool in town 2 times a week", "T"),
    ("Drive over the bridge on my own 3 times a week", "T"),
    # No number.
    ("Go back to the gym in my street within 8 weeks", "M"),
    ("Invite a friend to my home for a meal by summer", "M"),
    # Neither.
    ("Drive over the long bridge on my own again", "MT"),
    ("Talk to my father about what happened then", "MT"),
    # Too short, or vague without a number.
    ("Improve mood", "SMT"),
    ("Be happier", "SMT"),
    ("Less anxious", "SMT"),
    ("Feel better about myself and my life", "SMT"),
    ("Work on my self-esteem with the therapist", "SMT"),
    ("Cope with stress at work and at home", "SMT"),
    ("Understand why I always choose the wrong people", "SMAT"),
    ("Manage my anger more often with the children", "SMT"),
    ("Reduce my drinking in the evenings within two months", "SM"),
    ("Run daily", "ST"),
    # More than anyone can keep.
    ("Never think about the accident within 4 weeks, 0 times a day", "A"),
    ("Have no more panic attacks, 0 a week, within 8 weeks", "A"),
    ("Always say what I think in team meetings", "MAT"),
    ("Be completely free of worry at night 7 nights a week within 2 weeks", "A"),
]
