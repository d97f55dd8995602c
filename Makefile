# make certify and make test do all their set-up; every other target does too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := .venv-bench
NETWORKS ?=
JOBS ?= 2
MORE ?=

# A process of Python starts in half the time with its bytecode kept, and the tests start some thousand.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: package certify second test quick lint types regenerate coq coqc checker bench appendix site nightly fuzz clean

certify: $(READY)  ## prove every statement, re-check the certificates with both checkers, leave the result under build/
	$(BIN)/depthproof prove --again --out build
	$(BIN)/python -I -S verify/kernel/__main__.py build/theorems/*/*.claim.json > build/checked.txt || { grep -vE '^(HOLDS|  )' build/checked.txt; exit 1; }
	@echo "$$(grep -cE '^HOLDS ' build/checked.txt) certificates re-checked by the kernel alone: build/checked.txt"
	@$(MAKE) --no-print-directory second

second:  # the proved checker on the same certificates: the same lines, where it is built
	@if test -x build/checker/depthcheck; then build/checker/depthcheck build/theorems/*/*.claim.json | cmp - build/checked.txt && \
	  echo "depthcheck, proved in Coq, says the same, line by line"; \
	else echo "depthcheck, the second checker, proved in Coq, was not asked: what it has no record of is CHECKED, not KERNEL (make checker builds it)"; fi

test: $(READY)  ## the tests; NETWORKS=DIR adds those on third-party networks
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(MORE) $(if $(NETWORKS),--networks=$(NETWORKS))

quick: $(READY)  ## within a minute: lint, types, the kernel's short tests, those of the rooms that differ from the last commit
	@$(MAKE) --no-print-directory lint types
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not slow" $$($(BIN)/python -m tests.quick)

lint: $(READY)
	$(BIN)/ruff check verify proofs tests bench docs

types: $(READY)
	$(BIN)/mypy

regenerate: $(READY) coqc  ## all committed certificates, records and the Coq record anew; one theorem alone: depthproof prove --regenerate NAME
	$(BIN)/depthproof prove --regenerate
	$(BIN)/python -m verify.evidence.coq_run proofs/coq build/coq --record
	$(MAKE) --no-print-directory checker
	$(BIN)/python -m verify.checkers proofs

coq: $(READY) coqc  ## compile the Coq development, re-check it with coqchk, compare with the record
	$(BIN)/python -m verify.evidence.coq_run proofs/coq build/coq

coqc:
	@command -v coqc >/dev/null || { echo "make: coqc is missing: apt-get install --no-install-recommends coq libcoq-coquelicot" >&2; exit 1; }

checker:  ## the proved checker as a program and as JavaScript, under build/checker; Debian's coq and OCaml
	$(MAKE) --no-print-directory -C proofs/coq/checker OUT=$(CURDIR)/build/checker
	@$(PYTHON) -m verify.checkers proofs --sources > build/checker/sources
	@$(PYTHON) -m verify.report.browser build/checker/depthcheck.js proofs

appendix: $(READY)  ## the appendix from the committed certificates, as html, pdf and tex under build/appendix
	$(BIN)/depthproof appendix --out build/appendix

package: $(READY)  ## sdist and wheel under build/package, tried in new environments, from another folder, with and without each extra
	$(BIN)/python tests/package/clean.py build/package

site: $(READY)  ## the site, from docs/ and docstrings, under build/site: opens from disk, asks for nothing from outside
	$(BIN)/python docs/site/build.py build/site

nightly: $(READY) checker  ## a million damaged certificates, 100,000 random claims: none that is false is accepted, and the checkers agree
	$(BIN)/python -m tests.kernel.mutation 1000000
	$(BIN)/python -m tests.kernel.generator 100000
	$(BIN)/python -m tests.kernel.second 1000000
	$(BIN)/python -m tests.search.random_claims 10000
	$(BIN)/python -m tests.search.box_claims 60
	$(BIN)/python -m tests.faults.every_call
	$(BIN)/python -m tests.faults.test_accidents 200
	$(BIN)/python -m tests.faults.load
	$(BIN)/python -m tests.exact.test_families 20000
	$(BIN)/python -m tests.exact.test_families cells 2000
	$(MAKE) --no-print-directory fuzz

fuzz: $(READY)  ## a million damaged files of each format: read, or refused in one line; says how far it is
	for format in json onnx nnet safetensors vnnlib claim; do $(BIN)/python -m tests.bad_input.fuzz $$format 1000000 || exit 1; done

bench: $(READY)  ## exact engines and their peers side by side; peers live in an environment of their own
	test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[onnx]' -r bench/requirements.txt
	mkdir -p build
	$(BENCH)/bin/python bench/run.py --json build/bench.json $(if $(NETWORKS),--networks=$(NETWORKS))
	$(BENCH)/bin/python bench/cells.py
	$(BENCH)/bin/python bench/certificates.py

clean:
	rm -rf build

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) is missing: install Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: Python 3.11 or newer is needed, found $$($(PYTHON) -V)" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: Python's venv module is missing: on Debian, apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
