# The doors, the same for everyone; CI uses them too.
#
#   make run      set up what is missing, then serve at http://localhost:8000 (NETJOB_PORT: another port)
#   make setup    the set-up alone: environment, pinned requirements, database, static files
#   make demo     a fictional search to look at, apart from your data     make demo ARGS=--fresh dates it anew
#   make test     all tests, in parallel              make test ARGS="-k names"
#   make check    style, types, templates, import direction, migrations, deployment settings, states
#   make format   let ruff put the code in order
#   make lock     compile requirements/*.txt anew from pyproject.toml
#   make bench    the benchmarks                      make bench ARGS="..."
#   make screenshots  pictures of every page into build/, those of the README with ARGS="--readme"
#   make clean    remove the environment and the caches, never data/ (nor data-demo/)
#
# Only relative paths, so a folder with spaces in its name and `make -C` are fine.

.POSIX:
.PHONY: help run setup demo test check check-style check-types check-templates check-imports check-migrations \
	check-deploy check-states format lock bench screenshots clean

python = .venv/bin/python
apps = netjob companies contacts outreach
# The checks start Django too: they get a data folder of their own.
apart = env NETJOB_DATA=.venv/check-data DJANGO_SETTINGS_MODULE=netjob.settings

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

run:
	@bin/make-venv app
	@exec $(python) manage.py serve

setup:
	@bin/make-venv app
	@$(python) manage.py serve --set-up-only

# Nothing of yours: its own folder, database, key and password, on this machine only.
demo:
	@bin/make-venv app
	@exec env NETJOB_DATA=data-demo NETJOB_DATA_FILE= NETJOB_URL= NETJOB_URL_FILE= NETJOB_LISTEN= NETJOB_LISTEN_FILE= \
		NETJOB_SECRET_KEY= NETJOB_SECRET_KEY_FILE= DATABASE_URL= DATABASE_URL_FILE= NETJOB_SIGNUP=closed \
		EMAIL_URL= EMAIL_URL_FILE= $(python) manage.py demo $(ARGS)

test:
	@bin/make-venv dev
	@$(python) -m pytest -n auto --dist worksteal $(ARGS)

check: check-style check-types check-templates check-imports check-migrations check-deploy check-states

check-style:
	@bin/make-venv dev
	$(python) -m ruff check .
	$(python) -m ruff format --check .

check-types:
	@bin/make-venv dev
	$(apart) $(python) -m mypy $(apps)

check-templates:
	@bin/make-venv dev
	$(python) -m djlint --quiet --profile django --ignore H015,H043 --lint templates

check-imports:
	@bin/make-venv dev
	$(python) -c "from importlinter.cli import lint_imports_command as main; main()"

check-migrations:
	@bin/make-venv dev
	$(apart) $(python) manage.py makemigrations --check --dry-run

check-states:
	@bin/make-venv dev
	$(apart) $(python) manage.py draw_states --check

# As it would stand on a public host.
check-deploy:
	@bin/make-venv dev
	$(apart) NETJOB_URL=https://netjob.example NETJOB_DEBUG= $(python) manage.py check --deploy --fail-level WARNING

format:
	@bin/make-venv dev
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

compile = .venv/bin/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-header
lock:
	@bin/make-venv dev
	$(compile) pyproject.toml -o requirements/run.txt
	$(compile) --extra postgres pyproject.toml -o requirements/postgres.txt
	$(compile) --all-extras pyproject.toml -o requirements/dev.txt

bench:
	@bin/make-venv dev
	$(python) -m benchmarks $(ARGS)

screenshots:
	@bin/make-venv dev
	$(python) -m screenshots $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
