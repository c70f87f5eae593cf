"""What a test says of a reading: taken as it stood, mended with a note, or refused with a reason."""

from kernel.words import translate


def taken(reading):
    """A value taken as it stood: nothing mended, nothing refused."""
    assert (reading.mended, reading.note, reading.refused) == (None, None, None), reading
    return reading.value


def mended(reading):
    """A value that was changed, and says how in both languages."""
    assert reading.refused is None, str(reading.refused)
    assert reading.mended
    assert str(reading.note) != translate(reading.note, "zh")
    return reading.value


def refused(reading):
    """Why a value was left out, in both languages."""
    assert reading.value is None
    assert str(reading.refused) != translate(reading.refused, "zh")
    return str(reading.refused)
