// The reader: cards stand beside their words, and choosing the one chooses the other; "c" corrects what is chosen. Without
// it, cards stand beside their paragraph.

const reading = document.querySelector(".reading");
const cards = [...reading.querySelectorAll(".note-card")];
const wide = matchMedia("(min-width: 60rem)");
const GAP = 5;
let chosen = null;

const numberOf = (card) => card.dataset.card;
const wordsOf = (number) => [...reading.querySelectorAll(`[data-cards~="${CSS.escape(number)}"]`)];
const anchorOf = (number) => document.getElementById(`words-${number}`);

/** Where each card begins: beside its words, or below the card before it; the chosen one as near its words as can be. */
function topsOf(wanted, heights) {
  const tops = [];
  const down = (from) => {
    for (let n = from; n < cards.length; n += 1) {
      tops[n] = n ? Math.max(wanted[n], tops[n - 1] + heights[n - 1] + GAP) : Math.max(0, wanted[0]);
    }
  };
  down(0);
  const at = cards.indexOf(chosen);
  if (at > 0 && tops[at] > wanted[at]) {
    tops[at] = wanted[at];
    for (let n = at - 1; n >= 0; n -= 1) tops[n] = Math.min(tops[n], tops[n + 1] - heights[n] - GAP);
    const over = Math.max(0, -tops[0]);
    for (let n = 0; n <= at; n += 1) tops[n] += over;
    down(at + 1);
  }
  return tops;
}

/** Puts the cards beside their words; where there is no room for all, each but the chosen one takes a line only. */
function place() {
  reading.classList.remove("tight");
  reading.classList.toggle("placed", wide.matches);
  reading.style.minHeight = "";
  if (!wide.matches || !cards.length) return;
  const frame = reading.getBoundingClientRect();
  const left = reading.querySelector(".text").getBoundingClientRect().right - frame.left + 24;
  for (const card of cards) {
    card.style.left = `${left}px`;
    card.style.width = `${frame.width - left}px`;
  }
  const wanted = cards.map((card) => anchorOf(numberOf(card)).getBoundingClientRect().top - frame.top - 4);
  let heights = cards.map((card) => card.offsetHeight);
  const needed = heights.reduce((sum, height) => sum + height + GAP, 0);
  if (needed > frame.height - wanted[0]) {
    reading.classList.add("tight");
    heights = cards.map((card) => card.offsetHeight);
  }
  const tops = topsOf(wanted, heights);
  cards.forEach((card, n) => { card.style.top = `${tops[n]}px`; });
  reading.style.minHeight = `${tops.at(-1) + heights.at(-1) + GAP}px`;
}

/** Marks a card and its words as chosen. */
function choose(card) {
  if (card === chosen) return;
  chosen = card;
  reading.querySelectorAll(".chosen").forEach((one) => one.classList.remove("chosen"));
  card.classList.add("chosen");
  wordsOf(numberOf(card)).forEach((one) => one.classList.add("chosen"));
  place();
}

const show = (element) => element?.scrollIntoView({ block: "nearest" });

reading.addEventListener("click", (event) => {
  const card = event.target.closest(".note-card");
  if (card) {
    choose(card);
    if (!event.target.closest("a")) show(anchorOf(numberOf(card)));
    return;
  }
  const link = event.target.closest("a.number");
  const words = event.target.closest("[data-cards]");
  if (!link && (!words || !getSelection().isCollapsed)) return;
  const under = link ? [link.textContent] : words.dataset.cards.split(" ");
  // A further click on the same words goes on to the next row that has them.
  const next = under[(under.indexOf(chosen ? numberOf(chosen) : "") + 1) % under.length];
  const target = document.getElementById(`card-${next}`);
  if (!target) return;
  event.preventDefault();
  choose(target);
  show(target);
});

reading.addEventListener("focusin", (event) => {
  const card = event.target.closest(".note-card");
  if (card && event.target === card) {
    choose(card);
    show(anchorOf(numberOf(card)));
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "c" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, dialog[open]")) return;
  chosen?.querySelector("a.correct")?.click();
});

const asked = reading.querySelector(".here[data-cards]");
const first = reading.querySelector(".note-card.chosen")
  ?? (asked && document.getElementById(`card-${asked.dataset.cards.split(" ")[0]}`));
if (first) choose(first);
place();
wide.addEventListener("change", place);
new ResizeObserver(place).observe(reading.querySelector(".text") ?? reading);
document.getElementById("here")?.scrollIntoView({ block: "center" });
