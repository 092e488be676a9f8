"""What somebody waits for at a page is done before what is made for later."""

from gouvernail.web.bearings.tasks import take
from gouvernail.web.data.tasks import bring, look, survey, take_back
from gouvernail.web.reports.tasks import make
from gouvernail.web.rhythm.tasks import called, decided, given


def test_files_go_before_reports_and_letters_and_those_before_figures() -> None:
    files, soon, later = (look, bring, take_back), (make, called, given, decided), (take, survey)

    assert len({one.priority for one in files}) == 1
    assert min(one.priority for one in files) > max(one.priority for one in soon)
    assert min(one.priority for one in soon) > max(one.priority for one in later)
