"""The encoding rule: mark, UTF-8, declaration, Windows-1252; zero bytes mean binary unless they mean UTF-16."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.readers.encoding import NotText, clean, decode

TEXT = "Zoë said “yes” in Łódź."


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_decides(name: str) -> None:
    assert decode(TEXT.encode(name), declared="iso-8859-1").text == TEXT


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(name: str) -> None:
    found = decode((TEXT * 5).encode(name))

    assert (found.text, found.encoding, found.how) == (TEXT * 5, name, "zeros")


def test_bytes_valid_as_utf8_are_utf8_whatever_the_file_declares() -> None:
    assert decode(TEXT.encode(), declared="iso-8859-1").text == TEXT


@pytest.mark.parametrize(
    ("text", "name", "declared"),
    [
        ("Zoë", "latin-1", None),
        ("“Zoë”", "cp1252", "iso-8859-1"),
        ("Łódź", "iso-8859-2", "iso-8859-2"),
        ("Москва", "koi8-r", "KOI8-R"),
        ("新华社北京", "gb18030", "gb18030"),
        ("ソウル", "shift_jis", "shift_jis"),
        ("Zoë", "cp1252", "utf-8"),
        ("Zoë", "cp1252", "no-such-encoding"),
        ("Zoë", "cp1252", "zip"),
    ],
)
def test_the_declared_encoding_and_then_windows_1252(text: str, name: str, declared: str | None) -> None:
    assert decode(text.encode(name), declared=declared).text == text


def test_the_users_encoding_overrides() -> None:
    assert decode("Zoë".encode(), override="latin-1").text == "ZoÃ«"
    assert decode("\ufeffx".encode("utf-16-le"), override="utf-16-le").text == "x"


def test_damage_in_utf8_is_replaced_and_told() -> None:
    found = decode(TEXT.encode() * 5 + b"\xff.")

    assert found.text == TEXT * 5 + "�."
    assert found.problem == "1 character could not be read as utf-8"


def test_a_file_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    assert decode("Zoë sagt: Grüße".encode()[:-2]).text == "Zoë sagt: Grü�"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"abc\0def, a sentence", "holds a zero byte at offset 3: binary data, not text"),
        (b"\x7fELF\x02\x01", "is a program, not text"),
        (bytes(range(14, 16)) * 50, "holds 100 control bytes in its first 100: binary data, not text"),
    ],
)
def test_binary_data_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotText) as caught:
        decode(data)

    assert str(caught.value) == why


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(NotText, match="unknown encoding 'nope'"):
        decode(b"x", override="nope")


@given(st.text(max_size=50))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    if "\0" not in text and not any(ord(char) < 32 or ord(char) == 127 for char in text):
        assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(st.binary(max_size=80), st.sampled_from([None, "utf-8", "latin-1", "idna", "utf-16", "hex", "cp037"]))
def test_any_bytes_become_text_or_are_refused(data: bytes, name: str | None) -> None:
    for declared, override in ((name, None), (None, name)):
        with suppress(NotText):
            decode(data, declared=declared, override=override)


def test_control_characters_are_cleaned() -> None:
    assert clean("a\x00b\x1bc\td\ne\x7f") == "abc\td\ne"
