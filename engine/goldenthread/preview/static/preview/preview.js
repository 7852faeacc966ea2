/* The page follows what is saved: it asks whether anything was, and takes in what changed. Size, place and choice stay. */
"use strict";

(() => {
  const REST = 500;
  const BUSY = 120;
  const nowAt = document.body.dataset.now;
  let number = document.body.dataset.number;
  let timer = 0;

  /* What the server gave for each part of the page, to see whether a new one is another. */
  const given = new Map();
  const remember = (part, html) => given.set(part.id, html);
  document.querySelectorAll("[data-live]").forEach((part) => remember(part, part.innerHTML));

  /* What has the focus is found again by its id, its address or its kind. */
  const mark = () => {
    const one = document.activeElement;
    const part = one?.closest("[data-live]");
    if (!part || one === part) return null;
    if (one.id) return () => document.getElementById(one.id);
    const href = one.getAttribute("href");
    const copy = one.dataset.copy;
    return () => [...part.querySelectorAll(one.localName)].find(
      (other) => (href ? other.getAttribute("href") === href : !copy || other.dataset.copy === copy),
    );
  };

  const replace = (part, fresh) => {
    part.className = fresh.className;
    // What stands beside the drawing may have come from a box that was pressed since.
    if (given.get(part.id) === fresh.innerHTML && part.id !== "detail") return;
    remember(part, fresh.innerHTML);
    const [left, top] = [part.scrollLeft, part.scrollTop];
    const folds = () => [...part.querySelectorAll("details")];
    const open = folds().map((one) => one.open);
    part.innerHTML = fresh.innerHTML;
    folds().forEach((one, n) => { one.open = Boolean(open[n]); });
    part.scrollLeft = left;
    part.scrollTop = top;
    part.closest("[data-diagram]")?.dispatchEvent(new CustomEvent("redrawn"));
  };

  const refresh = async () => {
    const asked = location.href;
    const answer = await fetch(asked, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A box was pressed meanwhile, and this page knows nothing of it.
    if (location.href !== asked) return refresh();
    const find = mark();
    document.querySelectorAll("[data-live]").forEach((part) => {
      const fresh = page.getElementById(part.id);
      if (fresh) replace(part, fresh);
    });
    number = page.body.dataset.number;
    document.title = page.title;
    const base = page.querySelector("[data-base]")?.dataset.base;
    if (base) document.querySelector("[data-base]").dataset.base = base;
    const focused = find?.();
    if (focused) {
      if (focused.localName === "h2") focused.tabIndex = -1;
      focused.focus({ preventScroll: true });
    }
    ready();
    return undefined;
  };

  const ask = async () => {
    let wait = REST;
    try {
      const answer = await fetch(`${nowAt}?seen=${number}`);
      lost(!answer.ok);
      if (answer.status === 200) {
        const now = await answer.json();
        if (String(now.number) !== number) await refresh();
        if (now.busy) wait = BUSY;
      }
    } catch {
      lost(true);
    }
    later(wait);
  };
  const later = (wait) => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, wait);
  };
  const lost = (gone) => { document.getElementById("lost").hidden = !gone; };
  document.addEventListener("visibilitychange", () => later(0));

  /* A place is copied by its button. */
  const ready = () => document.querySelectorAll(".copy[hidden]").forEach((one) => { one.hidden = false; });
  document.addEventListener("htmx:afterSettle", ready);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });

  ready();
  if (document.getElementById("standing")) later(0);
})();
