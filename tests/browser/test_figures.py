"""Balance, mirror and sources lead from their figures to rows and words."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from tests.serving import serving
from tests.web.telling import told_by_both_sides


def test_a_balance_is_begun_changed_and_followed_to_a_window(browser, workbench):
    browser.get(workbench.address + "balance")
    browser.find_element(By.CSS_SELECTOR, "main ul.lines a").click()
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Brazil between Paraguay")
    charts = len(browser.find_elements(By.CSS_SELECTOR, "article.standing"))
    assert charts > 1
    browser.find_elements(By.CSS_SELECTOR, "a.offer.chosen")[-1].send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(
        lambda driver: (
            len(driver.find_elements(By.CSS_SELECTOR, "article.standing")) == charts - 1
            and driver.find_elements(By.CSS_SELECTOR, ".foot")
        )
    )
    assert browser.find_elements(By.CSS_SELECTOR, ".first a[href^='/document/']")
    browser.find_element(By.CSS_SELECTOR, ".standing summary").send_keys(Keys.ENTER)
    browser.find_element(By.CSS_SELECTOR, ".standing tbody th a").send_keys(Keys.ENTER)
    assert "/relation/" in browser.current_url
    assert "since=" in browser.current_url


@pytest.fixture(scope="module")
def telling(tmp_path_factory):
    with serving(told_by_both_sides(tmp_path_factory.mktemp("telling"))) as access:
        yield access


def test_a_mirror_shows_what_one_side_alone_tells_and_sources_show_its_pages(browser, telling):
    browser.get(telling.address + "mirror")
    browser.find_element(By.CSS_SELECTOR, "main ul.lines a").click()
    groups = browser.find_elements(By.CSS_SELECTOR, ".telling")
    assert len(groups) == 3
    assert groups[0].location["y"] == groups[1].location["y"]
    alone = next(link for link in groups[0].find_elements(By.TAG_NAME, "a") if link.text.startswith("Only they tell"))
    alone.send_keys(Keys.ENTER)
    assert browser.find_elements(By.CSS_SELECTOR, "#events article.event .words blockquote a")
    browser.find_element(By.CSS_SELECTOR, ".telling p.about a").send_keys(Keys.ENTER)
    assert "/sources?" in browser.current_url
    assert len(browser.find_elements(By.CSS_SELECTOR, "#documents tbody tr")) == 2
    assert browser.find_elements(By.CSS_SELECTOR, "svg.strip rect.bar")
    words = browser.find_element(By.CSS_SELECTOR, "#documents input[name=q]")
    words.send_keys("fishing" + Keys.ENTER)
    rows = "#documents tbody tr th a[data-open][href^='/document/']"
    WebDriverWait(browser, 10).until(
        lambda driver: "q=fishing" in driver.current_url and len(driver.find_elements(By.CSS_SELECTOR, rows)) == 1
    )
