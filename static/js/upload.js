/* Uploads: files can be dropped, are listed with their size and checked against the limit before they are sent, and the
   sending shows how far it is. The answer of the server takes the place of the page, as it would without JavaScript. */
"use strict";

(() => {
  const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1)} MB`;

  const list = (zone, input) => {
    zone.querySelector(".upload__files")?.remove();
    const shown = document.createElement("ul");
    shown.className = "upload__files";
    shown.setAttribute("aria-live", "polite");
    const limit = Number(zone.dataset.maxMb || 0) * 1048576;
    let fits = true;
    for (const file of input.files) {
      const line = document.createElement("li");
      const tooBig = limit > 0 && file.size > limit;
      line.textContent = `${file.name} (${size(file.size)})${tooBig ? ` ${zone.dataset.tooBig}` : ""}`;
      line.classList.toggle("is-wrong", tooBig);
      fits = fits && !tooBig;
      shown.append(line);
    }
    input.setCustomValidity(fits ? "" : zone.dataset.tooBig);
    zone.append(shown);
  };

  const receiveFiles = (root) => root.querySelectorAll("[data-upload]").forEach((zone) => {
    const input = zone.querySelector("input[type=file]");
    input.addEventListener("change", () => list(zone, input));
    for (const name of ["dragover", "dragleave", "drop"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.toggle("is-over", name === "dragover");
      });
    }
    zone.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });

  /* What was answered is shown as it came, with its address: asking for it again would lose its messages. */
  const show = (request) => {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const page = answer.querySelector(".page");
    if (!page) {
      location.assign(request.responseURL || location.href);
      return;
    }
    document.title = answer.title;
    document.querySelector(".page").replaceWith(page);
    if (request.responseURL && request.responseURL !== location.href) {
      history.pushState(null, "", request.responseURL);
      window.addEventListener("popstate", () => location.reload(), { once: true });
    }
    window.scrollTo(0, 0);
    document.dispatchEvent(new CustomEvent("page:renewed", { detail: page }));
    (page.querySelector("[data-focus]") || page.querySelector("main")).focus();
  };

  const send = (form) => {
    const request = new XMLHttpRequest();
    const bar = document.createElement("progress");
    bar.className = "progress";
    bar.max = 100;
    bar.setAttribute("aria-label", form.dataset.progress);
    form.append(bar);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (event.loaded * 100) / event.total;
    });
    request.addEventListener("load", () => show(request));
    request.addEventListener("error", () => { delete form.dataset.sent; form.submit(); });
    request.open("POST", form.action || location.href);
    request.send(new FormData(form));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const files = [...form.querySelectorAll("input[type=file]")];
    if (event.defaultPrevented || !form.dataset.progress || !files.some((input) => input.files.length)) return;
    event.preventDefault();
    const wrong = files.find((input) => !input.checkValidity());
    if (wrong) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((part) => part.removeAttribute("aria-busy"));
      wrong.reportValidity();
      return;
    }
    send(form);
  });

  receiveFiles(document);
  document.addEventListener("page:renewed", (event) => receiveFiles(event.detail));
})();
