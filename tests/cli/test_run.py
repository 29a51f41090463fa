"""What run, capture and reconstruct print, and how they end."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tweetrecon import pipeline
from tweetrecon.errors import OutputError
from tweetrecon.store import open_dataset


def write(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def one_line(err: str) -> str:
    """The only line of an error."""
    (line,) = err.splitlines()
    assert line.startswith("tweetrecon: ")
    return line


# ------------------------------------------------------------------------------------------------ talk and data


def test_the_last_line_counts(call: Call) -> None:
    ended = call("run", "samples", "-o", "out")
    assert (ended.code, ended.out) == (0, "")
    assert "README.md" in ended.err
    last = ended.err.splitlines()[-1].split(" · ")
    assert last[0] == "5 documents"
    assert last[-3:] == ["0 rejected", "00:00", "out/"] or last[-2] > "00:00"


def test_json_is_data_and_quiet_is_quiet(call: Call) -> None:
    ended = call("run", "samples", "-o", "out", "--json", "--quiet")
    assert ended.err == ""
    told = json.loads(ended.out)
    assert {name: told[name] for name in ("documents", "rejected", "out")} == {
        "documents": 5,
        "rejected": 0,
        "out": "out",
    }
    dataset = open_dataset("out")
    assert (told["tweets"], told["threads"]) == (dataset.tweets.num_rows, dataset.threads.num_rows)
    assert call("run", "samples", "-o", "out", "-q") == (0, "", "")


def test_damage_that_cost_no_document_is_told(call: Call) -> None:
    page = Path("samples/gec-feneri.html").read_bytes()
    Path("cut.html.gz").write_bytes(gzip.compress(page, mtime=0)[:-40])
    ended = call("run", "cut.html.gz", "-o", "out")
    assert ended.code == 0
    assert "1 fault in inputs that were read as far as they go" in ended.err
    assert "fault" not in call("run", "samples/gec-feneri.html", "-o", "whole").err


def test_standard_output_takes_rows(call: Call) -> None:
    threads = [json.loads(line) for line in call("run", "samples", "-o", "-").out.splitlines()]
    sightings = [json.loads(line) for line in call("capture", "samples", "-o", "-").out.splitlines()]
    assert call("run", "samples", "-o", "out").code == 0
    assert [t["thread_id"] for t in threads] == open_dataset("out").threads["thread_id"].to_pylist()
    assert {s["role"] for s in sightings} >= {"embedded"}


def test_a_dry_run_writes_nothing(call: Call) -> None:
    ended = call("run", "samples", "-o", "out", "--dry-run")
    assert ended.out.splitlines() == [
        "east-of-the-river.txt",
        "gec-feneri.html",
        "harbour-flood.html",
        "inland.warc.gz",
        "no-tweets.html",
    ]
    assert "5 sources would be read" in ended.err
    assert not Path("out").exists()


def test_lists_of_inputs(call: Call) -> None:
    write("list", "samples/gec-feneri.html\n\nsamples/no-tweets.html\n")
    assert call("run", "--files-from", "list", "-o", "out", "--dry-run").out.split() == [
        "gec-feneri.html",
        "no-tweets.html",
    ]
    assert "missing" in one_line(call("run", "--files-from", "missing", "-o", "out").err)


def test_capture_then_reconstruct_is_run(call: Call) -> None:
    call("run", "samples", "-o", "one")
    captured = call("capture", "samples", "-o", "two")
    assert "sightings" in captured.err
    assert open_dataset("two").threads.num_rows == 0
    assert "tweetrecon reconstruct two" in call("show", "two").err
    assert call("reconstruct", "two").code == 0
    for name in ("documents", "sightings", "tweets", "references", "threads", "citations", "users", "rejects"):
        assert open_dataset("one").table(name).equals(open_dataset("two").table(name)), name
    assert call("reconstruct", "two").code == 0
    assert open_dataset("one").threads.equals(open_dataset("two").threads)


def test_datasets_and_sightings_are_merged(call: Call) -> None:
    call("capture", "samples/harbour-flood.html", "-o", "one")
    call("capture", "samples/gec-feneri.html", "samples/harbour-flood.html", "-o", "two")
    write(
        "given.jsonl",
        '{"author_username": "ann_example", "text": "From a tool of mine.", "tweet_id": 1455779943668518999}\n',
    )
    assert "Say where to write" in one_line(call("reconstruct", "one", "two").err)
    assert call("reconstruct", "one", "two", "given.jsonl", "-o", "all").code == 0
    dataset = open_dataset("all")
    assert dataset.documents.num_rows == 2
    assert dataset.thread("1455779943668518999").author_usernames == ("ann_example",)


def test_sightings_that_cannot_be_used_are_rejects(call: Call) -> None:
    rows = [
        '{"tweet_id": "20", "text": "x"}',
        "[]",
        "{",
        '{"created_at": "yesterday"}',
        '{"position": "third"}',
        '{"urls": 5}',
    ]
    write("given.jsonl", "\n".join(rows))
    ended = call("reconstruct", "given.jsonl", "-o", "out")
    assert ended.code == 3
    rejects = open_dataset("out").rejects.to_pylist()
    assert {r["code"] for r in rejects} == {"bad_sighting"}
    assert sorted(r["source_key"] for r in rejects) == ["2", "3", "4", "5", "6"]
    assert open_dataset("out").sightings.num_rows == 1


# ------------------------------------------------------------------------------------------------ endings


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["run", "missing.html", "-o", "out"], 2, "missing.html: no such file or folder; check the path"),
        (["run", "*.nothing", "-o", "out"], 2, "no file matches"),
        (["run", "-o", "out"], 2, "Nothing to read"),
        (["run", "samples"], 2, "Missing option '-o'"),
        (["run", "samples", "-o", "out", "--nonsense"], 2, "See `tweetrecon run --help`"),
        (["run", "samples", "-o", "out", "--format", "docx"], 2, "'docx' is not one of"),
        (["run", "samples/no-tweets.html", "-o", "full"], 2, "full: holds other files"),
        (["run", "samples/no-tweets.html", "-o", "full", "--dry-run"], 2, "full: holds other files"),
        (["run", "samples/no-tweets.html", "-o", "full/notes.txt"], 2, "full/notes.txt: is a file"),
        (["run", "samples/no-tweets.html", "-o", "/proc/nothing"], 5, "/proc/nothing: cannot be written"),
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["show", "full"], 2, "is not a dataset"),
        (["show", "missing"], 2, "missing: does not exist"),
        (["reconstruct", "full"], 2, "is not a dataset"),
        (["reconstruct", "missing.jsonl", "-o", "out"], 2, "missing.jsonl: No such file"),
        (["explain", "missing.html"], 2, "missing.html: no such file"),
        (["schema", "nonsense"], 2, "'nonsense' is not one of"),
    ],
)
def test_wrong_use_is_one_line(args: list[str], code: int, words: str, call: Call) -> None:
    write("full/notes.txt", "mine")
    ended = call(*args)
    assert (ended.code, ended.out) == (code, "")
    assert words in one_line(ended.err)
    assert Path("full/notes.txt").read_text() == "mine"


def test_rejected_inputs_end_with_3_and_the_rest_is_there(call: Call) -> None:
    write("in/a.html", Path("samples/gec-feneri.html").read_bytes())
    write("in/b.html", b"\x89PNG\r\n\x1a\n\0\0\0")
    write("in/c.txt", b"")
    ended = call("run", "in", "-o", "out")
    assert ended.code == 3
    assert "3 documents · 1 tweet · 1 thread · 0 gaps · 2 rejected" in ended.err
    assert "b.html: binary: no text; extract the text first or leave it out\nc.txt: empty: " in ended.err
    rows = open_dataset("out").documents.select(["source_uri", "outcome"]).to_pylist()
    assert [(r["source_uri"], r["outcome"]) for r in rows] == [
        ("a.html", "tweets"),
        ("b.html", "rejected"),
        ("c.txt", "rejected"),
    ]
    assert open_dataset("out").rejects["code"].to_pylist() == ["binary", "empty"]


def test_of_many_rejected_inputs_the_first_are_named(call: Call) -> None:
    for number in range(5):
        write(f"in/{number}.txt", b"")
    told = call("run", "in", "-o", "out").err
    assert [f"{number}.txt: empty: " in told for number in range(5)] == [True, True, True, False, False]
    assert "… and 2 more rejected; the table rejects names them all\n" in told


def test_nothing_to_read_ends_with_4(call: Call) -> None:
    Path("empty").mkdir()
    ended = call("run", "empty", "-o", "out")
    assert ended.code == 4
    assert "nothing matched" in ended.err
    assert not Path("out").exists()


def test_another_run_into_the_same_folder(call: Call) -> None:
    call("run", "samples/gec-feneri.html", "-o", "out")
    assert call("run", "samples/gec-feneri.html", "-o", "out").code == 0
    assert "other inputs" in one_line(call("run", "samples/no-tweets.html", "-o", "out").err)
    ended = call("run", "samples/gec-feneri.html", "-o", "out", "--format", "text")
    assert (ended.code, "other format;" in one_line(ended.err)) == (2, True)
    assert call("run", "samples/no-tweets.html", "-o", "out", "--overwrite").code == 0


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (OutputError("full"), 5)])
def test_interruptions_and_full_disks(
    error: BaseException, code: int, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "captured", fail)
    ended = call("run", "samples/gec-feneri.html", "-o", "out")
    assert ended.code == code
    one_line(ended.err)
    assert not Path("out").exists()


def test_a_reader_that_leaves_early_gets_no_traceback(call: Call, root: Path) -> None:
    rows = "".join(json.dumps({"text": f"word (@user{n}) " * 200}) + "\n" for n in range(50))
    write("many.jsonl", rows)
    program = f"{sys.executable} -m tweetrecon"
    for command in ("schema --json", "explain many.jsonl -n 50 --json", "run samples -o -"):
        script = f"{program} {command} | head -n 0; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", script],
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert "Traceback" not in done.stderr
        assert "BrokenPipe" not in done.stderr


def test_a_terminal_without_unicode(archive: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "tweetrecon", "show", str(archive)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()


# ------------------------------------------------------------------------------------------------ configuration


def test_flag_before_environment_before_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    write("page.html", "<p>x")

    def format_used(*args: str) -> str:
        assert call("run", "page.html", "-o", "out", "--overwrite", *args).code == 0
        return str(json.loads(Path("out/manifest.json").read_text())["configuration"]["format"])

    assert format_used() == "None"
    write("tweetrecon.toml", '[run]\nformat = "markdown"\nmax-bytes = 1000\n')
    assert format_used() == "markdown"
    assert json.loads(Path("out/manifest.json").read_text())["configuration"]["max_bytes"] == 1000
    monkeypatch.setenv("TWEETRECON_FORMAT", "text")
    assert format_used() == "text"
    assert format_used("--format", "html") == "html"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[run]\nformt = 'html'\n", "[run] has no option 'formt'"),
        ("[runs]\n", "unknown section 'runs'"),
        ("format = 'html'\n", "unknown section 'format'"),
        ("[run\n", "mend or remove it"),
        (b"\xff\xfe", "cannot be read"),
        ("[run]\nformat = 'docx'\n", "'docx' is not one of"),
    ],
)
def test_a_wrong_configuration_file_is_one_line(text: str | bytes, words: str, call: Call) -> None:
    write("tweetrecon.toml", text)
    ended = call("run", "samples", "-o", "out")
    assert ended.code == 2
    assert words in one_line(ended.err)
