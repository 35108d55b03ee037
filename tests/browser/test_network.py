"""The network is drawn with sigma where the browser can, and as SVG where it cannot; both lead to rows."""

import json
from urllib.request import urlopen

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

NO_WEBGL = """HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext,
    {apply: (get, canvas, [kind, ...more]) => kind === "webgl2" ? null : Reflect.apply(get, canvas, [kind, ...more])});"""


def test_sigma_draws_the_network_and_an_edge_leads_to_its_rows(browser, workbench):
    with urlopen(workbench.address + "network.json?minimum=1") as answer:
        network = json.load(answer)
    named = {node["id"]: node["name"] for node in network["nodes"]}
    busiest = max((one["edge"] for one in network["edges"]), key=lambda edge: edge["n"])
    browser.get(f"{workbench.address}network?minimum={busiest['n']}")
    stage = WebDriverWait(browser, 20).until(lambda _: browser.find_element(By.CSS_SELECTOR, "#network .stage canvas"))
    pointed = browser.find_element(By.ID, "pointed")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", stage)
    told = f"{named[busiest['source']]} → {named[busiest['target']]}"
    WebDriverWait(browser, 10).until(lambda _: over(browser, stage) and told in pointed.text)
    ActionChains(browser).click().perform()
    WebDriverWait(browser, 10).until(lambda driver: "/relation/" in driver.current_url)
    assert "way=" in browser.current_url


def over(browser, stage):
    """Points at the middle, where the only edge lies; moves a little, since sigma looks at moves alone."""
    ActionChains(browser).move_to_element_with_offset(stage, 3, 0).move_to_element(stage).perform()
    return True


@pytest.fixture
def without_webgl(browser):
    """The browser, with no WebGL on the pages that it opens."""
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NO_WEBGL})
    yield browser
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_without_webgl_the_drawing_of_the_page_stays(without_webgl, workbench):
    browser = without_webgl
    browser.get(workbench.address + "network")
    edges = browser.find_elements(By.CSS_SELECTOR, "#network > svg a.edge")
    assert len(edges) == len(browser.find_elements(By.CSS_SELECTOR, "main table tbody tr"))
    assert not browser.find_elements(By.CSS_SELECTOR, "#network canvas")
    ActionChains(browser).move_to_element(browser.find_element(By.CSS_SELECTOR, "a.node circle")).perform()
    assert "event" in browser.find_element(By.ID, "pointed").text
    slider = browser.find_element(By.ID, "minimum")
    browser.execute_script("arguments[0].value = 5; arguments[0].dispatchEvent(new Event('pointerup'))", slider)
    WebDriverWait(browser, 10).until(lambda driver: "minimum=5" in driver.current_url)
    assert 0 < len(browser.find_elements(By.CSS_SELECTOR, "#network > svg a.edge")) < len(edges)
    browser.find_element(By.CSS_SELECTOR, "main table tbody td.n a").send_keys(Keys.ENTER)
    assert "/relation/" in browser.current_url
