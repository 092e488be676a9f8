"""Known flaws in the locked dependencies, where the network lets us ask; one line, and no failure, where it does not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NO_ANSWER = re.compile(
    r"ConnectionError|ConnectTimeout|ReadTimeout|Timeout|Max retries|ProxyError|SSLError|HTTPError|HTTPSConnectionPool"
    r"|ServiceError|Could not connect|JSONDecodeError|Forbidden|Temporary failure",
    re.IGNORECASE,
)


def main() -> int:
    """Run pip-audit over requirements.lock; return 1 only when it answered that a version is flawed."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "requirements.lock")]
    command += ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        print("audit: not done, the vulnerability service gave no answer within two minutes.")
        return 0
    if done.returncode == 0:
        print("audit: no known vulnerabilities in requirements.lock.")
        return 0
    if "known vulnerabilit" not in done.stderr and NO_ANSWER.search(done.stderr):
        print("audit: not done, the vulnerability service cannot be reached from here.")
        return 0
    print(done.stdout, done.stderr, sep="\n", end="")
    return 1


if __name__ == "__main__":
    sys.exit(main())
