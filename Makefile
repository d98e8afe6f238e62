# The commands of the project: each sets up .venv from the lock first, if that was not done yet.
# Only relative paths below: the folder's own path may hold spaces and Chinese characters.
SHELL := /bin/sh
.DEFAULT_GOAL := help
# Containers often set it; twelve kernels and the workers of the tests would then compile all modules anew each time.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help env figures test lab site site-public site-check browser bench lock clean

# another interpreter: make figures PYTHON=python3.13
PYTHON ?= python3
PY := .venv/bin/python
# options for JupyterLab: make lab LAB=--port=9999
LAB ?=

help:
	@echo 'make figures   run all notebooks, write figures/, say what changed'
	@echo 'make test      unit tests and every notebook, outputs compared (pytest --nbval)'
	@echo 'make lab       open JupyterLab on the front page (as root it prints the address)'
	@echo 'make site      build/site: the site for your own disk, with the five pages in full'
	@echo 'make site-public  build/site-public: the site with lines that hold a cited passage only'
	@echo 'make site-check   build both sites and look at every page in Chromium'
	@echo 'make browser   run every notebook in a real JupyterLab in Chromium'
	@echo 'make bench     run the benchmarks'
	@echo 'make lock      renew the locks and environment.yml from pyproject.toml'
	@echo 'make clean     remove .venv and caches'

env:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	  echo 'chipnotes: there is no "$(PYTHON)" here. Install Python 3.11 or later, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3' >&2; exit 1; }
	@MAKECMDGOALS='$(MAKECMDGOALS)' "$(PYTHON)" -B tools/setup_env.py

figures: env
	@$(PY) tools/run_notebooks.py

test: env
	@$(PY) -m pytest --nbval -n auto --dist loadfile --no-loadscope-reorder

# As root, which is how containers run, there is no browser to open: the address is printed. LAB holds more options.
lab: env
	@set --; if [ "$$(id -u)" = 0 ]; then set -- --allow-root --no-browser; \
	  echo 'JupyterLab prints an address below, http://127.0.0.1:…/lab/tree/notebooks/00_front_page.ipynb?token=…: open it in a browser.'; \
	  echo "In a container whose port 8888 is published: make lab LAB=--ServerApp.ip=0.0.0.0"; fi; \
	$(PY) -m jupyterlab "$$@" --ServerApp.root_dir="$$PWD" \
	  --LabApp.default_url=/lab/tree/notebooks/00_front_page.ipynb $(LAB)

# the committed notebooks, without running them
site: env
	@"$(PYTHON)" -B tools/setup_env.py --site
	@$(PY) -B site/build.py

site-public: env
	@"$(PYTHON)" -B tools/setup_env.py --site
	@$(PY) -B site/build.py --public

browser: env
	@"$(PYTHON)" -B tools/setup_env.py --browser
	@$(PY) -m pytest tests/browser/test_lab.py

site-check: site site-public
	@"$(PYTHON)" -B tools/setup_env.py --browser
	@$(PY) -m pytest tests/browser/test_site.py tests/browser/test_site_build.py

bench: env
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(PY) "$$script" || exit 1; done

# uv is a tool of whoever renews the pins, not a part of the environment
lock: env
	@test -x .venv/uv/bin/python || { "$(PYTHON)" -m venv .venv/uv && .venv/uv/bin/python -m pip install --quiet uv; }
	@.venv/uv/bin/python tools/lock.py

clean:
	rm -rf .venv build .hypothesis .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
