"""Which language a text is in."""

from __future__ import annotations

import pytest

from dragoman.gather import Source, document, language

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
