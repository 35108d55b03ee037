"""Review by the keyboard alone and by the mouse alone: what is decided is seen at once."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait


def words(browser):
    return "".join(one.text for one in browser.find_elements(By.CSS_SELECTOR, ".told .here"))


def press(browser, *keys, on=None):
    """Presses keys, and waits for the screen that they lead to."""
    before = browser.find_element(By.TAG_NAME, "html").id
    (on or browser.find_element(By.TAG_NAME, "body")).send_keys(*keys)

    WebDriverWait(browser, 10).until(
        lambda _: complete(browser) and browser.find_element(By.TAG_NAME, "html").id != before
    )


def complete(browser):
    return browser.execute_script("return document.readyState") == "complete"


def looked_at(browser):
    return int(browser.find_element(By.TAG_NAME, "progress").get_attribute("value"))


def test_keys_accept_reject_skip_and_undo(browser, own):
    browser.get(own.address + "review")
    first = words(browser)
    browser.find_element(By.CSS_SELECTOR, "details.by summary").click()
    name = browser.find_element(By.CSS_SELECTOR, "form.name input[name=by]")
    name.clear()
    press(browser, "mk", Keys.ENTER, on=name)
    browser.get(own.address + "review")
    WebDriverWait(browser, 10).until(lambda _: "by=mk" in browser.current_url and complete(browser))
    press(browser, "a")
    second = words(browser)
    assert (second != first, looked_at(browser)) == (True, 1)
    press(browser, "x")
    third = words(browser)
    assert (third not in (first, second), looked_at(browser)) == (True, 2)
    press(browser, "n")
    assert (words(browser) != third, looked_at(browser)) == (True, 2)
    press(browser, "u")
    assert (words(browser), looked_at(browser)) == (second, 1)
    press(browser, "u")
    assert (words(browser), looked_at(browser)) == (first, 0)
    press(browser, Keys.ENTER, on=browser.find_element(By.PARTIAL_LINK_TEXT, "decision"))
    states = [row.text for row in browser.find_elements(By.CSS_SELECTOR, ".decisions tbody tr")]
    assert len(states) == 2
    assert all("mk" in state and "undone" in state for state in states)


def test_a_card_is_corrected_and_the_change_is_seen(browser, own):
    relation = own.address + "relation/state:BRA/state:PRY?status=happened"
    browser.get(relation)
    card = browser.find_element(By.CSS_SELECTOR, "article.event")
    id = card.get_attribute("id")
    press(browser, Keys.ENTER, on=card.find_element(By.LINK_TEXT, "Correct"))
    browser.find_element(By.TAG_NAME, "body").send_keys("e")
    Select(browser.find_element(By.NAME, "status")).select_by_visible_text("denied")
    press(browser, Keys.ENTER, on=browser.find_element(By.CSS_SELECTOR, ".edit button.main"))
    assert "status: denied" in browser.find_element(By.CSS_SELECTOR, "[role=status]").text
    assert looked_at(browser) == 1
    browser.get(relation)
    assert not browser.find_elements(By.ID, id)
    browser.get(relation.replace("happened", "denied"))
    assert "denied" in browser.find_element(By.ID, id).text

    browser.get(f"{own.address}review?row={id}")
    browser.find_element(By.TAG_NAME, "body").send_keys("e")
    press(browser, "event-gone", Keys.ENTER, on=browser.find_element(By.CSS_SELECTOR, ".edit input[required]"))
    assert "Not kept" in browser.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert browser.find_element(By.CSS_SELECTOR, ".edit input[required]").get_attribute("value") == "event-gone"
