import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from consult.lib import check_proof, merkle

SECRET = b"thirty-two characters of secret!"
OUTCOMES = ["informed"] * 5 + ["no change"] * 3 + ["withheld"]


def publication(index=4):
    lines = [
        {"contribution": f"c{n}", "outcome": kind, "note": "Tŷ"} for n, kind in enumerate(OUTCOMES)
    ]
    tree = merkle.Tree(map(check_proof.canonical, lines))
    document = {
        "consultation": "school-streets",
        "publication": "019c",
        "number": 1,
        "size": tree.size,
        "root": tree.root.hex(),
        "counts": {kind: OUTCOMES.count(kind) for kind in set(OUTCOMES)},
        "received": len(OUTCOMES),
    }
    signature = merkle.sign(SECRET, check_proof.statement(document)).hex()
    return document | {
        "signature": signature,
        "public_key": merkle.public_key(SECRET).hex(),
        "leaf": lines[index],
        "index": index,
        "proof": [step.hex() for step in tree.proof(index)],
    }


def run(path, *arguments):
    """The checker as a stranger runs it: alone, away from the rest of the project."""
    command = [
        sys.executable,
        *arguments[:1],
        path / "check_proof.py",
        "proof.json",
        *arguments[1:],
    ]
    return subprocess.run(command, cwd=path, capture_output=True, text=True)


@pytest.fixture
def alone(tmp_path):
    shutil.copy(check_proof.__file__, tmp_path)
    (tmp_path / "proof.json").write_text(json.dumps(publication()))
    return tmp_path


@pytest.mark.parametrize("index", range(len(OUTCOMES)))
def test_every_line_of_a_true_publication_is_proved(index):
    findings = check_proof.check(publication(index))
    assert not findings.wrong and not findings.unchecked
    assert f"line {index + 1} of 9" in " ".join(findings.right)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"received": 10}, "Received 10; the outcomes add up to 9"),
        ({"counts": {"informed": 8}}, "add up to 8"),
        ({"size": 8}, "the ledger has 8 lines"),
        ({"leaf": {"contribution": "c4", "outcome": "withheld"}}, "is NOT line 5"),
        ({"index": 3}, "is NOT line 4"),
        ({"root": "00" * 32}, "is NOT line 5"),
        ({"proof": []}, "is NOT line 5"),
        ({"number": 2}, "does NOT belong to this publication"),
        ({"public_key": "11" * 32}, "does NOT belong to this publication"),
    ],
)
def test_a_publication_that_was_tampered_with_is_found_out(change, said):
    assert said in " ".join(check_proof.check(publication() | change).wrong)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": "9"}, "whole numbers"),
        ({"received": -1}, "whole numbers"),
        ({"counts": []}, "whole numbers"),
        ({"root": "xyz"}, "gives as root"),
        ({"proof": 5}, "must be a list"),
        ({"proof": [5]}, "gives as proof"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        check_proof.check(publication() | change)


def test_what_is_missing_is_named():
    document = publication()
    del document["root"], document["proof"]
    with pytest.raises(ValueError, match="lacks root, proof"):
        check_proof.check(document)


def test_it_says_when_nothing_is_signed_or_proved():
    document = publication()
    for key in ("signature", "leaf", "index", "proof"):
        del document[key]
    assert check_proof.check(document).unchecked == [
        "The file proves no line of the ledger.",
        "The publication is not signed.",
    ]


def test_a_stranger_runs_it_alone_without_any_package(alone):
    done = run(alone, "-IS")
    assert done.returncode == 0, done.stderr
    assert "right: The contribution is line 5 of 9" in done.stdout
    assert "not checked: The signature" in done.stdout


def test_where_it_can_it_checks_the_signature_even_beside_its_siblings():
    here = Path(check_proof.__file__)
    done = subprocess.run(
        [sys.executable, here, "-"], input=json.dumps(publication()), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "right: The signature is by the key" in done.stdout


def test_a_root_or_key_known_from_elsewhere_is_compared(alone):
    assert run(alone, "-I", "--root", publication()["root"]).returncode == 0
    done = run(alone, "-I", "--root", "00", "--public-key", "11")
    assert done.returncode == 1
    assert "WRONG: The root is NOT the one you gave." in done.stdout
    assert "WRONG: The public_key is NOT the one you gave." in done.stdout


@pytest.mark.parametrize("held", ["", "[]", "{", "{}", "[" * 100_000])
def test_a_file_that_cannot_be_read_gets_a_sentence(alone, held):
    (alone / "proof.json").write_text(held)
    done = run(alone, "-I")
    assert done.returncode == 2
    assert "cannot be checked" in done.stderr and "Traceback" not in done.stderr


def test_no_file_gets_a_sentence(alone):
    (alone / "proof.json").unlink()
    assert "cannot be checked" in run(alone, "-I").stderr
