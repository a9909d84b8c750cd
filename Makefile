# Each command is run.py's; options go in ARGS: make run ARGS="--port 8080 --fresh"
PYTHON ?= python3

.PHONY: help run test setup check check-html bench messages lock
help run test setup check check-html bench messages lock:
	@$(PYTHON) run.py $@ $(ARGS)
