/* Gives names to what the theme leaves without one: fields with choices that are looked up, marks that explain, and the
   content, which the first link of a page leads to. */
"use strict";

function nameContent() {
  const content = document.getElementById("content");
  content?.setAttribute("role", "main");
  content?.setAttribute("tabindex", "-1");
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
