"""Statements, demands, accounts, search and actors: to find, to narrow down, to follow a row to its words, to decide."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait


def one(browser, css):
    return browser.find_element(By.CSS_SELECTOR, css)


def every(browser, css):
    return browser.find_elements(By.CSS_SELECTOR, css)


def soon(browser, css):
    """An element of the page that a form leads to, which is made while the browser goes on."""
    return WebDriverWait(browser, 20).until(lambda _: browser.find_element(By.CSS_SELECTOR, css))


def link(browser, text):
    return browser.find_element(By.LINK_TEXT, text)


def leads_to_words(browser):
    """Whether each row has a link to where its words stand."""
    opened = [row.find_elements(By.CSS_SELECTOR, "a[data-open]") for row in every(browser, "main [data-row]")]
    assert opened
    return all("/document/" in (some[0].get_attribute("href") or "") for some in opened if some) and all(opened)


def test_statements_are_narrowed_down_and_widened_again(browser, workbench):
    browser.get(workbench.address + "statements")
    everything = one(browser, "h1 .count").text
    link(browser, "demand").click()
    assert one(browser, ".chips").text.startswith("act demand")
    assert {kind.text for kind in every(browser, ".card .kind")} == {"demand"}
    assert leads_to_words(browser)
    link(browser, "by speaker").click()
    assert every(browser, ".rows h2 .count")
    one(browser, ".chips a").click()
    assert one(browser, "h1 .count").text == everything
    one(browser, "form.filters input[name='q']").send_keys("the toll", Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda driver: "q=the" in driver.current_url)
    assert all("the toll" in words.text.lower() for words in every(browser, ".card blockquote"))


def test_demands_lead_from_one_side_to_the_other(browser, workbench):
    browser.get(workbench.address + "demands?by=BRA&of=PRY")
    assert {head.text for head in every(browser, ".demand h2 a:last-of-type")} == {"Paraguay"}
    assert leads_to_words(browser)
    met = one(browser, "details.met")
    met.find_element(By.TAG_NAME, "summary").click()
    assert met.find_element(By.CSS_SELECTOR, "article.event blockquote a").is_displayed()
    link(browser, "What Paraguay demands of Brazil").click()
    assert [chip.text.split(" ×")[0] for chip in every(browser, ".chips a")] == ["by Paraguay", "of Brazil"]


def test_rival_accounts_stand_beside_each_other(browser, workbench):
    browser.get(workbench.address + "accounts")
    assert leads_to_words(browser)
    link(browser, "Side by side").click()
    asserting, denying = one(browser, ".rivals .asserts").rect, one(browser, ".rivals .denies").rect
    assert asserting["y"] == denying["y"]
    assert asserting["x"] + asserting["width"] <= denying["x"]
    assert leads_to_words(browser)
    assert one(browser, "h1").text == "Accounts"


def test_search_marks_the_words_and_says_what_is_wrong_with_a_query(browser, workbench):
    browser.get(workbench.address)
    one(browser, "body").send_keys("/")
    browser.switch_to.active_element.send_keys("barge* released", Keys.ENTER)
    soon(browser, ".passage mark")
    assert {mark.text.lower() for mark in every(browser, ".passage mark")} >= {"barges", "released"}
    assert leads_to_words(browser)
    field = one(browser, "main input[type='search']")
    field.clear()
    field.send_keys("barge (toll", Keys.ENTER)
    assert soon(browser, "[role='alert'] mark").text == "(toll"
    assert "never closed" in one(browser, "[role='alert']").text


def test_two_actors_are_made_one_by_hand_and_that_is_taken_back(browser, own):
    browser.get(own.address + "actors?name=quadros")
    many = len(every(browser, "table.people tbody tr"))
    assert many > 1
    one(browser, "table.people tbody a").click()
    field = one(browser, "input[name='with']")
    field.send_keys("quadros", Keys.ENTER)
    button = soon(browser, "#alike button")
    assert button.text.startswith("They are one")
    button.click()
    assert "are one" in soon(browser, "[role='status']").text
    browser.get(own.address + "actors?name=quadros")
    assert len(every(browser, "table.people tbody tr")) == many - 1
    link(browser, "Decisions about actors").click()
    one(browser, "form[action='/actors/undo'] button").click()
    assert "taken back" in soon(browser, "tr.undone").text
    browser.get(own.address + "actors?name=quadros")
    assert len(every(browser, "table.people tbody tr")) == many
