/* 逐件研判 by keyboard. The form does all its work without this file. */
(function () {
  "use strict";

  function click(selector) {
    var found = document.querySelector(selector);
    if (found) { found.click(); }
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    var writing = /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target.tagName === "INPUT" && target.type !== "radio");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      event.stopPropagation();
      click(event.key === "j" ? "[data-after]" : "[data-before]");
      return;
    }
    if (event.key === "t") {
      event.preventDefault();
      document.getElementById("f-title").focus();
      return;
    }
    var radio = /^[1-9a-z]$/.test(event.key) && document.querySelector('input[data-key="' + event.key + '"]');
    if (radio) {
      event.preventDefault();
      radio.checked = true;
      radio.focus();
    }
  }, true);
})();
