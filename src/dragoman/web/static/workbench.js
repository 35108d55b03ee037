// What all screens share: theme, keys, help, and the time brush. Screens work without it.
import { brush } from "./brush.js";
import { keys } from "./keys.js";

const root = document.documentElement;

document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
});

keys();
document.querySelectorAll("form.brush").forEach(brush);
document.getElementById("here")?.scrollIntoView({ block: "center" });
