"""The process that works off the queue: `python -m gouvernail.web.serving.working`."""

from __future__ import annotations

from gouvernail.web.serving import lifeline, prepare


def main() -> None:
    """Work until told to stop."""
    prepare.set_up()
    from gouvernail.web.background.worker import SiteWorker

    worker = SiteWorker()
    worker.configure_signals()
    lifeline.hold()
    worker.run()


if __name__ == "__main__":
    main()
