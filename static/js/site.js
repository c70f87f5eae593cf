/* What JavaScript adds to any page. Nothing here is needed to use the site. */
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* The list of what is wrong is where the reader should be. */
  const focusErrors = (root) => root.querySelector("[data-focus]")?.focus();

  /* Menus made of <details> close with Escape and with a click elsewhere. */
  const closeMenus = (except) => all("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* A table drawn as cards keeps its meaning for screen readers. */
  const keepTableRoles = (root) => all("table.table", root).forEach((table) => {
    table.setAttribute("role", "table");
    all("thead, tbody", table).forEach((part) => part.setAttribute("role", "rowgroup"));
    all("tr", table).forEach((row) => row.setAttribute("role", "row"));
    all("thead th", table).forEach((cell) => cell.setAttribute("role", "columnheader"));
    all("tbody th", table).forEach((cell) => cell.setAttribute("role", "rowheader"));
    all("td", table).forEach((cell) => cell.setAttribute("role", "cell"));
  });

  /* On a narrow screen filters that are not in use are folded, so that the list is near. */
  const foldFacets = (root) => {
    if (!window.matchMedia("(max-width: 60rem)").matches) return;
    all("details.facet", root).forEach((facet) => {
      if (!facet.querySelector("input:checked")) facet.open = false;
    });
  };

  /* Code can be copied. */
  const addCopyButtons = (root) => all("[data-copy]:not(.has-copy)", root).forEach((block) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button";
    button.textContent = block.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = block.dataset.copied;
    });
    block.classList.add("has-copy");
    if (navigator.clipboard) block.append(button);
  });

  const enhance = (root) => {
    keepTableRoles(root);
    addCopyButtons(root);
    foldFacets(root);
  };

  enhance(document);
  focusErrors(document);
  /* A list renewed while one types says how long it is now. */
  const announcer = document.createElement("p");
  announcer.className = "visually-hidden";
  announcer.setAttribute("role", "status");
  document.querySelector(".page")?.before(announcer);

  document.addEventListener("htmx:after:swap", () => {
    enhance(document);
    announcer.textContent = document.querySelector("main .counts, main .empty__title")?.textContent || "";
  });
  document.addEventListener("page:renewed", () => enhance(document));
})();
