/* Keeps the worklist and the page of an alert true. The list is replaced, and nothing moves under the pointer; the page
   of an alert says that something has happened. Never silently stale: a lost connection and a machine that slept are
   shown. When the session has ended, so has the page: whoever walks by an unattended screen reads nothing of any patient. */
import { poll } from "./poll.js";
import { count, renew, tellNothing, tellTheTime } from "./watch.js";

const live = document.getElementById("live");
const content = live.querySelector("[data-content]");
const reactionTime = 1000;
const revealed = new Map();
let isChanged = false;
let isOver = false;
let replacedAt = -reactionTime;
let before = new Map();

function show(name) {
  const shown = isOver ? "session" : name || (isChanged ? "changed" : "");
  for (const one of live.querySelectorAll("[data-notice]")) if (one.hidden === (one.dataset.notice === shown)) one.hidden = !one.hidden;
}

function take() {
  const written = content?.querySelector("[data-now]");
  if (!written) return;
  tellTheTime(written.dataset.now);
  count(Number(written.dataset.waiting), written.dataset.title);
}

const rows = () => [...content.querySelectorAll("[data-alert]")];
const find = (id) => content.querySelector(`[data-alert="${id}"]`);
const places = () => new Map(rows().map((one) => [one.dataset.alert, one.getBoundingClientRect()]));

// What somebody was doing in the list stays: ticks, the place of the keyboard, a number that was asked for, and what
// they look at.
function replace(html) {
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
  renew(content.querySelector("template[data-watch]").content);
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

// Nothing stays but the word that the session has ended, and the way to sign in again.
function end() {
  isOver = true;
  show("session");
  revealed.clear();
  for (const one of [...live.children]) if (!one.matches(".signs, [data-notice]")) one.remove();
  tellNothing();
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
live.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phone]");
  if (!button) return;
  event.preventDefault();
  reveal(button).catch(() => show("lost"));
});

// Whoever has acted from a line goes on there; where the line has left this part of the list, at its first.
function goOn() {
  if (!content || !location.hash.startsWith("#alert-")) return;
  const line = document.getElementById(location.hash.slice(1)) ?? content.querySelector("[data-alert]");
  history.replaceState(null, "", location.pathname + location.search);
  (line?.querySelector(".acts .primary") ?? line?.querySelector("h3 a"))?.focus();
}

take();
goOn();
show("");
const { ask, isLate } = poll({
  source: live.dataset.source,
  seconds: Number(live.dataset.seconds),
  tag: live.dataset.tag,
  show,
  end: () => end(),
  take: async (answer) => {
    if (content) return replace(await answer.text());
    const told = document.createElement("template");
    told.innerHTML = await answer.text();
    renew(told.content);
    isChanged ||= told.content.querySelector("[data-calls]").dataset.version !== live.dataset.version;
    show("");
  },
});
if (!content) ask();
setInterval(() => isLate() && live.querySelectorAll("[data-notice]:not([hidden])").length === 0 && show(content ? "old" : "lost"), 1000);
