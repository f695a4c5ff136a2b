"""Where kills fall."""

from itertools import islice

from chaos.places import Commit, Moment, Request, at, places


def test_a_seed_gives_the_same_places_again_and_another_others() -> None:
    first = list(islice(places(1), 60))
    assert first == list(islice(places(1), 60)) != list(islice(places(2), 60))
    assert at(1, 17) == first[16]


def test_every_commit_and_every_request_has_its_turn_on_both_sides() -> None:
    chosen = list(islice(places(1), 300))
    commits = {(place.number, place.after) for place in chosen if isinstance(place, Commit) and not place.votes}
    requests = {(place.number, place.after) for place in chosen if isinstance(place, Request) and place.route is None}
    wanted = {(number, after) for number in range(1, 31) for after in (False, True)}
    assert commits == wanted == requests
    assert any(isinstance(place, Moment) for place in chosen)


def test_each_place_says_where_it_is() -> None:
    assert str(Moment(1.5)) == "1.50 s after the start"
    assert str(Commit(2, after=True, votes=True)) == "after commit 2 that writes votes"
    assert str(Request(3, after=False)) == "before request 3 of any"
    assert str(Request(1, True, "POST", "/channels/{channel_id}/threads")) == (
        "after request 1 of POST /channels/{channel_id}/threads"
    )
