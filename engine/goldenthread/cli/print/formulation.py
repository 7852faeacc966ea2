"""`goldenthread print formulation`: the maintenance cycle of a case."""

from goldenthread.cli.print.cases import case_command

command = case_command(
    "formulation",
    """Print the formulation of a case: what keeps the problem going, as loops that lead back to it.

    CASE is a case file, a file of answers, or a vignette. The client is called as it calls them.

    \b
        goldenthread print formulation K7.yaml -o formulation.pdf
    """,
)
