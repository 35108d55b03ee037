"""Run by tests as a process of its own: adds the readings numbered FIRST to LAST to the project, then resolves.

usage: writer_process.py PROJECT FIRST LAST
"""

import sys

import samples

from dragoman.record import Project


def main(folder, first, last):
    with Project(folder) as project:
        run = project.start_run("reader 1", {})
        for number in range(int(first), int(last)):
            # Every third text is a copy of the one before; each holds a statement and an event.
            text = f"{samples.ARTICLE}{samples.unrelated(number - (number % 3 == 2))}"
            project.add(samples.reading(text, f"page {number}.txt"), run, original=text.encode())
            print(number, flush=True)
        project.resolve()
        project.finish_run(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
