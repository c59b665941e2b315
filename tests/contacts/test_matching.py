"""Which names are worth the question "is it the same person?", and which are not."""

import pytest

from contacts.matching import likely, may_be_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Priya Raman", "priya  RAMAN"),
        ("Zoë Krüger", "Zoe Kruger"),
        ("Priya Raman", "Raman, Priya"),
        ("Dr. Priya Raman", "Priya Raman, PhD"),
        ("Priya S. Raman", "Priya Raman"),
        ("Priya Lakshmi Raman", "Priya Raman"),
        ("P. Raman", "Priya Raman"),
        ("Priya R.", "Priya Raman"),
        ("Priya", "Priya Raman"),
        ("Jean-Luc Moreau", "Jeanluc Moreau"),
        ("Jonas Okafor", "Jonas Okaffor"),
        ("Mei Tan", "Mei Tann"),
        ("Jonas Okafor", "Jonsa Okafor"),
        ("Sean O’Neil", "Sean ONeil"),
        ("Priya Raman (she/her)", "Priya Raman"),
        ("王伟", "王伟"),
    ],
)
def test_alike(one, other):
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Priya Raman", "Priya Rao"),
        ("Maria Chen", "Daria Chen"),
        ("Jon Ek", "Jan Ek"),
        ("Mei Tan", "Wei Tan"),
        ("Anna Schmidt", "Anna Schuster"),
        ("P. R.", "Q. R."),
        ("Al", "Al Gore"),
        ("王伟", "王芳"),
        ("Raman", "Priya Raman"),
        ("🙂", "🙃"),
        ("", "Priya"),
    ],
)
def test_not_alike(one, other):
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)


def test_those_written_alike_come_first_and_three_are_enough():
    known = ["P. Raman", "Priya S. Raman", "Raman Priya", "Dr. Priya Raman", "Priya Raman"]

    assert likely("priya raman", known)[0] == "Priya Raman"
    assert len(likely("priya raman", known)) == 3
