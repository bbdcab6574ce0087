"""The fictional archive as its exports see it, and what they are made with."""

from generator.derive.entry import entry
from generator.derive.measurement import measurement
from generator.read.archive import read_archive
from generator.read.evidence import read_evidence
from generator.render.data.columns import Dossier
from generator.render.data.edition import edition
from generator.render.data.files import data_files

URL = "https://gone-dark.example/"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
ROSS = "2030-01-31-ross-sea"


def dossiers_of(archive):
    """Every incident of an archive, newest first."""
    found, _ = read_archive(archive)
    return [
        Dossier(
            entry(one.id, one.incident, has_evidence=one.evidence_folder is not None),
            one.incident,
            measurement(read_evidence(one.evidence_folder, archive))
            if one.evidence_folder
            else None,
        )
        for one in reversed(found.records)
    ]


def edition_of(dossiers, commit=COMMIT):
    """The edition of these incidents."""
    found = (one.measurement for one in dossiers if one.measurement)
    return edition(URL, commit, [one.provenance.attribution for one in found])


def exported(dossiers, commit=COMMIT):
    """Every file of these incidents as data."""
    return data_files(dossiers, edition_of(dossiers, commit), "2030-01-01")
