"""A brief is drafted, changed, checked and taken out in the browser."""

from urllib.request import urlopen

from selenium.webdriver.common.by import By
from tests.browser.clicks import send


def test_a_brief_is_drafted_changed_and_written(browser, own):
    browser.get(own.address + "briefs")
    browser.find_element(By.LINK_TEXT, "Brazil and Paraguay").click()
    browser.find_element(By.NAME, "name").send_keys("The locks")
    send(browser, browser.find_element(By.CSS_SELECTOR, "form.filters button.main"))
    assert browser.current_url.endswith("/brief/The%20locks")
    sentences = browser.find_elements(By.CSS_SELECTOR, "article.sentence")
    assert len(sentences) > 5
    assert not browser.find_elements(By.CSS_SELECTOR, "article.unsupported")

    text = browser.find_element(By.CSS_SELECTOR, "article.sentence textarea")
    text.clear()
    text.send_keys("Freedonia landed 900 marines.")
    last = browser.find_elements(By.CSS_SELECTOR, "article.sentence textarea")[-1]
    last.clear()
    send(browser, browser.find_element(By.CSS_SELECTOR, ".save button"))
    after = browser.find_elements(By.CSS_SELECTOR, "article.sentence")
    assert len(after) == len(sentences) - 1
    outlined = browser.find_element(By.CSS_SELECTOR, "article.unsupported")
    assert "900" in outlined.find_element(By.CLASS_NAME, "reasons").text
    assert "1 without support" in browser.find_element(By.CSS_SELECTOR, ".lacking").text

    with urlopen(own.address + "brief/The%20locks/file?format=md") as answer:
        assert answer.headers["content-disposition"] == 'attachment; filename="The-locks.md"'
        assert "900 marines" in answer.read().decode()
    with urlopen(own.address + "brief/The%20locks/file?format=docx") as answer:
        assert answer.read().startswith(b"PK")


def test_a_brief_that_was_changed_elsewhere_is_not_overwritten(browser, own):
    browser.get(own.address + "briefs?a=state:BRA&b=state:PRY")
    browser.find_element(By.NAME, "name").send_keys("Twice")
    send(browser, browser.find_element(By.CSS_SELECTOR, "form.filters button.main"))
    address = browser.current_url
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    browser.get(address)
    browser.find_element(By.NAME, "title").send_keys(" II")
    send(browser, browser.find_element(By.CSS_SELECTOR, ".save button"))
    browser.close()
    browser.switch_to.window(first)
    browser.find_element(By.NAME, "title").send_keys(" III")
    send(browser, browser.find_element(By.CSS_SELECTOR, ".save button"))
    assert "was changed elsewhere" in browser.find_element(By.TAG_NAME, "main").text
    browser.get_log("browser")  # the answer 400 stands there
    browser.get(address)
    assert browser.find_element(By.NAME, "title").get_attribute("value").endswith(" II")
