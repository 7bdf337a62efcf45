"""What the eye should find first."""

from jieyou.commons.triage.reading import pieces

TEXT = "枣园路18号院的路灯从11月3日晚上开始不亮，天天摔人。希望尽快派人来修。"


def test_the_pieces_together_are_the_text() -> None:
    assert "".join(piece.text for piece in pieces(TEXT)) == TEXT
    assert pieces("") == []


def test_places_times_and_the_request_are_marked() -> None:
    marked = [(piece.kind, piece.text) for piece in pieces(TEXT) if piece.kind]
    assert marked[0][0] == "place" and marked[0][1].startswith("枣园路")
    assert ("time", "11月3日") in marked
    assert marked[-1] == ("ask", "希望尽快派人来修。")


def test_words_that_were_heard_come_before_all_other_marks() -> None:
    grave = (TEXT.index("摔人"), TEXT.index("摔人") + 2)
    assert [piece.text for piece in pieces(TEXT, (grave,)) if piece.kind == "grave"] == ["摔人"]
