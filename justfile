# The main commands. `just` comes from PyPI as rust-just; each line also runs by hand.

# run all tests in .venv, installing what they need
test *arguments:
    bash tests/run {{arguments}}

# lint, format and type checks
check:
    ruff check .
    ruff format --check .
    mypy

# score attribution on PolNeAR
evals folder="../shared/data/polnear" split="dev":
    python -m evals polnear {{folder}} --split {{split}}

# score speakers, nesting, qualities of attributions and other news by the coding sheets
coded data="../shared/data":
    python -m evals coded {{data}}

# compare the figures with their floors
floors:
    python -m evals floors

# the cost of a reading against a plain parse
bench:
    python -m benchmarks

# the shipped example as pages in out/
example:
    closeread read examples/harbour --html out

# write docs/*.schema.json from the dataclasses
schema:
    python docs/make_schema.py
