"""`goldenthread print thread`: the line of a case from the problem to the review."""

from goldenthread.cli.print.cases import case_command

command = case_command(
    "thread",
    """Print the thread of a case: from what keeps the problem going to goal, treatment, measure and review.

    CASE is a case file, a file of answers, or a vignette. The client is called as it calls them.

    \b
        goldenthread print thread K7.yaml -o thread.pdf --paper letter
    """,
)
