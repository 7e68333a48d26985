# The README's commands. `make demo` and `make test` need a Swift toolchain and nothing else.

BUILD := .build/release
KEYWORD_SPOTTER := fixtures/keyword_spotter/keyword_spotter.tflite

.PHONY: demo test false-alarms fuzz build benchmark setup lint format clean

demo: build
	$(BUILD)/tilewright verify $(KEYWORD_SPOTTER)

build: setup
	swift build -c release --product tilewright

test: setup
	swift build -c release --build-tests
	swift test -c release --skip-build

# 2,000 sound plans over the models in TILEWRIGHT_CORPUS, none of which may be refused.
false-alarms: setup
	swift build -c release --build-tests
	TILEWRIGHT_BUDGET=$${TILEWRIGHT_BUDGET:-2000} swift test -c release --skip-build --filter FalseAlarmTests

# TILEWRIGHT_PAIRS pairs of random networks and plans, from TILEWRIGHT_SEED, through all checks.
fuzz: build
	$(BUILD)/tilewright fuzz --count $${TILEWRIGHT_PAIRS:-100000} --seed $${TILEWRIGHT_SEED:-1}

# What checking costs, as ratios; TILEWRIGHT_CORPUS names a folder of more models.
benchmark: setup
	cd Benchmarks && swift run -c release benchmark

coverage: setup
	scripts/coverage

setup:
	@scripts/setup

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests examples Benchmarks/Package.swift Benchmarks/Sources
	scripts/file-size

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests examples Benchmarks/Package.swift Benchmarks/Sources

clean:
	swift package clean
