/* Keeps what is typed into a form with data-keep while it is typed: a little after the last key, only what changed. Where another
   tab saved in between, or there is no network, the words stay in the form and the plain button says what to do. */
"use strict";

(() => {
  const AFTER = 4000;
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const state = form.querySelector("[data-keep-state]");
    const written = () => new URLSearchParams(new FormData(form)).toString();
    let last = written();
    let timer = null;
    let busy = false;

    const say = (words) => { if (state) state.textContent = words; };

    const took = (answer) => {
      let revision = form.elements.revision;
      if (!revision) {
        revision = document.createElement("input");
        revision.type = "hidden";
        revision.name = "revision";
        form.append(revision);
        form.elements.request_key?.remove();
        form.action = `${answer.address}/edit`;
        form.dataset.keep = `${answer.address}/keep`;
        history.replaceState(null, "", form.action);
      }
      revision.value = answer.revision;
      say(`${form.dataset.kept} ${new Date().toLocaleTimeString(document.documentElement.lang)}`);
    };

    const refused = (answer) => {
      const found = Object.values(answer.errors || {}).flat();
      say(`${form.dataset.unkept}: ${[answer.message, ...found].filter(Boolean).join(" ")}`);
    };

    const keep = async () => {
      const now = written();
      if (busy || form.dataset.sent || now === last || !form.elements.title.value.trim()) return;
      busy = true;
      try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) });
        const told = await answer.json();
        if (answer.ok) {
          took(told);
          last = written();
        } else {
          refused(told);
          last = now;
        }
      } catch {
        say(form.dataset.unkept);
      }
      busy = false;
    };

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, AFTER);
    });
  });
})();
