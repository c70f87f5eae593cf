// Draws the OpenAPI document where the page asks for it.
(() => {
  "use strict";
  const place = document.getElementById("api-reader");
  if (place && window.SwaggerUIBundle) {
    // The page has its own main part: that of the reader is only a group in it.
    const onComplete = () => place.querySelectorAll("main").forEach((part) => part.setAttribute("role", "group"));
    window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: false, validatorUrl: null, tryItOutEnabled: false, onComplete });
  }
})();
