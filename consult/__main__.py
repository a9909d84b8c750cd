"""The commands: `consult demo`, `serve`, `work`, `migrate`, `seed`, `import`, `screen`, `export` and more."""

from consult.commands import app

__all__ = ["app"]

if __name__ == "__main__":
    app()
