// The time brush: drag over months to show their time alone.

/** @param {HTMLFormElement} form with months as `g.month[data-first][data-last]`, and inputs `since` and `until` */
export function brush(form) {
  const months = [...form.querySelectorAll("g.month")];
  let from = null;

  const at = (event) => months.indexOf(document.elementFromPoint(event.clientX, event.clientY)?.closest("g.month"));
  const choose = (one, other) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    months.forEach((month, number) => month.classList.toggle("chosen", number >= low && number <= high));
    form.elements.since.value = months[low].dataset.first;
    form.elements.until.value = months[high].dataset.last;
  };

  form.querySelector("svg")?.addEventListener("pointerdown", (event) => {
    from = at(event);
    if (from >= 0) choose(from, from);
    event.preventDefault();
  });
  form.querySelector("svg")?.addEventListener("pointermove", (event) => {
    const to = at(event);
    if (from !== null && from >= 0 && to >= 0) choose(from, to);
  });
  addEventListener("pointerup", () => {
    if (from !== null && from >= 0) form.requestSubmit();
    from = null;
  });
}
