"""Which language a text is in."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from dragoman.gather import Source, document, language

HERE = Path(__file__).parent
SENTENCES = [line.split("\t") for line in (HERE / "languages.tsv").read_text("utf-8").splitlines()]
HEADLINES = (HERE / "headlines.txt").read_text("utf-8").splitlines()

TEXTS = {
    "en": (
        "The council met on Monday and decided nothing, although the harbours have been closed for a month "
        "and the fishermen on both sides of the bay are running out of money and of patience with their "
        "governments."
    ),
    "fr": (
        "Le conseil s'est réuni lundi et n'a rien décidé, bien que les ports soient fermés depuis un mois et "
        "que les pêcheurs des deux côtés de la baie n'aient plus d'argent ni de patience envers leurs "
        "gouvernements."
    ),
    "de": (
        "Der Rat ist am Montag zusammengetreten und hat nichts beschlossen, obwohl die Häfen seit einem Monat"
        " geschlossen sind und die Fischer auf beiden Seiten der Bucht kein Geld und keine Geduld mehr haben."
    ),
    "es": (
        "El consejo se reunió el lunes y no decidió nada, aunque los puertos llevan un mes cerrados y los "
        "pescadores de ambos lados de la bahía se quedan sin dinero y sin paciencia con sus gobiernos."
    ),
    "ru": (
        "Совет собрался в понедельник и ничего не решил, хотя гавани закрыты уже месяц, а у рыбаков по обе "
        "стороны залива кончаются деньги и терпение, о чём они и говорят своим правительствам каждый день."
    ),
    "uk": (
        "Рада зібралася в понеділок і нічого не вирішила, хоча гавані зачинені вже місяць, а в рибалок по "
        "обидва боки затоки закінчуються гроші та терпіння, про що вони й кажуть своїм урядам щодня."
    ),
    "tr": (
        "Konsey pazartesi günü toplandı ve hiçbir karar almadı, oysa limanlar bir aydır kapalı ve körfezin "
        "iki yakasındaki balıkçıların hem parası hem de hükümetlerine karşı sabrı tükeniyor."
    ),
    "az": (
        "Şura bazar ertəsi toplandı və heç bir qərar qəbul etmədi, halbuki limanlar bir aydır bağlıdır və "
        "körfəzin hər iki tərəfindəki balıqçıların həm pulu, həm də hökumətlərinə qarşı səbri tükənir."
    ),
    "hy": (
        "Խորհուրդը հավաքվեց երկուշաբթի օրը և ոչինչ չորոշեց, թեև նավահանգիստները փակ են արդեն մեկ ամիս, և "
        "ձկնորսների փողն ու համբերությունը սպառվում են ծովածոցի երկու կողմերում։"
    ),
    "ar": (
        "اجتمع المجلس يوم الاثنين ولم يقرر شيئا، رغم أن الموانئ مغلقة منذ شهر وأن الصيادين على جانبي الخليج "
        "ينفد مالهم وصبرهم على حكوماتهم التي لا تفعل شيئا من أجلهم."
    ),
    "pl": (
        "Rada zebrała się w poniedziałek i niczego nie postanowiła, choć porty są zamknięte od miesiąca, a "
        "rybakom po obu stronach zatoki kończą się pieniądze i cierpliwość wobec własnych rządów."
    ),
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_paragraph_is_enough_to_tell_its_language(code: str) -> None:
    assert language(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "1234 — 5678", "Velmark", "OK!", "\n\n"])
def test_too_little_text_is_in_no_language(text: str) -> None:
    assert language(text) is None


def test_the_menu_of_a_page_does_not_change_the_language_of_its_article() -> None:
    text = "\n".join(["Главная", "Новости", "Политика", "Войти", "Поиск", "", TEXTS["en"], TEXTS["en"][:80] + "."])
    assert document(Source("a.txt", text)).language == "en"
    assert document(Source("b.txt", "Home\nNews\nLog in\n\n" + TEXTS["fr"] + "\n" + TEXTS["fr"])).language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Brazil sent medicine to Rwanda.",
        "Oman gave Azerbaijan forty trucks.",
        "Moldova expelled two Jamaican diplomats.",
    ],
)
def test_one_short_sentence_of_names_is_not_taken_for_another_language(text: str) -> None:
    assert language(text) in ("en", None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El gobierno de Chile envió medicinas a Bolivia el lunes.", "es"),
        ("Der Minister hat das Abkommen mit Kenia nicht unterzeichnet.", "de"),
        ("Le ministre a rejeté la demande de la Tunisie.", "fr"),
        ("O governo do Brasil fechou a fronteira com o Paraguai.", "pt"),
    ],
)
def test_one_short_sentence_tells_its_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("code", sorted({code for code, _ in SENTENCES}))
def test_one_sentence_is_never_taken_for_another_language_and_seldom_for_too_short(code: str) -> None:
    found = Counter(language(text) for told, text in SENTENCES if told == code)
    assert set(found) <= {code, None}
    assert found[code] >= 18


def test_most_english_headlines_full_of_foreign_names_are_english() -> None:
    found = Counter(language(text) for text in HEADLINES)
    assert found["en"] >= 14
    assert found["en"] + found[None] >= 18


def test_a_short_chinese_sentence_is_chinese_and_a_japanese_one_is_not() -> None:
    assert language("村民们抱怨停水。") == "zh"
    assert language("漁民たちは港の閉鎖に抗議した。") == "ja"
    assert language("어민들은 항구 폐쇄에 항의했다.") == "ko"


def test_capitals_do_not_change_the_language() -> None:
    assert language(TEXTS["fr"].upper()) == "fr"
    assert language(TEXTS["ru"].upper()) == "ru"


def test_no_connection_is_tried_while_a_language_is_told() -> None:
    script = """
import sys
def watch(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        raise SystemExit(event)
sys.addaudithook(watch)
from dragoman.gather import language
assert language("Le ministre a rejeté la demande de la Tunisie.") == "fr"
assert language("Liman bir aydır bağlıdır, balıqçılar isə pul itirir.") == "az"
"""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{script}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
