// The network drawn with sigma, where the browser has WebGL 2; else the SVG of the page stays. All that is drawn is taken from it.
const figure = document.getElementById("network");
const form = document.getElementById("network-form");
const COLOURS = { cooperation: "--quad-2", mixed: "--soft", conflict: "--quad-4" };
const DASHES = { cooperation: [10000, 0.2], mixed: [9, 4], conflict: [3, 3] };
const WIDER = 1.4;
const MOVE = { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : 200 };

form.elements.minimum.addEventListener("input", ({ target }) => {
  form.querySelector("output").value = target.value;
});
// Once the pointer lets go of the slider; by keyboard it is moved step by step, and shown with the button.
form.elements.minimum.addEventListener("pointerup", () => form.requestSubmit());
if (figure) {
  const svg = figure.querySelector("svg");
  svg.addEventListener("pointerover", ({ target }) => say(target.closest("a")?.querySelector("title")));
  if (webgl()) stage(svg);
}

function webgl() {
  const context = globalThis.Sigma && globalThis.graphology && document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

/** Tells under the drawing what the pointer is on. */
function say(title) {
  if (title) document.getElementById("pointed").textContent = title.textContent ?? title;
}

/** The graph that the SVG shows. */
function graphOf(svg) {
  const graph = new globalThis.graphology.MultiDirectedGraph();
  const told = (link) => ({ title: link.querySelector("title").textContent, href: link.getAttribute("href") });
  for (const link of svg.querySelectorAll("a.node")) {
    const { id, x, y, radius, shape, name, label } = link.dataset;
    const place = { x: Number(x), y: -Number(y), size: Number(radius), shape };
    graph.addNode(id, { ...told(link), ...place, id, label: name, named: label !== undefined, side: label ?? "right" });
  }
  for (const link of svg.querySelectorAll("a.edge")) {
    const { source, target, width, tone, curved } = link.dataset;
    const [dash, gap] = DASHES[tone];
    const route = curved === undefined ? "straight" : "curved";
    graph.addEdge(source, target, { ...told(link), source, target, size: WIDER * Number(width), tone, dash, gap, route });
  }
  return graph;
}

/** Puts a drawing of sigma's in the place of the SVG; the SVG comes back where that fails. */
function stage(svg) {
  const around = document.createElement("div");
  around.className = "stage";
  const room = document.createElement("div");
  room.className = "drawn";
  room.setAttribute("role", "img");
  room.setAttribute("aria-label", svg.getAttribute("aria-label"));
  around.append(room);
  svg.replaceWith(around);
  let sigma = null;
  const redraw = () => {
    const camera = sigma?.getCamera().getState();
    sigma?.kill();
    sigma = draw(graphOf(svg), room);
    if (camera) sigma.getCamera().setState(camera);
  };
  try {
    redraw();
  } catch (problem) {
    console.warn("The network is shown without sigma:", problem);
    around.replaceWith(svg);
    return;
  }
  around.append(zoom(() => sigma.getCamera()));
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

/** Draws the graph; what is tied to the node that is pointed at stands out. */
function draw(graph, room) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const shapes = globalThis.Sigma.rendering;
  let pointed = null;
  const near = (node) => pointed === null || pointed === node.id || graph.areNeighbors(pointed, node.id);
  const tied = (edge) => pointed === null || pointed === edge.source || pointed === edge.target;
  // The names for which the page found room; further ones when that is nearer, or too narrow for them.
  let close = room.clientWidth < 700;
  const named = (node) => (close ? "auto" : node.named ? "visible" : "hidden");
  const of = (attribute) => ({ attribute });
  const sigma = new globalThis.Sigma(graph, room, {
    primitives: {
      nodes: { shapes: [shapes.sdfCircle(), shapes.sdfSquare(), shapes.sdfDiamond()] },
      edges: {
        paths: [shapes.pathLine(), shapes.pathCurved()],
        extremities: [shapes.extremityArrow()],
        variables: { dash: { type: "number", default: 1 }, gap: { type: "number", default: 1 } },
        layers: [shapes.layerDashed({ dashSize: of("dash"), gapSize: of("gap"), solidExtremities: "head" })],
      },
    },
    styles: {
      nodes: {
        x: of("x"), y: of("y"), size: of("size"), shape: of("shape"), label: of("label"), cursor: "pointer",
        color: colour("--soft"), labelColor: colour("--text"), labelBackgroundColor: colour("--ground"), labelBackgroundPadding: 1,
        opacity: (node) => (near(node) ? 1 : 0.15),
        labelPosition: of("side"),
        labelVisibility: (node) => (pointed === null ? named(node) : near(node) ? "visible" : "hidden"),
      },
      edges: {
        size: of("size"), path: of("route"), head: "arrow", dash: of("dash"), gap: of("gap"), cursor: "pointer",
        color: (edge) => colour(COLOURS[edge.tone]),
        opacity: (edge) => (tied(edge) ? 1 : 0.07),
      },
    },
    settings: {
      enableEdgeEvents: true, edgePickingPadding: 4, gestureTarget: "shared", labelRenderedSizeThreshold: 4, stagePadding: room.clientWidth < 700 ? 15 : 50,
    },
  });
  const point = (node) => {
    pointed = node;
    sigma.refresh();
    if (node !== null) say(graph.getNodeAttribute(node, "title"));
  };
  sigma.on("enterNode", ({ node }) => point(node));
  sigma.on("leaveNode", () => point(null));
  sigma.on("enterEdge", ({ edge }) => say(graph.getEdgeAttribute(edge, "title")));
  sigma.getCamera().on("updated", ({ ratio }) => {
    const now = room.clientWidth < 700 || ratio < 0.7;
    if (now !== close) {
      close = now;
      sigma.refresh();
    }
  });
  sigma.on("clickNode", ({ node }) => location.assign(graph.getNodeAttribute(node, "href")));
  sigma.on("clickEdge", ({ edge }) => location.assign(graph.getEdgeAttribute(edge, "href")));
  return sigma;
}

/** Buttons that come nearer, go further, and show all. */
function zoom(camera) {
  const buttons = document.createElement("div");
  buttons.className = "zoom";
  const ways = [
    ["+", "Nearer", () => camera().animatedZoom(MOVE)],
    ["−", "Further", () => camera().animatedUnzoom(MOVE)],
    ["all", "Show all", () => camera().animatedReset(MOVE)],
  ];
  for (const [sign, name, go] of ways) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", go);
    buttons.append(button);
  }
  return buttons;
}
