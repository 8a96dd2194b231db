/* Keeps the worklist and the page of an alert true: asks every few seconds, more rarely while another window is looked
   at. The list is replaced, and nothing moves under the pointer; the page of an alert says that something has happened.
   Never silently stale: a lost connection and a machine that slept are shown. When the session has ended, so has the
   page: whoever walks by an unattended screen reads nothing of any patient. */
"use strict";

(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const content = live.querySelector("[data-content]");
  const news = live.querySelector("[data-news]");
  const every = Number(live.dataset.seconds) * 1000;
  const whenHidden = 3;
  const reactionTime = 1000;
  const units = live.dataset.ageUnits.split(",");
  const revealed = new Map();
  let tag = live.dataset.tag ?? "";
  let timer = 0;
  let isAsking = false;
  let renewedAt = performance.now();
  let answeredAt = Date.now();
  let serverNow = 0;
  let waiting = 0;
  let isOver = false;
  let replacedAt = -reactionTime;
  let before = new Map();

  const show = (name) => (isOver && name !== "session") || live.querySelectorAll("[data-notice]").forEach((one) => (one.hidden = one.dataset.notice !== name));

  function inWords(milliseconds) {
    const minutes = Math.max(0, Math.floor(milliseconds / 60000));
    if (minutes < 60) return `${minutes} ${units[0]}`;
    if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} ${units[1]} ${String(minutes % 60).padStart(2, "0")} ${units[0]}`;
    const days = Math.floor(minutes / 1440);
    return `${days} ${days === 1 ? units[2] : units[3]}`;
  }

  // Ages go by the server's clock, from the moment at which it wrote the page; this machine only counts on.
  function tick() {
    const now = serverNow + (performance.now() - renewedAt);
    for (const one of live.querySelectorAll("time[data-age]")) one.textContent = inWords(now - Date.parse(one.dateTime));
    if (Date.now() - answeredAt > 6 * every && live.querySelectorAll("[data-notice]:not([hidden])").length === 0) show(content ? "old" : "lost");
  }

  function take() {
    renewedAt = performance.now();
    const written = live.querySelector("[data-now]") ?? live;
    serverNow = Date.parse(written.dataset.now);
    waiting = Number(written.dataset.waiting ?? 0);
    document.title = (waiting ? `(${waiting}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  }

  const rows = () => [...content.querySelectorAll("[data-alert]")];
  const find = (id) => content.querySelector(`[data-alert="${id}"]`);
  const places = () => new Map(rows().map((one) => [one.dataset.alert, one.getBoundingClientRect()]));
  const calls = () => new Map(rows().filter((one) => one.dataset.announcement).map((one) => [one.dataset.alert, one.dataset.announcement]));

  // What somebody was doing in the list stays: ticks, the place of the keyboard, a number that was asked for, and what
  // they look at.
  function replace(html) {
    const called = calls();
    const waited = waiting;
    const steady = [content.querySelector("[data-alert]:hover"), document.activeElement?.closest("[data-alert]"), ...rows()];
    before = places();
    replacedAt = performance.now();
    const ticked = new Set([...content.querySelectorAll("input:checked")].map((one) => one.value));
    const focused = placeOf(document.activeElement);
    content.innerHTML = html;
    for (const one of content.querySelectorAll("input[type=checkbox]")) one.checked = ticked.has(one.value);
    for (const [id, number] of revealed) find(id)?.querySelector("[data-phone]")?.replaceWith(number);
    if (focused) content.querySelector(focused)?.focus({ preventScroll: true });
    take();
    announce(called, waiting > waited);
    stay(steady.filter((one) => one && isInSight(before.get(one.dataset.alert))).map((one) => one.dataset.alert));
  }

  const isInSight = (box) => box.bottom > 0 && box.top < window.innerHeight;

  // The first of these rows that is still there stays where it was on the screen.
  function stay(ids) {
    const id = ids.find(find);
    if (id) window.scrollBy({ top: find(id).getBoundingClientRect().top - before.get(id).top, behavior: "instant" });
  }

  // For a moment after the list was replaced, a click counts only on the row that was in that place before.
  function isMistaken(event) {
    if (event.detail === 0 || performance.now() - replacedAt > reactionTime) return false;
    const was = [...before].find(([, box]) => event.clientY >= box.top && event.clientY < box.bottom);
    return event.target.closest("[data-alert]")?.dataset.alert !== was?.[0];
  }

  // Whatever begins to wait for somebody is named above the list until that is followed, or somebody has it.
  function announce(called, areMore) {
    const calling = calls();
    const fresh = [...calling].filter(([id, words]) => called.get(id) !== words);
    for (const one of [...news.children]) if (!waiting || (one.dataset.of && called.get(one.dataset.of) !== calling.get(one.dataset.of))) one.remove();
    for (const [id, words] of fresh) {
      const link = document.createElement("a");
      Object.assign(link, { href: `#${find(id).id}`, textContent: words });
      link.dataset.of = id;
      news.append(link);
    }
    if (areMore && !fresh.length && !news.querySelector("[data-elsewhere]")) news.append(live.querySelector("template").content.cloneNode(true));
  }

  function placeOf(element) {
    if (!element || !content.contains(element)) return "";
    const row = element.closest("[data-alert]");
    const within = row ? `[data-alert="${row.dataset.alert}"] ` : "";
    const name = element.getAttribute("name");
    const href = element.getAttribute("href");
    const action = element.getAttribute("formaction");
    if (name) return `${within}${element.localName}[name="${name}"]`;
    if (action) return `${within}[formaction="${CSS.escape(action).replaceAll("\\", "\\\\")}"]`;
    return href ? `${within}a[href="${href}"]` : "";
  }

  async function ask() {
    if (isAsking || isOver) return;
    isAsking = true;
    try {
      const headers = { "X-Background": "1", ...(tag && { "If-None-Match": tag }) };
      const answer = await fetch(live.dataset.source, { headers, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) end();
      else if (answer.status === 304) fresh();
      else if (!answer.ok) show("lost");
      else if (!content) show("changed");
      else {
        const html = await answer.text();
        tag = answer.headers.get("ETag") ?? "";
        replace(html);
        fresh();
      }
    } catch {
      show("lost");
    } finally {
      isAsking = false;
      again();
    }
  }

  // Nothing stays but the word that the session has ended, and the way to sign in again.
  function end() {
    isOver = true;
    show("session");
    revealed.clear();
    news?.replaceChildren();
    for (const one of [...live.children]) if (!one.matches(".signs, [data-notice]")) one.remove();
    document.title = document.title.replace(/^\(\d+\) /, "");
  }

  function fresh() {
    answeredAt = Date.now();
    show("");
  }

  function again() {
    clearTimeout(timer);
    if (isOver) return;
    timer = setTimeout(ask, document.hidden ? whenHidden * every : every);
  }

  async function reveal(button) {
    const answer = await fetch(button.formAction, {
      method: "POST",
      headers: { "X-Fragment": "1" },
      body: new FormData(button.form),
      redirect: "manual",
    });
    if (!answer.ok) return button.form.requestSubmit(button);
    const holder = document.createElement("template");
    holder.innerHTML = (await answer.text()).trim();
    const number = holder.content.firstElementChild ?? document.createTextNode(holder.innerHTML);
    revealed.set(button.closest("[data-alert]").dataset.alert, number);
    button.replaceWith(number);
    number.focus?.();
  }

  content?.addEventListener(
    "click",
    (event) => {
      if (!isMistaken(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  news?.addEventListener("click", (event) => event.target.closest("[data-of]")?.remove());
  live.addEventListener("click", (event) => {
    const button = event.target.closest("[data-phone]");
    if (!button) return;
    event.preventDefault();
    reveal(button).catch(() => show("lost"));
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? again() : ask()));
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  window.addEventListener("online", ask);
  window.addEventListener("offline", () => show("lost"));

  take();
  tick();
  setInterval(tick, 1000);
  again();
})();
