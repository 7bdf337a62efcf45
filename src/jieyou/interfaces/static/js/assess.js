/* 逐件研判 by keyboard. The form does all its work without this file. */
(function () {
  "use strict";

  var FIELDS = { t: "f-title", r: "f-recommend", y: "f-reason" };
  var LINKS = { j: "[data-after]", k: "[data-before]", s: "[data-same], [data-join]" };

  function back() {
    var place = document.querySelector("[data-assess] input[name=category]:checked") ||
      document.querySelector("[data-assess] input[name=category]");
    if (place) { place.focus(); }
  }

  function act(key) {
    var field = FIELDS[key] && document.getElementById(FIELDS[key]);
    var link = LINKS[key] && document.querySelector(LINKS[key]);
    var radio = !FIELDS[key] && !LINKS[key] && /^[1-9a-z]$/.test(key) &&
      document.querySelector('[data-assess] input[data-key="' + key + '"]');
    if (field) {
      field.focus();
      if (field.select) { field.select(); }
    } else if (link) {
      link.click();
    } else if (radio) {
      radio.checked = true;
      radio.focus();
    }
    return Boolean(field || link || radio);
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var writing = /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && target.type !== "radio");
    if (writing) {
      if (event.key === "Escape" && target.closest("[data-assess]")) { back(); }
      if (event.key === "Enter" && target.tagName === "SELECT") {
        event.preventDefault();
        document.querySelector("[data-assess] [data-main]").click();
      } else if (target.tagName === "SELECT" && FIELDS[event.key] && act(event.key)) {
        event.preventDefault(); /* from one field to the next */
      }
    } else if (act(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
})();
