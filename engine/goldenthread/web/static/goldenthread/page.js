/* Keys, drafts, the idle lock, filters. The page works without any of it. */
"use strict";

(() => {
  const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  const form = () => document.querySelector("form[data-draft]");

  /* Keys */

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Escape" && typing(target)) {
      target.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const main = form()?.querySelector("button.main");
      if (main) { event.preventDefault(); main.click(); }
      return;
    }
    if (document.body.dataset.keys !== "on" || event.ctrlKey || event.metaKey || event.altKey || typing(target)) return;
    if (event.key === "Enter") {
      if (target.matches("a, button, summary")) return;
      const main = document.querySelector("form.answer[data-draft] button.main");
      if (main) { event.preventDefault(); main.click(); }
      return;
    }
    if (/^[1-9]$/.test(event.key)) {
      const picks = [...document.querySelectorAll("[data-numbered], .pair input")].filter((one) => one.offsetParent);
      const pick = picks[Number(event.key) - 1];
      if (pick) { event.preventDefault(); pick.click(); pick.focus(); }
      return;
    }
    const key = CSS.escape(event.key);
    const found = document.querySelector(`[data-key="${key}"]`);
    if (found && !found.matches("input")) { event.preventDefault(); found.click(); }
  });

  /* What is being typed is kept, encrypted, in the store. */

  let waiting = 0;
  let checking = 0;
  let typed = null;
  let sending = new AbortController();
  const keep = () => {
    clearTimeout(waiting);
    const open = typed;
    typed = null;
    if (!open) return;
    const data = new FormData(open);
    data.set("action", "draft");
    const note = open.querySelector("#drafted");
    sending = new AbortController();
    fetch(open.getAttribute("action"), { method: "POST", body: new URLSearchParams(data), credentials: "same-origin", redirect: "manual", keepalive: true, signal: sending.signal })
      .then((answer) => {
        document.getElementById("offline").hidden = answer.status !== 403;
        if (note) note.textContent = answer.status === 204 ? "Kept as a draft." : "";
      })
      .catch((error) => { if (error.name !== "AbortError") document.getElementById("offline").hidden = false; });
  };
  document.addEventListener("input", (event) => {
    const open = event.target.closest("form[data-draft]");
    if (!open || event.target.matches("[type=search]")) return;
    typed = open;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 700);
  });
  /* A form that is sent is no draft any more; else what was typed last is kept. */
  document.addEventListener("submit", (event) => {
    clearTimeout(checking);
    if (!event.target.matches("form[data-draft]")) { keep(); return; }
    clearTimeout(waiting);
    typed = null;
    sending.abort();
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches("a")) keep(); });
  window.addEventListener("pagehide", keep);
  /* A server started anew does not know this page yet: what was typed stays. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const sent = event.detail;
    if (sent.xhr.status !== 403 || !sent.requestConfig.elt.matches("form[data-draft]")) return;
    sent.shouldSwap = false;
    document.getElementById("offline").hidden = false;
  });
  document.addEventListener("htmx:sendError", () => { document.getElementById("offline").hidden = false; });

  /* The letters of SMART light up as a goal is filled. */

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-check]")) return;
    clearTimeout(checking);
    checking = setTimeout(() => {
      const open = event.target.closest("form");
      if (!open?.isConnected) return;
      const data = new FormData(open);
      data.set("action", "check");
      fetch(open.getAttribute("action"), { method: "POST", body: new URLSearchParams(data), credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => {
          const fresh = new DOMParser().parseFromString(text, "text/html");
          fresh.querySelectorAll(".goal").forEach((goal) => {
            const name = goal.querySelector("[name=goal]").value;
            const here = [...document.querySelectorAll(".goal")].find((one) => one.querySelector("[name=goal]").value === name);
            for (const part of [".letters", ".flags"]) {
              const [from, to] = [goal.querySelector(part), here?.querySelector(part)];
              if (from && to) to.replaceWith(from);
            }
          });
        })
        .catch(() => {});
    }, 400);
  });

  /* An option that stands alone takes the others away, and they take it away. */

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.checked || box.name !== "answer") return;
    box.closest("fieldset").querySelectorAll("[name=answer]").forEach((other) => {
      if (other !== box && (box.dataset.alone !== undefined || other.dataset.alone !== undefined)) other.checked = false;
    });
  });

  /* Where one has to come first, it is the one that was chosen first, until another is made so. */

  document.addEventListener("change", (event) => {
    if (event.target.name !== "answer") return;
    const rows = [...(event.target.closest("fieldset")?.querySelectorAll(".option:has([name=first])") ?? [])];
    const chosen = rows.filter((row) => row.querySelector("[name=answer]:checked") || row.querySelector("[name=own]")?.value.trim());
    rows.filter((row) => !chosen.includes(row)).forEach((row) => { row.querySelector("[name=first]").checked = false; });
    if (chosen.length && !chosen.some((row) => row.querySelector("[name=first]").checked)) chosen[0].querySelector("[name=first]").checked = true;
  });

  /* Copying */

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    const button = event.target.closest("[data-copy-from]");
    if (!button) return;
    const text = button.closest("section, form, article").querySelector("[data-copy]");
    navigator.clipboard.writeText(text.value).then(() => { button.textContent = "Copied"; }, () => { text.select(); });
  });

  /* Where the eye and the focus go on a new page: to its head and its field; where the same question stays, nowhere. */

  let left = null;
  const here = () => ({
    key: form()?.querySelector("[name=key]")?.value,
    goals: [...document.querySelectorAll(".goal [name=goal]")].map((one) => one.value),
    name: document.activeElement?.getAttribute("name"),
    value: document.activeElement?.value,
    part: document.activeElement?.closest("section[id]")?.id,
    path: location.pathname,
    top: scrollY,
  });
  const inSight = (one) => {
    const box = one.getBoundingClientRect();
    const bar = document.querySelector(".stick")?.offsetHeight || 0;
    return box.top >= 0 && box.bottom <= innerHeight - bar;
  };
  const arrive = () => {
    const head = document.querySelector("main h1") || document.getElementById("main");
    const field = document.querySelector("[autofocus]");
    if (!head.hasAttribute("tabindex")) head.tabIndex = -1;
    scrollTo(0, 0);
    (field && inSight(field) ? field : head).focus({ preventScroll: true });
  };
  const stay = (before, now) => {
    const added = now.goals.find((name) => !before.goals.includes(name));
    const goal = added && [...document.querySelectorAll(".goal")].find((one) => one.querySelector("[name=goal]").value === added);
    const wrong = document.getElementById("problem");
    const blank = goal && ([...goal.querySelectorAll("[data-check]")].find((one) => one.type !== "checkbox" && !one.value) || goal.querySelector("[data-check]"));
    const named = before.name && [...document.getElementsByName(before.name)].find((one) => one.type === "text" || one.value === before.value);
    scrollTo(0, before.top);
    if (wrong) wrong.scrollIntoView({ block: "center" });
    if (goal) goal.scrollIntoView({ block: "start" });
    const next = blank || document.querySelector(".piece [autofocus]") || named || document.getElementById(before.part) || document.querySelector("main h1");
    if (!next.matches("input, textarea, select, button, a, summary")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
  document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target === document.body) left = here(); });
  document.addEventListener("htmx:afterSettle", () => {
    if (!left) return;
    const [before, now] = [left, here()];
    left = null;
    if (location.hash && document.getElementById(location.hash.slice(1))) return;
    const again = now.key ? now.key === before.key : !before.key && now.path === before.path && !document.querySelector(".banner.good");
    if (again) stay(before, now);
    else arrive();
  });

  /* Filters */

  const ready = () => {
    if (!scrollY) document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest" });
    document.querySelectorAll("[data-filter] .filter, [data-copy-from], [data-print]").forEach((one) => { one.hidden = false; });
    document.querySelectorAll(".pick [data-numbered]").forEach((box, n) => {
      if (n > 8 || box.dataset.shown || document.body.dataset.keys !== "on") return;
      box.dataset.shown = "yes";
      const mark = document.createElement("kbd");
      mark.className = "n";
      mark.setAttribute("aria-hidden", "true");
      mark.textContent = String(n + 1);
      box.closest(".pick").append(mark);
    });
    wake();
  };
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-filter-by]")) return;
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    const list = event.target.closest("[data-filter]");
    if (words.length) list.querySelectorAll("details.far").forEach((more) => { more.open = true; });
    list.querySelectorAll("[data-text]").forEach((row) => {
      const checked = row.querySelector(":checked");
      row.hidden = !checked && !words.every((word) => row.dataset.text.includes(word));
    });
  });

  /* The idle lock: the page goes away from the screen, too. */

  let idle = 0;
  let used = Date.now();
  const most = () => Number(document.body.dataset.idle || 0) * 1000;
  const lock = () => { keep(); location.assign("/locked"); };
  const wake = () => {
    clearTimeout(idle);
    used = Date.now();
    if (most()) idle = setTimeout(lock, most());
  };
  /* Timers stand still while the machine sleeps. */
  document.addEventListener("visibilitychange", () => { if (!document.hidden && most() && Date.now() - used > most()) lock(); });
  for (const sign of ["keydown", "pointerdown", "input"]) document.addEventListener(sign, wake, { passive: true });

  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", ready);
})();
