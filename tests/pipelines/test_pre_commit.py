"""The hook in a repository with pre-commit installed: a bad plan is refused, a good one passes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.pipelines.companies import BAD, GOOD, ROOT, ran, surroundings

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


class Repository:
    """A repository of a company in which pre-commit is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "company"
        self.folder.mkdir()
        config = folder / "gitconfig"
        config.write_text("[user]\nname = Somebody\nemail = somebody@example.com\n[init]\ndefaultBranch = main\n")
        self._environment = surroundings(
            GIT_CONFIG_GLOBAL=str(config), GIT_CONFIG_NOSYSTEM="1", PRE_COMMIT_HOME=str(folder / "cache"), COLUMNS="80"
        )

    def git(self, *words: str, folder: Path | None = None) -> str:
        found = ran(["git", *words], folder or self.folder, self._environment)
        assert found.returncode == 0, found.stderr
        return found.stdout.strip()

    def install(self, hooks: Path) -> None:
        """Pre-commit with the hook of a repository; Concord itself is there already, so that nothing is fetched."""
        self.git("init", "--quiet")
        (self.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {hooks}\n  rev: {self.git('rev-parse', 'HEAD', folder=hooks)}\n"
            "  hooks:\n  - id: concord-audit\n    language: system\n"
        )
        installed = ran([*PRE_COMMIT, "install"], self.folder, self._environment)
        assert installed.returncode == 0, installed.stdout + installed.stderr

    def commit(self, plan: str) -> tuple[int, str]:
        """Write the plan and try to commit it: the exit status, and what was printed."""
        (self.folder / "plans").mkdir(exist_ok=True)
        (self.folder / "plans" / "acme.yaml").write_text(plan)
        self.git("add", ".")
        found = ran(["git", "commit", "--quiet", "--message", "Plan"], self.folder, self._environment)
        return found.returncode, found.stdout + found.stderr

    @property
    def commits(self) -> int:
        return len(self.git("log", "--all", "--oneline").splitlines())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made, hooks = Repository(tmp_path), tmp_path / "concord"
    hooks.mkdir()
    shutil.copy(MANIFEST, hooks)
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "Hooks")):
        made.git(*words, folder=hooks)
    made.install(hooks)
    return made


@pytest.mark.slow
def test_a_good_plan_is_committed_and_a_bad_one_is_not(repository: Repository) -> None:
    """The commit of a plan with a grave conflict is stopped, and says why; the same repository takes the plan without it."""
    good, _ = repository.commit(GOOD)
    before = repository.commits
    bad, said = repository.commit(BAD)

    assert (good, before) == (0, 1)
    assert bad != 0 and repository.commits == 1
    assert "concord audit" in said and "Failed" in said and "FLU101" in said


@pytest.mark.slow
def test_a_document_that_is_not_valid_is_not_committed(repository: Repository) -> None:
    """With the place of the mistake, and nothing of an audit."""
    status, said = repository.commit(GOOD.replace("direction: increase", "direction: up"))

    assert status != 0
    assert "plans/acme.yaml:6:" in said and "direction" in said


@pytest.mark.slow
def test_files_that_are_no_plans_are_left_alone(repository: Repository) -> None:
    """A pipeline's own YAML is none of its business."""
    (repository.folder / "other.yaml").write_text("a: 1\n")

    status, said = repository.commit(GOOD)

    assert status == 0, said


def test_the_manifest_is_one(tmp_path: Path) -> None:
    """As pre-commit itself checks it."""
    checked = ran([*PRE_COMMIT, "validate-manifest", str(MANIFEST)], tmp_path, surroundings())

    assert checked.returncode == 0, checked.stdout + checked.stderr
