"""Debian's Chromium without a window, driven over the network of this machine alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from tests.serving import serving

from dragoman.web.access import Access

SOFTWARE_GL = "--enable-unsafe-swiftshader"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


@pytest.fixture(scope="session")
def chromium() -> Iterator[WebDriver]:
    """One browser for all tests. Where there is none the tests are skipped, but not in the continuous integration."""
    if not (CHROMIUM and DRIVER):
        assert not os.environ.get("CI"), "the continuous integration has to install chromium and chromium-driver"
        pytest.skip("there is no chromium with its driver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--lang=en",
        SOFTWARE_GL,
    ):
        options.add_argument(argument)
    options.add_argument("--window-size=1280,900")
    # What is scrolled to smoothly is not yet where the driver clicks.
    options.add_argument("--force-prefers-reduced-motion")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(DRIVER))
    driver.implicitly_wait(3)  # seconds for what is not there yet: a form's answer is made while the browser goes on
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: WebDriver) -> Iterator[WebDriver]:
    """The browser on an empty page; afterwards its console must hold no error of script or policy."""
    chromium.get("about:blank")
    chromium.get_log("browser")
    yield chromium
    errors = [entry["message"] for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    assert not errors, errors


@pytest.fixture(scope="session")
def workbench(examples: Path) -> Iterator[Access]:
    """The bundled examples, served. Tests that change the record copy the project and serve it themselves."""
    with serving(examples) as access:
        yield access


@pytest.fixture
def own(examples: Path, tmp_path: Path) -> Iterator[Access]:
    """The bundled examples in a project that the test may change."""
    folder = tmp_path / "own"
    shutil.copytree(examples, folder)
    with serving(folder) as access:
        yield access
