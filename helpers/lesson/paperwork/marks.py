"""How each option looks in every picture of this case: colour and marker, never colour alone."""

from helpers.lesson.style import AMBER, BLUE, GREEN, GREY, ORANGE, PINK, SKY

OPTIONS = {
    "do nothing": (GREY, "o"),
    "hire one clerk": (AMBER, "^"),
    "hire two clerks": (ORANGE, "s"),
    "Excel online": (PINK, "v"),
    "standardise": (BLUE, "D"),
    "hire one and standardise": (GREEN, "P"),
    "Excel online, then standardise": (SKY, "X"),
}
WAYS = {"hire": OPTIONS["hire two clerks"], "Excel online": OPTIONS["Excel online"], "standardise": OPTIONS["standardise"]}
