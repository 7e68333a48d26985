# The README's commands. `make demo` and `make test` need a Swift toolchain and nothing else.

BUILD := .build/release
KEYWORD_SPOTTER := fixtures/keyword_spotter/keyword_spotter.tflite

.PHONY: demo test build setup lint format clean

demo: build
	$(BUILD)/tilewright verify $(KEYWORD_SPOTTER)

build: setup
	swift build -c release --product tilewright

test: setup
	swift build -c release --build-tests
	swift test -c release --skip-build

setup:
	@scripts/setup

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	scripts/file-size

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	swift package clean
