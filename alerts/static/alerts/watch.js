/* On every page of a clinic's staff: tells of urgent alerts that nobody has, of what holds alerts up, and when the
   session ends. Ages tick. Nothing moves under the pointer, and nothing stays covered: the page keeps room for it. */
import { poll } from "./poll.js";

const watch = document.getElementById("watch");
const region = watch.querySelector(".calls");
const list = region.querySelector("ol");
const more = region.querySelector("[data-more]");
const units = watch.dataset.ageUnits.split(",");
const hasOwnSigns = document.getElementById("live") !== null;
const isWorklist = document.querySelector("#live [data-content]") !== null;
const most = 3;
const warnedBefore = 5 * 60;
const reactionTime = 1000;
const kept = "calls that were seen";
let seen = new Set(read());
let endsAt = Infinity;
let limit = "";
let trouble = "";
let told = document.createElement("ol");
let clock = { server: Date.parse(watch.dataset.now), here: performance.now() };

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(kept) ?? "[]");
  } catch {
    return [];
  }
}

function see(keys) {
  seen = new Set([...seen, ...keys]);
  try {
    sessionStorage.setItem(kept, JSON.stringify([...seen].slice(-500)));
  } catch {
    // Where nothing can be kept, each page tells again what waits.
  }
}

export function tellTheTime(moment) {
  clock = { server: Date.parse(moment), here: performance.now() };
}

// Ages go by the server's clock, from the moment at which it wrote them; this machine only counts on.
export function tick() {
  const now = clock.server + (performance.now() - clock.here);
  for (const one of document.querySelectorAll("time[data-age]")) one.textContent = inWords(now - Date.parse(one.dateTime));
  showSession();
}

function inWords(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  if (minutes < 60) return `${minutes} ${units[0]}`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} ${units[1]} ${String(minutes % 60).padStart(2, "0")} ${units[0]}`;
  const days = Math.floor(minutes / 1440);
  return `${days} ${days === 1 ? units[2] : units[3]}`;
}

function say(name) {
  for (const one of watch.querySelectorAll("[data-watch]")) if (one.hidden === (one.dataset.watch === name)) one.hidden = !one.hidden;
}

function show(name) {
  if (trouble !== "other") trouble = hasOwnSigns && name !== "other" ? "" : name;
  showSession();
}

export function count(waiting, words) {
  document.title = (waiting ? `(${words}) ` : "") + document.title.replace(/^\([^)]*\) /, "");
}

/* What the server tells now: `fragment` is told.html. */
export function renew(fragment) {
  told = fragment.querySelector("[data-calls]");
  if (told.dataset.reader !== watch.dataset.reader) return show("other");
  tellTheTime(told.dataset.now);
  count(Number(told.dataset.waiting), told.dataset.title);
  const warnings = fragment.querySelector("[data-warnings]").innerHTML;
  const place = document.getElementById("warnings");
  if (place && place.textContent.trim() !== fragment.querySelector("[data-warnings]").textContent.trim()) place.innerHTML = warnings;
  // Whoever has signed in again sends the form that stood here meanwhile.
  const token = fragment.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = token;
  // On the worklist a call leads to its line.
  for (const one of told.children) if (isWorklist && document.getElementById(one.dataset.row)) one.querySelector("a").href = `#${one.dataset.row}`;
  showCalls();
}

/* For a page that shows nothing any more. */
export function tellNothing() {
  watch.remove();
  document.documentElement.style.removeProperty("--watch-height");
  count(0);
}

function showCalls() {
  const calls = [...told.children];
  see(calls.filter((one) => one.querySelector("a").pathname === location.pathname).map((one) => one.dataset.key));
  const unseen = calls.filter((one) => !seen.has(one.dataset.key));
  const shown = unseen.slice(0, most);
  const left = Number(told.dataset.waiting) - calls.length + unseen.length - shown.length;
  const before = new Map([...list.children].map((one) => [one.dataset.key, one]));
  region.setAttribute("aria-live", shown.some((one) => one.matches(".emergency") && !before.has(one.dataset.key)) ? "assertive" : "polite");
  if (shown.some((one) => !before.has(one.dataset.key))) letThrough();
  region.hidden = !shown.length;
  list.replaceChildren(...shown.map((one) => before.get(one.dataset.key) ?? one.cloneNode(true)));
  more.hidden = left <= 0;
  more.textContent = more.dataset.words.replace("{count}", left);
  tick();
}

// Whoever was about to click something in this place clicks that.
function letThrough() {
  watch.classList.add("fresh");
  setTimeout(() => watch.classList.remove("fresh"), reactionTime);
}

// What ends above it: watch.css.
new ResizeObserver(() => {
  const height = watch.offsetHeight && watch.offsetHeight + 16;
  document.documentElement.style.setProperty("--watch-height", `${height}px`);
}).observe(watch);

// Trouble comes before the end of the session, of which one is warned some minutes before.
function showSession() {
  const seconds = Math.ceil((endsAt - performance.now()) / 1000);
  say(trouble || (seconds > warnedBefore ? "" : limit));
  const minutes = watch.querySelector(`[data-watch="${limit}"] [data-minutes]`);
  const left = String(Math.max(1, Math.ceil(seconds / 60)));
  if (minutes && minutes.textContent !== left) minutes.textContent = left;
}

async function stay(button) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value });
  const answer = await fetch(button.dataset.stay, { method: "POST", body, redirect: "manual" });
  if (!answer.ok) return;
  endsAt = Infinity;
  showSession();
  document.getElementById("content").focus();
}

region.addEventListener("click", (event) => {
  const link = event.target.closest("li");
  if (link) see([link.dataset.key]);
  if (link && isWorklist) showCalls();
  if (event.target.closest("[data-more]")) see([...told.children].map((one) => one.dataset.key));
  if (!event.target.closest("[data-dismiss]")) return;
  see([...told.children].map((one) => one.dataset.key));
  showCalls();
  document.getElementById("content").focus({ preventScroll: true });
});
watch.querySelector("[data-stay]").addEventListener("click", (event) => stay(event.target));
document.addEventListener("session", ({ detail }) => {
  endsAt = performance.now() + detail.seconds * 1000;
  limit = detail.limit;
});

// Whoever looks at the worklist has seen what stands there. The list, and the page of an alert, bring with them what is
// told beside them; other pages ask for it.
if (isWorklist) {
  see([...document.querySelectorAll("[data-alert]")].map((one) => one.dataset.key));
} else if (!hasOwnSigns) {
  const take = async (answer) => {
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    renew(holder.content);
  };
  const end = () => (show("session"), true);
  const { ask } = poll({ source: watch.dataset.source, seconds: Number(watch.dataset.seconds), take, show, end });
  ask();
}
tick();
setInterval(tick, 1000);
