"""From a row to its words in the reader, and from words to their card."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from dragoman.record import Project


def test_an_event_leads_to_its_words_and_these_to_its_card(browser, workbench):
    browser.get(workbench.address + "relation/state:BRA/state:PRY")
    link = browser.find_element(By.CSS_SELECTOR, "article.event .words blockquote a")
    quoted = link.text.strip("“”")
    link.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".note-card.chosen"))
    here = browser.find_elements(By.CSS_SELECTOR, ".text .here")
    assert "".join(one.text for one in here).replace(" ", "") == quoted.replace(" ", "")
    assert 0 < here[0].rect["y"] - browser.execute_script("return scrollY") < 900
    (card,) = browser.find_elements(By.CSS_SELECTOR, ".note-card.chosen")
    assert card.find_elements(By.LINK_TEXT, "Correct")
    assert abs(card.rect["y"] - here[0].rect["y"]) < 120
    assert card.rect["x"] > here[0].rect["x"]


def test_words_and_cards_choose_each_other(browser, workbench, examples):
    with Project(examples, create=False) as project:
        id = next(one.id for one in project.documents() if len(project.statements_in(one.id)) > 10)
    browser.get(f"{workbench.address}document/{id}")
    words = browser.find_elements(By.CSS_SELECTOR, "[data-cards]")[3]
    number = words.get_attribute("data-cards").split(" ")[0]
    words.click()
    assert chosen(browser) == number
    assert "chosen" in words.get_attribute("class")
    browser.find_element(By.CSS_SELECTOR, "#card-1 .number").click()
    assert chosen(browser) == "1"
    browser.find_element(By.TAG_NAME, "body").send_keys("j")
    browser.switch_to.active_element.send_keys("j")
    assert chosen(browser) == browser.switch_to.active_element.get_attribute("data-card") != "1"

    browser.find_element(By.CSS_SELECTOR, ".layers a").click()
    assert "off=statements" in browser.current_url
    assert not browser.find_elements(By.CSS_SELECTOR, ".text .statement, .note-card.statement")
    assert browser.find_elements(By.CSS_SELECTOR, ".note-card.event")


def chosen(browser):
    (card,) = browser.find_elements(By.CSS_SELECTOR, ".note-card.chosen")
    return card.get_attribute("data-card")
