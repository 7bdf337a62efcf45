/* The list of cases: rows are ticked for the bar below. The bar does all its work without this file. */
(function () {
  "use strict";

  /* Rows that are ticked: a range with Shift, all at once, the key x; the bar says how many. */
  var lastTick = null;
  function ticks() {
    return Array.prototype.slice.call(document.querySelectorAll('input[name="pick"][form="picked"]'));
  }
  function picked() {
    var bar = document.getElementById("picked");
    if (!bar) { return; }
    var all = ticks();
    var n = all.filter(function (box) { return box.checked; }).length;
    bar.querySelector("[data-picked]").textContent = n ? "已选 " + n + " 件" : "勾选后批量办理";
    bar.querySelector("[data-takes]").textContent = n ? "导出所选" : "导出列表";
    Array.prototype.forEach.call(bar.querySelectorAll("[data-needs]"), function (button) { button.hidden = !n; });
    Array.prototype.forEach.call(document.querySelectorAll("[data-all]"), function (box) {
      box.hidden = false;
      box.checked = n > 0 && n === all.length;
      box.indeterminate = n > 0 && n < all.length;
    });
    all.forEach(function (box) { box.closest("tr").classList.toggle("on", box.checked); });
  }
  document.addEventListener("click", function (event) {
    var box = event.target;
    if (!box.matches || !box.matches('input[name="pick"][form="picked"]')) { return; }
    var all = ticks();
    var from = all.indexOf(lastTick);
    var to = all.indexOf(box);
    if (event.shiftKey && from >= 0) {
      all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (one) { one.checked = box.checked; });
    }
    lastTick = box;
    picked();
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches && event.target.matches("[data-all]")) {
      ticks().forEach(function (one) { one.checked = event.target.checked; });
      picked();
    }
  });
  document.addEventListener("reset", function () { window.setTimeout(picked); });
  function tick() {
    var row = document.activeElement && document.activeElement.closest ? document.activeElement.closest("tr") : null;
    var box = row ? row.querySelector('input[name="pick"]') : null;
    if (box) { box.click(); }
  }
  window.addEventListener("pageshow", picked);
  picked();

  document.addEventListener("keydown", function (event) {
    var typed = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "x" && !typed && !event.ctrlKey && !event.metaKey && !event.altKey) { tick(); }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "list") {
      lastTick = null;
      picked();
    }
  });
})();
