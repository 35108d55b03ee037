// Keys: "/" searches, j and k go from row to row, Enter opens the row's words, "g" and a letter lead to a screen.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

/** Listens for the keys of all screens. */
export function keys() {
  const help = document.getElementById("help");
  document.getElementById("keys").addEventListener("click", () => help.showModal());
  let going = false;

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (going) {
      going = false;
      document.querySelector(`.menu a[data-key="${CSS.escape(event.key)}"]`)?.click();
    } else if (event.key === "g") {
      going = true;
      setTimeout(() => { going = false; }, 1200);
    } else if (event.key === "/") {
      document.getElementById("find").focus();
    } else if (event.key === "?") {
      help.showModal();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "Enter" && event.target.matches?.("[data-row]")) {
      event.target.querySelector("a[data-open]")?.click();
    } else {
      return;
    }
    event.preventDefault();
  });
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.indexOf(document.activeElement?.closest?.("[data-row]"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, now + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
