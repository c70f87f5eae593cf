/* Forms: one submission a time, a warning before entries are lost, rows on demand, the password shown, characters counted. */
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const changed = new Set();

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) changed.add(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    changed.delete(form);
    const button = event.submitter || form.querySelector("button[type=submit], button:not([type])");
    button?.setAttribute("aria-busy", "true");
  });

  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }));

  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });

  const button = (words, className) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = words;
    return made;
  };

  const showPasswords = (root) => all("[data-password]", root).forEach((group) => {
    const input = group.querySelector("input");
    const toggle = button(group.dataset.show, "button button--quiet");
    toggle.setAttribute("aria-controls", input.id);
    toggle.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      toggle.textContent = hidden ? group.dataset.hide : group.dataset.show;
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    group.append(toggle);
  });

  const countCharacters = (root) => all("textarea[data-count]", root).forEach((area) => {
    const left = document.createElement("p");
    left.className = "field__hint";
    left.setAttribute("aria-live", "polite");
    const count = () => { left.textContent = `${Number(area.dataset.count) - [...area.value].length} ${area.dataset.left || ""}`; };
    area.addEventListener("input", count);
    count();
    area.after(left);
  });

  /* One blank row more: a copy of the last, with its number raised in names and identities. */
  const raise = (row, from, to) => all("[id], [name], [for], [aria-label]", row).concat(row).forEach((part) => {
    ["id", "name", "for"].forEach((attribute) => {
      const value = part.getAttribute(attribute);
      if (value) part.setAttribute(attribute, value.replace(`-${from}`, `-${to}`));
    });
    const label = part.getAttribute("aria-label");
    if (label) part.setAttribute("aria-label", label.replace(String(from + 1), String(to + 1)));
    if (part.matches("input:not([type=checkbox]), textarea")) part.value = "";
    if (part.matches("[type=checkbox]")) part.checked = false;
    if (part.matches("select")) part.selectedIndex = 0;
  });

  const addRows = (root) => all("[data-repeat]", root).forEach((group) => {
    const add = button(group.dataset.repeat, "button button--small");
    add.addEventListener("click", () => {
      const rows = all(".repeated__row", group);
      const fresh = rows[rows.length - 1].cloneNode(true);
      raise(fresh, rows.length - 1, rows.length);
      add.before(fresh);
      fresh.querySelector("input, select, textarea")?.focus();
    });
    group.append(add);
  });

  const enhance = (root) => [showPasswords, countCharacters, addRows].forEach((add) => add(root));
  enhance(document);
  document.addEventListener("page:renewed", (event) => enhance(event.detail));
})();
