// Review by the keyboard: a accepts, x rejects, e edits, n skips, u undoes. Each key presses the button or link that shows it.

const edit = document.getElementById("edit");

/** Opens the form of corrections, and closes it again. */
function toggle() {
  edit.open = !edit.open;
  if (edit.open) edit.querySelector("input:not([type=hidden]), select")?.focus();
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && edit?.open && edit.contains(event.target)) {
    toggle();
    document.querySelector("[data-key='a']").focus();
    return;
  }
  if (event.target.closest?.("input, textarea, select, dialog[open]")) return;
  const pressed = document.querySelector(`main [data-key="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});

document.querySelector("main [data-key='e']")?.addEventListener("click", (event) => {
  event.preventDefault();
  toggle();
});

// A second press while the answer is on its way would decide about a row that nobody has seen.
document.querySelectorAll("main form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (document.body.dataset.sent) event.preventDefault();
    document.body.dataset.sent = "yes";
  });
});
addEventListener("pageshow", () => { delete document.body.dataset.sent; });

// The name under which decisions are kept is asked for once in this browser.
const name = document.querySelector("form.name");
try {
  const known = localStorage.getItem("reviewer");
  const here = new URL(location.href);
  if (known && !here.searchParams.get("by") && known !== name.elements.by.value) {
    here.searchParams.set("by", known);
    location.replace(here);
  }
  name.addEventListener("submit", () => localStorage.setItem("reviewer", name.elements.by.value.trim()));
} catch { /* no storage: the name stands in the address alone */ }
