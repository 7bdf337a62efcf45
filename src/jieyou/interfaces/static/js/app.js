/* Small helps for the staff pages. Every page does all its work without this file. */
(function () {
  "use strict";

  function typing(target) {
    return target && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);
  }

  function rows() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-rows] a.t"));
  }

  function step(by) {
    var all = rows();
    var at = all.indexOf(document.activeElement);
    var next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    } else if (!all.length) {
      follow(by > 0 ? ".jy-bar [data-after]" : ".jy-bar [data-before]"); /* inside a case: the one beside it */
    }
  }

  function follow(selector) {
    var link = document.querySelector(selector);
    if (link) { link.click(); }
    return Boolean(link);
  }

  var before = null; /* where one was before the help opened */
  function help() {
    var box = document.getElementById("jy-keys");
    if (!box) { return; }
    box.hidden = !box.hidden;
    if (!box.hidden) {
      before = document.activeElement;
      box.focus();
      box.scrollIntoView({ block: "nearest" });
    } else if (before && document.contains(before)) {
      before.focus();
    }
  }

  function say(words) {
    var box = document.getElementById("jy-said");
    if (box) { box.textContent = words; }
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-keys]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  });

  if ("serviceWorker" in navigator && document.body.dataset.offline) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register(document.body.dataset.offline).catch(function () { /* then without */ });
    });
  }

  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      var form = event.target.closest ? event.target.closest("form[method=post]") : null;
      if (form) {
        event.preventDefault();
        var button = form.querySelector("button[data-main]") || form.querySelector("button[type=submit]");
        if (button) { button.click(); }
      }
      return;
    }
    if (event.key === "?" && event.target.type === "radio") {
      help();
      return;
    }
    if ((typing(event.target) && event.target.type !== "checkbox") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "/") {
      var search = document.getElementById("jy-q");
      if (search) { event.preventDefault(); search.focus(); }
    } else if (event.key === "j") {
      step(1);
    } else if (event.key === "k") {
      step(-1);
    } else if (event.key === "?") {
      help();
    } else if (event.key === "Enter" && (event.target === document.body || event.target.id === "main")) {
      follow(".jy-bar [data-next]");
    }
  });

  /* One more row of a small table, without a round trip. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button[data-add-row]") : null;
    if (!button) { return; }
    var name = button.getAttribute("data-add-row");
    var pattern = document.getElementById("pattern-" + name);
    var body = document.getElementById("rows-" + name);
    if (!pattern || !body) { return; }
    event.preventDefault();
    var row = pattern.content.cloneNode(true);
    var count = body.children.length;
    ["name", "id", "for", "aria-label", "hx-target", "hx-vals"].forEach(function (key) {
      Array.prototype.forEach.call(row.querySelectorAll("[" + key + "]"), function (node) {
        node.setAttribute(key, node.getAttribute(key).replace("__n__", count).replace("__m__", count + 1));
      });
    });
    body.appendChild(row);
    var added = body.lastElementChild;
    if (window.htmx) { window.htmx.process(added); }
    var first = added.querySelector("input, select, textarea");
    if (first) { first.focus(); }
  });

  /* Narrow a long list of units while typing. */
  document.addEventListener("input", function (event) {
    var box = event.target;
    var id = box.getAttribute && box.getAttribute("data-narrows");
    if (!id) { return; }
    var word = box.value.trim();
    Array.prototype.forEach.call(document.querySelectorAll("#" + id + " label"), function (label) {
      var ticked = label.querySelector("input:checked");
      label.hidden = Boolean(word) && !ticked && label.textContent.indexOf(word) < 0;
    });
    Array.prototype.forEach.call(document.querySelectorAll("#" + id + " .list"), function (list) {
      var none = !list.querySelector("label:not([hidden])");
      list.hidden = none;
      list.previousElementSibling.hidden = none; /* a heading over nothing */
    });
  });

  /* Whoever has typed something is asked before it is lost. */
  var dirty = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest && event.target.closest("form[data-guard]")) { dirty = true; }
  });
  document.addEventListener("submit", function () { dirty = false; });
  window.addEventListener("beforeunload", function (event) {
    if (dirty) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  /* The menu of a person closes when one clicks elsewhere or presses Escape. */
  document.addEventListener("click", function (event) {
    Array.prototype.forEach.call(document.querySelectorAll("details.jy-me[open]"), function (box) {
      if (!box.contains(event.target)) { box.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      Array.prototype.forEach.call(document.querySelectorAll("details.jy-me[open]"), function (box) { box.open = false; });
      var keys = document.getElementById("jy-keys");
      if (keys && !keys.hidden) { help(); }
      if (location.hash === "#menu") { location.hash = "#main"; }
    }
  });

  /* What htmx changed is said aloud; what it could not fetch is said where everybody sees it. */
  var inside = false; /* was one's place in what is about to go? */
  document.addEventListener("htmx:beforeSwap", function (event) {
    inside = event.target.contains(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (inside && (!document.activeElement || document.activeElement === document.body) && document.contains(event.target)) {
      event.target.setAttribute("tabindex", "-1");
      event.target.focus({ preventScroll: true });
    }
    inside = false;
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "list") {
      var total = event.target.querySelector(".jy-foot .jy-sub, .jy-empty");
      say("列表已更新。" + (total ? total.textContent.trim() : ""));
    }
  });
  function unreached() {
    var main = document.getElementById("main");
    var box = document.getElementById("jy-unreached") || document.createElement("p");
    box.id = "jy-unreached";
    box.className = "jy-say warning";
    box.setAttribute("role", "alert");
    box.textContent = "没有连上，刚才那一下没有送出去。填写的内容都在，过一会儿再试。";
    if (main) { main.insertBefore(box, main.firstChild); }
  }
  document.addEventListener("htmx:sendError", unreached);
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500) { unreached(); }
  });

  /* Printing is a button only where a script can print. */
  Array.prototype.forEach.call(document.querySelectorAll("button[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* After a form came back with faults, the summary is where one reads on. */
  var faults = document.getElementById("errors");
  if (faults) { faults.focus(); }
})();
