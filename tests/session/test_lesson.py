"""A vignette as a lesson: at every question the walk stands as it stood in the whole walk, and knows no more."""

from __future__ import annotations

import pytest

from goldenthread.loading import shipped as shipped_folder
from goldenthread.loading import vignette_files
from goldenthread.session.lesson import Lesson
from goldenthread.trial import read_vignettes
from small import shipped

LESSONS = {
    vignette.id: Lesson(shipped(), vignette)
    for vignette in read_vignettes(vignette_files(shipped_folder()))[0]
}


@pytest.mark.parametrize("id_", LESSONS)
def test_every_answer_is_a_question_of_the_lesson(id_):
    lesson = LESSONS[id_]
    written = sum(len(round_.answers) for round_ in lesson.whole.walk.rounds)
    assert len(lesson.questions) == written
    trail = lesson.whole.walk.trail
    assert [trail[asked.place].question for asked in lesson.questions] == [
        asked.key for asked in lesson.questions
    ]


@pytest.mark.parametrize("id_", LESSONS)
def test_at_each_question_nothing_later_is_known(id_):
    lesson = LESSONS[id_]
    whole = lesson.whole.walk.trail
    for number, asked in enumerate(lesson.questions, 1):
        walk = lesson.at(number).walk
        assert (walk.at, walk.round) == (asked.key, asked.round)
        assert [(t.key, t.item, t.how) for t in walk.trail] == [
            (t.key, t.item, t.how) for t in whole[: asked.place]
        ]
        assert walk.raw(asked.key) is None


@pytest.mark.parametrize("id_", LESSONS)
def test_after_the_last_question_stands_the_whole_walk(id_):
    lesson = LESSONS[id_]
    assert lesson.at(len(lesson.questions) + 1) is lesson.whole
    steps = [trace for number in range(1, len(lesson.questions) + 1) for trace in lesson.after(number)]
    assert steps == list(lesson.whole.walk.trail[lesson.questions[0].place :])


def test_the_path_is_that_of_the_round():
    lesson = LESSONS["review_after_twelve_weeks"]
    last = lesson.questions[-1]
    assert last.round == 1
    path = lesson.path(len(lesson.questions))
    assert path[-1] == last.key
    assert "safety.suicidal_thoughts" not in path
    assert "safety.suicidal_thoughts" in lesson.path(60)
