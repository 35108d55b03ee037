"""From the overview to a relation, and to the words of an event."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def test_the_overview_leads_to_a_relation_and_its_timeline(browser, workbench):
    browser.get(workbench.address)
    browser.find_element(By.LINK_TEXT, "Brazil and Paraguay").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "Brazil and Paraguay"
    assert browser.find_elements(By.CSS_SELECTOR, "figure.timeline rect.block")
    cards = browser.find_elements(By.CSS_SELECTOR, "article.event")
    assert cards
    assert all(card.find_elements(By.CSS_SELECTOR, ".words blockquote a") for card in cards)


def test_a_column_of_the_timeline_shows_its_time_alone(browser, workbench):
    browser.get(workbench.address + "relation/state:BRA/state:PRY")
    all_cards = len(browser.find_elements(By.CSS_SELECTOR, "article.event"))
    browser.find_element(By.CSS_SELECTOR, "figure.timeline rect.block").click()
    assert 0 < len(browser.find_elements(By.CSS_SELECTOR, "article.event")) <= all_cards
    assert "since=" in browser.current_url


def test_the_time_goes_along_from_screen_to_screen(browser, workbench):
    browser.get(workbench.address + "?since=2032-03&until=2032-03")
    browser.find_element(By.LINK_TEXT, "Relations").click()
    assert "since=2032-03" in browser.current_url
    assert browser.find_element(By.NAME, "since").get_attribute("value") == "2032-03"


def test_keys_lead_to_screens_and_rows(browser, workbench):
    browser.get(workbench.address)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("g", "r")
    assert browser.current_url.startswith(workbench.address + "relations")
    browser.find_element(By.TAG_NAME, "body").send_keys("j")
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "/relation/" in browser.current_url
