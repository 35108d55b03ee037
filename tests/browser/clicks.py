"""Clicks that lead to another page, and the wait for it."""

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait


def send(browser: WebDriver, button: WebElement) -> None:
    """Clicks what sends a form, and waits until its answer stands there."""
    button.click()
    WebDriverWait(browser, 30).until(staleness_of(button))
