// Draws the OpenAPI document where the page asks for it.
(() => {
  "use strict";
  const place = document.getElementById("api-reader");
  if (place && window.SwaggerUIBundle) {
    // The page has its own main part: each that the reader draws, whenever it does, is only a group in it.
    const tame = () => place.querySelectorAll("main").forEach((part) => part.setAttribute("role", "group"));
    new MutationObserver(tame).observe(place, { childList: true, subtree: true });
    window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: false, validatorUrl: null, tryItOutEnabled: false });
  }
})();
