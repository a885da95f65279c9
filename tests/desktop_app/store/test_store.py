"""Cases come back as they were given, one window edits a case, and nobody's answers are overwritten."""

import datetime
import threading

import hypothesis.strategies as some
import pytest
from hypothesis import HealthCheck, given, settings

from desktop_app.store.leases import LEASE_SECONDS
from desktop_app.store.problems import (
    CaseChangedElsewhere,
    CaseNotReadable,
    CaseOpenElsewhere,
    CaseTakenOver,
    NoSuchCase,
    StoreBusy,
)
from desktop_app.store.store import RecentCase, default_folder
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind
from tests.desktop_app.store.helpers import (
    NOW,
    case_of_answers,
    case_with,
    hold_case,
    later,
    opened,
    received,
    started,
    store_answers,
)


@pytest.fixture
def store(tmp_path):
    store = opened(tmp_path)
    yield store
    store.close()


def stored(store, remarks="first") -> str:
    number = store.new_case(NOW)
    store.save(number, case_with(remarks), {}, NOW)
    return number


# --- any case comes back --------------------------------------------------------------------------------------------

texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=60)
entities = some.sampled_from(["osteosarcoma", "chordoma", "geode"])
numbers = some.integers(1, 20) | some.floats(0.5, 20)
dates = some.dates()
SPECIAL = {
    "patient.age_years": some.integers(0, 130),
    "patient.bsn": some.sampled_from(["111222333", "123456782"]),
    "lesion.entity": entities,
    "lesion.differential": some.lists(entities, min_size=1, max_size=4),
    "lesion.bone": some.sampled_from(["femur", "rib_3"]),
    "lesion.other_sites": some.lists(
        some.fixed_dictionaries({}, optional={"bone": some.just("tibia"), "text": texts.filter(str.strip)}), max_size=3
    ),
    "lesion.size_mm": some.lists(numbers, min_size=1, max_size=3),
    "pathology.histology": entities,
    "pathology.histology_differential": some.lists(entities, min_size=1, max_size=4),
    "imaging.other": some.lists(some.fixed_dictionaries({}, optional={"what": texts, "date": dates}), max_size=3),
    "letter.left_out": some.lists(
        some.fixed_dictionaries({"action": some.just("imaging.mri_dwi"), "reason": texts.filter(str.strip)}), max_size=3
    ),
    "resection.size_mm": some.lists(numbers, min_size=1, max_size=3),
}


def answers_of(path: str) -> some.SearchStrategy:
    if fields()[path].kind is AnswerKind.YES_NO:
        return some.booleans()
    if options := fields()[path].values:
        return some.sampled_from(sorted(options))
    if path in SPECIAL:
        return SPECIAL[path]
    name = path.rpartition(".")[2]
    if name.endswith("date") or name == "sent_on":
        return dates
    return numbers if name.endswith(("_mm", "_percent")) else texts


paths = some.lists(some.sampled_from(sorted(fields())), unique=True, max_size=25)
answers = paths.flatmap(lambda chosen: some.fixed_dictionaries({path: answers_of(path) for path in chosen}))


def case_of(given_answers: dict) -> Case:
    tree: dict = {}
    for path, answer in given_answers.items():
        *groups, name = path.split(".")
        inside = tree
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[name] = answer
    return Case.model_validate(tree)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(answers, some.dictionaries(some.sampled_from(sorted(fields())), some.text()), some.datetimes())
def test_any_case_comes_back_as_it_was_given(store, given_answers, raws, moment):
    case, moment = case_of(given_answers), moment.replace(tzinfo=datetime.UTC)
    number = store.new_case(moment)
    store.save(number, case, raws, moment)
    kept = store.load(number)
    assert (kept.case, kept.raws, kept.created, kept.changed) == (case, raws, moment, moment)
    assert kept.case.model_dump_json() == case.model_dump_json()
    store.delete(number, moment)


def test_each_answer_replaces_the_one_before(store):
    number = store.new_case(NOW)
    for place in range(5):
        store.save(number, case_with(f"answer {place}"), {"patient.birth_date": "1" * place}, later(place))
    kept = store.load(number)
    assert kept.case == case_with("answer 4")
    assert kept.raws == {"patient.birth_date": "1111"}
    assert (kept.created, kept.changed) == (NOW, later(4))


# --- numbers and lists ----------------------------------------------------------------------------------------------


def test_numbers_run_on_within_a_year_and_are_never_given_out_again(store):
    assert [stored(store) for _ in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]
    store.delete("2026-0003", NOW)
    assert stored(store) == "2026-0004"
    assert store.new_case(NOW.replace(year=2027)) == "2027-0001"
    assert store.all_numbers() == ("2026-0001", "2026-0002", "2026-0004")


def test_numbers_stay_in_order_beyond_four_digits(store):
    with store._database.writing() as connection:
        connection.execute("INSERT INTO numbers VALUES (2026, 9998)")
    assert [stored(store), stored(store)] == ["2026-9999", "2026-10000"]
    assert store.all_numbers() == ("2026-9999", "2026-10000")


def test_a_number_without_an_answer_is_no_case(store):
    number = store.new_case(NOW)
    assert store.all_numbers() == () and store.recent() == ()
    with pytest.raises(NoSuchCase):
        store.load(number)


def test_recent_cases_say_number_and_time_only(store):
    numbers = [stored(store) for _ in range(3)]
    store.save(numbers[0], case_with("again"), {}, later(60))
    assert store.recent(2) == (RecentCase(numbers[0], later(60)), RecentCase(numbers[2], NOW))
    assert RecentCase._fields == ("number", "changed")


def test_a_moment_of_another_time_zone_is_the_same_moment(store):
    number = store.new_case(NOW)
    amsterdam = NOW.astimezone(datetime.timezone(datetime.timedelta(hours=1)))
    store.save(number, case_with("x"), {}, amsterdam)
    assert store.recent()[0].changed == NOW
    with pytest.raises(ValueError, match="time zone"):
        store.save(number, case_with("x"), {}, NOW.replace(tzinfo=None))


def test_a_deleted_case_is_gone(store):
    number = stored(store)
    store.delete(number, NOW)
    assert store.all_numbers() == ()
    for ask in (lambda: store.load(number), lambda: store.open_case(number, NOW), lambda: store.delete(number, NOW)):
        with pytest.raises(NoSuchCase) as refusal:
            ask()
        assert refusal.value.details["number"] == number


def test_only_what_is_open_can_be_saved(store):
    number = stored(store)
    store.release(number)
    with pytest.raises(ValueError, match="not opened"):
        store.save(number, case_with("x"), {}, NOW)


@pytest.mark.parametrize(
    "change", ["schema_version = 2", 'content = \'{"patient": {"shoe_size": "Jansen"}}\'', "content = '{'"]
)
def test_a_case_that_this_version_cannot_read_is_left_as_it_is(store, change):
    number = stored(store)
    store.release(number)
    with store._database.writing() as connection:
        connection.execute(f"UPDATE cases SET {change}")
    for ask in (lambda: store.load(number), lambda: store.open_case(number, NOW)):
        with pytest.raises(CaseNotReadable) as refusal:
            ask()
        assert "Jansen" not in f"{refusal.value}{refusal.value.__cause__}{refusal.value.details}"
    assert store.all_numbers() == (number,)


def test_the_store_is_a_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder().name == "botwijzer"


# --- one window a case ----------------------------------------------------------------------------------------------


@pytest.fixture(params=["same process", "same file"])
def other(request, store, tmp_path):
    """A second window: of the same process, or with a connection of its own."""
    other = store.for_another_window() if request.param == "same process" else opened(tmp_path)
    yield other
    other.leave()


def test_a_case_is_open_in_one_window(store, other):
    number = stored(store)
    with pytest.raises(CaseOpenElsewhere) as refusal:
        other.open_case(number, NOW)
    assert refusal.value.details["number"] == number
    assert other.load(number).case == case_with("first")
    with pytest.raises(CaseOpenElsewhere):
        other.delete(number, NOW)
    store.release(number)
    assert other.open_case(number, NOW).case == case_with("first")


def test_a_window_opens_its_own_case_again(store):
    number = stored(store)
    assert store.open_case(number, NOW).case == case_with("first")


def test_a_case_can_be_taken_over(store, other):
    number = stored(store)
    other.open_case(number, NOW, take_over=True)
    for ask in (lambda: store.save(number, case_with("lost"), {}, NOW), lambda: store.renew(number, NOW)):
        with pytest.raises(CaseTakenOver):
            ask()
    store.release(number)  # gives nothing free that is not its own
    other.save(number, case_with("second"), {}, NOW)
    assert store.load(number).case == case_with("second")
    with pytest.raises(CaseOpenElsewhere):
        store.open_case(number, NOW)


def test_a_silent_window_holds_nothing(store, other):
    number = stored(store)
    with pytest.raises(CaseOpenElsewhere):
        other.open_case(number, later(LEASE_SECONDS - 1))
    store.renew(number, later(LEASE_SECONDS))
    with pytest.raises(CaseOpenElsewhere):
        other.open_case(number, later(2 * LEASE_SECONDS - 1))
    assert other.open_case(number, later(2 * LEASE_SECONDS + 1))
    with pytest.raises(CaseTakenOver):
        store.save(number, case_with("late"), {}, later(2 * LEASE_SECONDS + 2))


def test_a_clock_that_was_set_back_takes_a_case_from_no_living_window_unasked(store, other):
    number = stored(store)
    with pytest.raises(CaseOpenElsewhere):
        other.open_case(number, later(-3600))
    store.save(number, case_with("still mine"), {}, later(-3599))
    assert other.open_case(number, later(-3598), take_over=True).case == case_with("still mine")


def test_a_clock_that_was_set_back_does_not_lock_a_case(store):
    """Of another computer nobody can tell whether its window lives."""
    number = stored(store)
    store.release(number)
    with store._database.writing() as connection:
        lease = (number, "999999999:another-computer:token", later(3600).timestamp())
        connection.execute("INSERT INTO leases VALUES (?, ?, ?)", lease)
    assert store.open_case(number, NOW)


def test_the_last_case_is_the_last_changed_whatever_the_clock_says(store):
    first, second = stored(store), stored(store)
    store.save(first, case_with("before the clock was set back"), {}, later(7200))
    store.save(second, case_with("after it"), {}, later(3600))
    assert [case.number for case in store.recent()] == [second, first]
    assert store.recent(1) == (RecentCase(second, later(3600)),)


# --- rows that something else wrote -----------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["raws", "created", "changed"])
@pytest.mark.parametrize("written", ["", "nonsense", "[1]", '{"a": 1}', "2026-11-23", "0000-00-00T00:00:00+00:00"])
def test_a_damaged_row_hides_no_other(store, column, written):
    whole, damaged = stored(store), stored(store)
    for number in (whole, damaged):
        store.release(number)
    with store._database.writing() as connection:
        connection.execute(f"UPDATE cases SET {column} = ? WHERE number = ?", (written, damaged))
    assert {case.number for case in store.recent()} == {whole, damaged}
    with pytest.raises(CaseNotReadable):
        store.open_case(damaged, NOW)
    assert store.open_case(whole, NOW).case == case_with("first")


@pytest.mark.parametrize("holder", ["", "x", "1:2", ":::", "\u0663:here:token"])
def test_a_damaged_lease_ends_with_its_time(store, holder):
    number = stored(store)
    store.release(number)
    with store._database.writing() as connection:
        connection.execute("INSERT INTO leases VALUES (?, ?, ?)", (number, holder, NOW.timestamp()))
    with pytest.raises(CaseOpenElsewhere):
        store.open_case(number, NOW)
    assert store.open_case(number, later(LEASE_SECONDS + 1))


def test_a_damaged_number_hides_no_other(store):
    number, damaged = stored(store), stored(store)
    with store._database.writing() as connection:
        connection.execute("UPDATE cases SET number = 'x-1' WHERE number = ?", (damaged,))
    assert set(store.all_numbers()) == {number, "x-1"}


def test_a_window_that_wakes_up_goes_on_with_its_case(store):
    number = stored(store)
    store.save(number, case_with("after a night"), {}, later(36_000))
    assert store.load(number).case == case_with("after a night")


def test_a_window_that_wakes_up_does_not_undo_what_another_did(store, other):
    number = stored(store)
    other.open_case(number, later(1000))
    other.save(number, case_with("second"), {}, later(1000))
    other.release(number)
    with pytest.raises(CaseChangedElsewhere):
        store.save(number, case_with("late"), {}, later(1001))
    assert store.load(number).case == case_with("second")


def test_a_case_that_was_deleted_meanwhile_does_not_come_back(store, other):
    number = stored(store)
    other.delete(number, later(1000))
    with pytest.raises(NoSuchCase):
        store.save(number, case_with("late"), {}, later(1001))
    assert store.all_numbers() == ()


def test_a_window_that_closes_gives_everything_free(store, other):
    numbers = [stored(other) for _ in range(3)]
    other.leave()
    for number in numbers:
        store.open_case(number, NOW)


def test_leases_of_killed_windows_do_not_pile_up(store):
    store.new_case(NOW)
    store.new_case(later(LEASE_SECONDS + 1))
    with store._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM leases").fetchone() == (1,)


def test_a_killed_process_holds_nothing(store, tmp_path):
    number = stored(store)
    store.release(number)
    process, pipe = started(hold_case, tmp_path, number)
    assert pipe.recv() == "held"
    with pytest.raises(CaseOpenElsewhere):
        store.open_case(number, NOW)
    process.kill()
    process.join()
    assert store.open_case(number, NOW)


def test_a_process_elsewhere_is_not_looked_for_here(store, tmp_path):
    """On another computer (a shared home folder) or in another container the same number is another process."""
    number = stored(store)
    store.release(number)
    with store._database.writing() as connection:
        gone = (number, "999999999:another-computer:token", NOW.timestamp())
        connection.execute("INSERT INTO leases VALUES (?, ?, ?)", gone)
    with pytest.raises(CaseOpenElsewhere):
        store.open_case(number, NOW)


# --- several at once ------------------------------------------------------------------------------------------------


def test_processes_write_different_cases_at_once(store, tmp_path):
    running = [started(store_answers, tmp_path, 100) for _ in range(4)]
    last = [received(pipe)[-1] for _, pipe in running]
    assert sorted(number for number, _ in last) == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]
    for number, count in last:
        assert count == 100 and store.load(number).case == case_of_answers(100)


def test_threads_share_a_store(store):
    failed = []

    def work(place: int) -> None:
        try:
            window = store.for_another_window()
            number = window.new_case(NOW)
            for answer in range(20):
                window.save(number, case_with(f"{place} {answer}"), {}, NOW)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert {store.load(number).case.letter.remarks for number in store.all_numbers()} == {
        f"{place} 19" for place in range(4)
    }


def test_a_lock_that_lasts_is_told_and_nothing_is_lost(store, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop_app.store.connecting.WAIT_SECONDS", 0.05)
    number = stored(store)
    store.release(number)
    waiting = opened(tmp_path)
    waiting.open_case(number, NOW)
    with store._database.writing(), pytest.raises(StoreBusy):
        waiting.save(number, case_with("too early"), {}, NOW)
    waiting.save(number, case_with("second try"), {}, NOW)
    assert waiting.load(number).case == case_with("second try")
