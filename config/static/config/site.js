/* Runs before anything is painted. Colours as they were chosen; buttons that open something, by mouse and by keyboard;
   names for what the theme leaves without one. Without this file everything stands open, and can be used. */
"use strict";

const root = document.documentElement;
const wide = window.matchMedia("(min-width: 80rem)");
const opened = [];

function kept(name) {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing shows the side bar on the next page again.
  }
}

root.classList.add("scripted");
document.fonts.load('1em "Material Symbols Outlined"').then((faces) => root.classList.toggle("with-icons", faces.length > 0), () => {});
root.classList.toggle("without-menu", kept("sidebarDesktopOpen") === "0");
if (kept("adminTheme") !== '"light"') {
  const isDark = kept("adminTheme") === '"dark"' || window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.classList.toggle("dark", isDark);
}

const openerOf = (panel) => document.querySelector(`[data-opens="${panel.id}"]`);
const isDrawer = (panel) => panel.id === "site-menu";
const isSideBar = (panel) => isDrawer(panel) && wide.matches;
const isWithin = (panel, element) => panel.contains(element) || openerOf(panel)?.contains(element);

function tell(panel) {
  const isOpen = isSideBar(panel) ? !root.classList.contains("without-menu") : opened.includes(panel);
  openerOf(panel)?.setAttribute("aria-expanded", String(isOpen));
}

function open(panel) {
  panel.setAttribute("data-open", "");
  opened.push(panel);
  tell(panel);
  if (isDrawer(panel)) document.getElementById("main").inert = true;
  const focusable = [...panel.querySelectorAll("[data-closes], a[href], button, summary")];
  (focusable.find((one) => one.matches("[data-closes]") && one.checkVisibility()) ?? focusable.find((one) => one.checkVisibility()))?.focus();
}

function close(panel, { isLeft = false } = {}) {
  if (!opened.includes(panel)) return;
  opened.splice(opened.indexOf(panel), 1);
  panel.removeAttribute("data-open");
  if (isDrawer(panel)) document.getElementById("main").inert = false;
  tell(panel);
  if (!isLeft) openerOf(panel)?.focus();
}

function toggle(panel) {
  if (opened.includes(panel)) return close(panel);
  if (!isSideBar(panel)) return open(panel);
  const isAway = root.classList.toggle("without-menu");
  keep("sidebarDesktopOpen", isAway ? "0" : "1");
  window.dispatchEvent(new CustomEvent("sidebar", { detail: !isAway })); // the theme makes room for it
  tell(panel);
}

// What is left, by a click beside it or by the keyboard, closes; nothing pulls the focus back then.
function closeWhatWasLeft(element) {
  for (const panel of [...opened].reverse()) if (!isWithin(panel, element)) close(panel, { isLeft: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens], [data-closes]");
  closeWhatWasLeft(event.target);
  const panel = button && document.getElementById(button.dataset.opens ?? button.dataset.closes);
  if (panel) button.dataset.opens ? toggle(panel) : close(panel);
});
document.addEventListener("focusin", (event) => closeWhatWasLeft(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !opened.length) return;
  event.preventDefault();
  close(opened.at(-1));
});
wide.addEventListener("change", () => {
  const menu = document.getElementById("site-menu");
  if (!menu) return;
  close(menu, { isLeft: true });
  tell(menu);
});

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-prints]")) return window.print();
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText);
  button.textContent = button.dataset.done;
});

function nameContent() {
  const content = document.getElementById("content");
  content?.setAttribute("role", "main");
  content?.setAttribute("tabindex", "-1");
  for (const button of document.querySelectorAll("[data-opens]")) tell(document.getElementById(button.dataset.opens));
  // The letters of an icon are the name of a drawing, which nobody should hear.
  for (const icon of document.querySelectorAll(".material-symbols-outlined")) icon.setAttribute("aria-hidden", "true");
}

function nameFields() {
  for (const box of document.querySelectorAll(".select2-selection[role=combobox]")) {
    const field = box.closest(".select2")?.previousElementSibling;
    const label = field?.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (!label) continue;
    label.id ||= `label-of-${field.id}`;
    box.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby") ?? ""}`.trim());
  }
  for (const mark of document.querySelectorAll(".help-tooltip[aria-label]")) mark.setAttribute("role", "img");
}

document.addEventListener("DOMContentLoaded", nameContent);
// The widgets come into being while the page loads, some of them in its last moment.
window.addEventListener("load", () => setTimeout(nameFields));
