// Draws the OpenAPI document where the page asks for it.
(() => {
  "use strict";
  const place = document.getElementById("api-reader");
  if (place && window.SwaggerUIBundle) {
    window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: false, validatorUrl: null, tryItOutEnabled: false });
  }
})();
