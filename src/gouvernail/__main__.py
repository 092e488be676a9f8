"""The way in: `gouvernail` and `python -m gouvernail`."""

import signal


def run() -> None:
    """Load the command line and run it.

    Until it is loaded, Ctrl-C ends the program in silence: nothing was begun, and a traceback tells nobody anything.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from gouvernail.cli import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()


if __name__ == "__main__":
    run()
