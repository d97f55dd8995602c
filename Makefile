# make certify and make test do all their set-up; every other target does too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NETWORKS ?=
JOBS ?= 2

.PHONY: certify test lint types regenerate coq bench appendix nightly clean

certify: $(READY)  ## prove every statement, re-check the certificates with the kernel alone, leave the result under build/
	$(BIN)/depthproof prove --out build
	$(BIN)/python -I -S verify/kernel/__main__.py build/certificates

test: $(READY)  ## the tests; NETWORKS=DIR adds those on third-party networks
	$(BIN)/python -m pytest -q -n $(JOBS) $(if $(NETWORKS),--networks $(NETWORKS))

lint: $(READY)
	$(BIN)/ruff check verify proofs tests

types: $(READY)
	$(BIN)/mypy

regenerate: $(READY)  ## the only way in which the committed certificates change
	$(BIN)/depthproof prove --regenerate

coq:  ## compile the Coq development and check it with coqchk
	@command -v coqc >/dev/null || { echo "make coq: coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot" >&2; exit 1; }
	$(PYTHON) proofs/coq/run.py

clean:
	rm -rf build

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing: install Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed, found $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
