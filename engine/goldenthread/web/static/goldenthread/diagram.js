/* Diagrams that can be moved, enlarged and asked. Without it a diagram scrolls, and each box is a link. */
"use strict";

(() => {
  const LEAST = 0.15;
  const MOST = 3;
  const PX = 96 / 72;
  const live = new WeakMap();

  /* One diagram: its size, and the point that stays where it is while that changes. */

  const make = (box) => {
    const view = box.querySelector(".view");
    let svg, wide, tall;
    let scale = 1;
    const read = () => {
      svg = view.querySelector("svg");
      [, , wide, tall] = svg ? svg.getAttribute("viewBox").split(" ").map(Number) : [0, 0, 1, 1];
    };

    const zoom = (to, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
      const next = Math.min(MOST, Math.max(LEAST, to));
      const [atX, atY] = [(view.scrollLeft + x) / scale, (view.scrollTop + y) / scale];
      scale = next;
      svg?.setAttribute("width", wide * PX * scale);
      svg?.setAttribute("height", tall * PX * scale);
      view.scrollLeft = atX * scale - x;
      view.scrollTop = atY * scale - y;
    };
    const whole = () => Math.min(view.clientWidth / (wide * PX), view.clientHeight / (tall * PX));
    const reset = () => {
      zoom(Math.min(1, Math.max(0.7, (view.clientWidth - 4) / (wide * PX))));
      const chosen = svg?.querySelector(".chosen");
      if (chosen) show(chosen);
      else {
        view.scrollLeft = 0;
        view.scrollTop = 0;
        const first = svg?.querySelector(".node.start, .node.alert, .node");
        if (first) show(first, 0);
      }
    };
    const show = (node, share = 0.4) => {
      const [at, frame] = [node.getBoundingClientRect(), view.getBoundingClientRect()];
      view.scrollLeft += at.left + at.width / 2 - frame.left - view.clientWidth / 2;
      view.scrollTop += at.top - frame.top - view.clientHeight * share;
    };
    const act = { in: () => zoom(scale * 1.25), out: () => zoom(scale / 1.25), fit: () => zoom(whole()), reset };

    box.querySelector(".diagram-tools").hidden = false;
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) act[button.dataset.zoom]();
    });
    view.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const sizes = { "+": "in", "=": "in", "-": "out", 0: "reset" };
      const moves = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
      if (sizes[event.key]) act[sizes[event.key]]();
      else if (moves[event.key]) view.scrollBy(...moves[event.key]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = view.getBoundingClientRect();
      zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
    drag(view);
    pinch(view, zoom, () => scale);
    // Another drawing in the same place: what is seen stays.
    box.addEventListener("redrawn", () => {
      const had = svg;
      read();
      if (had) zoom(scale, 0, 0);
      else reset();
    });
    read();
    reset();
    return { show };
  };

  /* A mouse takes hold of the ground and moves it; a finger scrolls as it does everywhere. */

  const drag = (view) => {
    let from = null;
    let moved = false;
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
      moved = false;
    });
    view.addEventListener("dragstart", (event) => event.preventDefault());
    addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (!moved && Math.hypot(x, y) < 5) return;
      moved = true;
      view.classList.add("dragged");
      view.scrollLeft = from.left - x;
      view.scrollTop = from.top - y;
    });
    addEventListener("pointerup", () => {
      // The click that ends a drag comes before this is taken away.
      if (from && moved) setTimeout(() => view.classList.remove("dragged"));
      from = null;
    });
  };

  const pinch = (view, zoom, now) => {
    let start = null;
    const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    view.addEventListener("touchstart", (event) => {
      start = event.touches.length === 2 ? { spread: spread(event.touches), scale: now() } : null;
    }, { passive: true });
    view.addEventListener("touchmove", (event) => {
      if (!start || event.touches.length !== 2) return;
      event.preventDefault();
      const [one, other] = event.touches;
      const frame = view.getBoundingClientRect();
      const [x, y] = [(one.clientX + other.clientX) / 2 - frame.left, (one.clientY + other.clientY) / 2 - frame.top];
      zoom((start.scale * spread(event.touches)) / start.spread, x, y);
    }, { passive: false });
    view.addEventListener("touchend", () => { start = null; }, { passive: true });
  };

  /* A box that is pressed opens beside the diagram, and so does a step that what stands there leads to. */

  const open = (box, href) => {
    const detail = document.getElementById("detail");
    window.htmx.ajax("GET", href, { target: detail, swap: "innerHTML" }).then(() => {
      const link = [...box.querySelectorAll("a.node")].find((one) => one.getAttribute("href") === href);
      box.querySelectorAll(".chosen").forEach((one) => {
        one.classList.remove("chosen");
        one.removeAttribute("aria-current");
      });
      if (link) {
        link.classList.add("chosen");
        link.setAttribute("aria-current", "true");
        live.get(box)?.show(link);
      }
      const url = new URL(location.href);
      url.searchParams.set("node", href.slice(box.dataset.base.length));
      history.replaceState(history.state, "", url);
      const heading = detail.querySelector("h2");
      if (heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      detail.scrollTop = 0;
      if (detail.getBoundingClientRect().top > innerHeight * 0.7) detail.scrollIntoView({ block: "start" });
    });
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest(".view.dragged")) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const link = event.target.closest("a");
    const box = document.querySelector("[data-diagram][data-base]");
    if (!link || !box || !document.getElementById("detail") || !window.htmx) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const href = link.getAttribute("href");
    if (!href?.startsWith(box.dataset.base) || !link.closest("[data-diagram], #detail, #findings")) return;
    event.preventDefault();
    event.stopPropagation();
    open(box, href);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest("#detail")) return;
    document.querySelector("[data-diagram] .chosen")?.focus({ preventScroll: true });
  });

  const ready = () => {
    document.querySelectorAll("[data-diagram]").forEach((box) => {
      if (!live.has(box)) live.set(box, make(box));
    });
    const tab = document.querySelector(".shelf-tabs [aria-current]");
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 40;
  };
  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", ready);
})();
