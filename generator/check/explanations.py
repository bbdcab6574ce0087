"""Rules about explanations: what bears on them, and the standing that it earns them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check.finding import Case, Finding
from generator.check.standing import Earned, earned
from generator.model.vocabulary import Stance, Standing
from generator.read.wording import did_you_mean

_CLEAR_STANCES = (Stance.ADMITS, Stance.DENIES)


def ids_are_unique(case: Case) -> Iterator[Finding]:
    """No two explanations have the same id, and no two findings."""
    for field, entries in (
        ("explanations", case.incident.explanations),
        ("evidence", case.incident.evidence),
    ):
        for place, key in _repeated(entry.id for entry in entries):
            yield Finding((field, place, "id"), f"{key!r} is taken", "Choose another id.")


def evidence_bears_on_what_was_proposed(case: Case) -> Iterator[Finding]:
    """Every key under `bears_on` is the id of an explanation."""
    for place, finding in enumerate(case.incident.evidence):
        for key in finding.bears_on:
            yield from _unknown(case, ("evidence", place, "bears_on", key), key)


def statements_are_about_what_was_proposed(case: Case) -> Iterator[Finding]:
    """Every key under `about` is the id of an explanation, and is named once."""
    for place, statement in enumerate(case.incident.statements):
        for index, key in enumerate(statement.about):
            yield from _unknown(case, ("statements", place, "about", index), key)
        for index, key in _repeated(statement.about):
            path = ("statements", place, "about", index)
            yield Finding(path, f"{key!r} is named twice", "Keep one of the two.")


def others_beside_are_others(case: Case) -> Iterator[Finding]:
    """Every key under `beside` is the id of another explanation, and is named once."""
    for place, one in enumerate(case.incident.explanations):
        path = ("explanations", place, "beside")
        for index, key in enumerate(one.beside):
            yield from _unknown(case, (*path, index), key)
            if key == one.id:
                yield Finding((*path, index), f"{key!r} is itself", "Name another, or none.")
        for index, key in _repeated(one.beside):
            yield Finding((*path, index), f"{key!r} is named twice", "Keep one of the two.")


def standing_is_earned(case: Case) -> Iterator[Finding]:
    """An explanation's `standing` is what the record's evidence earns it.

    `refuted`: a finding rules it out. `supported`: more findings support it than stand against
    it; against it stand the findings that weaken it, and one more where anybody denies it.
    `disputed`: at least as many against it as for it, and at least one. `proposed`: nothing for it
    and nothing against it. `established`: no rival is supported or merely proposed, and it was
    admitted, or a document of an official source or an operator supports it, or it has support and
    every rival is refuted.
    """
    each = earned(case.incident)
    for place, one in enumerate(case.incident.explanations):
        has = each[one.id]
        if one.standing is not has.standing:
            what = f"says {one.standing}, but the evidence earns {has.standing}"
            cure = f"Counted: {_counted(has)}. {_advice(one.standing, has)}"
            yield Finding(("explanations", place, "standing"), what, cure)


def explanations_have_evidence(case: Case) -> Iterator[Finding]:
    """Some finding bears on each explanation."""
    touched = {key for finding in case.incident.evidence for key in finding.bears_on}
    for place, one in enumerate(case.incident.explanations):
        if one.id not in touched:
            cure = "Record what was found that speaks for it or against it, if anything was."
            yield Finding(("explanations", place), "no finding bears on it", cure)


def clear_statements_say_of_what(case: Case) -> Iterator[Finding]:
    """A statement that admits or denies names under `about` what; else it counts for nothing."""
    for place, said in enumerate(case.incident.statements):
        if said.stance in _CLEAR_STANCES and not said.about and case.incident.explanations:
            what = f"{said.stance}, but names no explanation"
            yield Finding(("statements", place), what, "Name under `about` what it is about.")


def _unknown(case: Case, path: tuple[str | int, ...], key: str) -> Iterator[Finding]:
    known = list(dict.fromkeys(one.id for one in case.incident.explanations))
    if key not in known:
        hint = did_you_mean(key, known)
        yield Finding(
            path,
            f"no explanation has the id {key!r}",
            hint.strip() or f"Explanations: {', '.join(known) or 'none'}.",
        )


def _repeated(keys: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield place, key
        seen.add(key)


def _counted(has: Earned) -> str:
    said = [word for word, is_so in (("admitted", has.admitted), ("denied", has.denied)) if is_so]
    parts = [
        f"{has.supports} for it",
        f"{has.weakens} weakening it",
        f"{has.rules_out} ruling it out",
        " and ".join(said) or "neither admitted nor denied",
    ]
    if has.found_officially:
        parts.append("found by an official source or an operator")
    return ", ".join(parts)


def _advice(written: Standing, has: Earned) -> str:
    write = f"Write `standing: {has.standing}`"
    if written is not Standing.ESTABLISHED:
        return f"{write}, or record the evidence that is missing."
    return (
        f"{write}; to be established it needs an admission, an official document or every rival "
        "refuted, and no rival supported or merely proposed."
    )
