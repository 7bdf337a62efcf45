/* The meeting on the wall: keys, a timer that outlives the change of items, the whole screen. All optional. */
(function () {
  "use strict";

  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) { link.click(); }
    return Boolean(link);
  }

  var timer = document.querySelector("[data-minutes]");
  var button = document.querySelector("[data-timer]");
  var kept = timer ? "timer-" + timer.getAttribute("data-key") : "";
  var ends = kept ? Number(window.sessionStorage.getItem(kept)) : 0;

  function draw() {
    var left = Math.round((ends - Date.now()) / 1000);
    var over = left < 0;
    var seconds = Math.abs(left);
    timer.textContent = (over ? "超 " : "") + Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2);
    timer.className = "timer" + (over ? " over" : left <= 60 ? " soon" : "");
  }

  function run() {
    if (!ends) { return; }
    button.textContent = "重新计时";
    draw();
    window.setInterval(draw, 500);
  }

  function start() {
    var running = Boolean(ends);
    ends = Date.now() + Number(timer.getAttribute("data-minutes")) * 60000;
    window.sessionStorage.setItem(kept, String(ends));
    if (running) { draw(); } else { run(); }
  }

  if (timer && button) {
    button.hidden = false;
    button.addEventListener("click", start);
    run();
  }

  var full = document.querySelector("[data-full]");
  function fill() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else { document.documentElement.requestFullscreen(); }
  }
  if (full && document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", fill);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "ArrowRight" || event.key === "PageDown" || event.key === "j") {
      follow("[data-after]");
    } else if (event.key === "ArrowLeft" || event.key === "PageUp" || event.key === "k") {
      follow("[data-before]");
    } else if (event.key === "t" && timer) {
      start();
    } else if (event.key === "f" && full) {
      fill();
    }
  });
})();
