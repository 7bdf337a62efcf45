/* Makes the residents' pages handier; every page works without it. Nothing newer than Chromium 90. */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const make = (tag, props, ...inside) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...inside);
    return node;
  };
  const DRAFT = "jieyou.draft"; // what is being written
  const OUTBOX = "jieyou.outbox"; // what was sent and perhaps never came
  const MINE = "jieyou.mine"; // query numbers that somebody told this phone to remember
  const DAY = 24 * 3600 * 1000;
  document.documentElement.classList.add("js");

  /* ---- local store that may be switched off ---- */
  const store = (name, life) => ({
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        return kept && Date.now() - kept.at < life ? kept.fields : null;
      } catch (e) {
        return null;
      }
    },
    write(fields) {
      try {
        localStorage.setItem(name, JSON.stringify({ at: Date.now(), fields }));
        return true;
      } catch (e) {
        return false; // full or forbidden: the page itself still holds what was typed
      }
    },
    drop() {
      try {
        localStorage.removeItem(name);
      } catch (e) {
        /* forbidden: then nothing was kept either */
      }
    },
  });
  const drafts = store(DRAFT, DAY);
  const outbox = store(OUTBOX, DAY);
  const mine = store(MINE, 400 * DAY);

  /* ---- a page for when there is no network ---- */
  if ("serviceWorker" in navigator && document.body.dataset.offline) {
    window.addEventListener("load", () => navigator.serviceWorker.register(document.body.dataset.offline).catch(() => {}));
  }

  /* ---- errors: the summary gets the focus ---- */
  const wrongs = $("wrongs");
  if (wrongs) wrongs.focus();

  /* ---- one press is one press ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 8000) event.preventDefault();
    form.dataset.sent = String(Date.now());
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  /* ---- places: each list fills the next ---- */
  function places(form) {
    const address = form.dataset.places;
    const lists = [$("county"), $("township"), $("village")];
    const ask = (query) =>
      fetch(address + query, { credentials: "omit" })
        .then((answer) => (answer.ok ? answer.json() : { places: [] }))
        .then((answer) => answer.places);

    function show(list, found, chosen) {
      while (list.options.length > 1) list.remove(1);
      for (const place of found) list.add(new Option(place.name, place.code, false, place.code === chosen));
      list.disabled = !found.length;
    }
    function fill(n, chosen) {
      for (const list of lists.slice(n + 1)) show(list, [], "");
      const code = lists[n].value;
      if (!code || n > 1) return Promise.resolve();
      return ask("?under=" + encodeURIComponent(code)).then((found) => {
        if (lists[n].value === code) show(lists[n + 1], found, chosen);
      }, () => {});
    }
    function choose(code) {
      lists[0].value = code.slice(0, 6);
      return fill(0, code.slice(0, 9)).then(() => (code.length > 9 ? fill(1, code) : fill(1, "")));
    }
    lists[0].addEventListener("change", () => fill(0, ""));
    lists[1].addEventListener("change", () => fill(1, ""));

    const seek = $("seek");
    const hits = $("hits");
    const search = () => {
      const words = seek.value.trim();
      if (words.length < 2) {
        hits.replaceChildren(make("p", { className: "hint after", textContent: "请至少写两个字" }));
        return;
      }
      ask("?q=" + encodeURIComponent(words)).then((found) => {
        const rows = found.map((place) => {
          const button = make("button", { type: "button", textContent: place.name });
          button.addEventListener("click", () => {
            choose(place.code).then(() => {
              form.dispatchEvent(new Event("input"));
              hits.replaceChildren(make("p", { className: "hint after", textContent: "已选：" + place.name }));
              lists[0].focus();
            });
          });
          return button;
        });
        const none = make("p", { className: "hint after", textContent: "没有找到“" + words + "”，请用上面的列表选。" });
        hits.replaceChildren(...(rows.length ? rows : [none]));
      }, () => {});
    };
    $("find").addEventListener("click", (event) => {
      event.preventDefault();
      search();
    });
    seek.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        search();
      }
    });
    return choose;
  }

  /* ---- photos: made small before they travel ---- */
  const SIDE = 1600;
  const load = (file) =>
    new Promise((done, fail) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = fail;
      image.src = URL.createObjectURL(file);
    });
  function shrink(file) {
    return load(file).then((image) => {
      const scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = make("canvas", {
        width: Math.max(1, Math.round(image.naturalWidth * scale)),
        height: Math.max(1, Math.round(image.naturalHeight * scale)),
      });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(image.src);
      return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82)).then((blob) =>
        blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file
      );
    });
  }
  function photos() {
    const input = $("photos");
    const shots = $("shots");
    const said = $("photos-said");
    const usual = said.textContent;
    const most = Number(input.dataset.most);
    let files = [];
    let busy = null;

    function show() {
      const bag = new DataTransfer();
      files.forEach((file) => bag.items.add(file));
      input.files = bag.files;
      shots.replaceChildren(
        ...files.map((file, n) => {
          const image = make("img", { alt: "第 " + (n + 1) + " 张照片", src: URL.createObjectURL(file) });
          image.onload = () => URL.revokeObjectURL(image.src);
          const drop = make("button", { type: "button", className: "del" });
          drop.setAttribute("aria-label", "不要第 " + (n + 1) + " 张");
          drop.append(make("b", { textContent: "×" }));
          drop.addEventListener("click", () => {
            files.splice(n, 1);
            show();
            input.focus();
          });
          return make("li", {}, image, drop);
        })
      );
      said.textContent = files.length ? "已选 " + files.length + " 张。" : usual;
    }
    input.addEventListener("change", () => {
      const kept = Number(input.dataset.kept) - document.querySelectorAll("input[name=drop]:checked").length;
      const room = most - kept - files.length;
      const fresh = Array.from(input.files);
      said.textContent = "正在处理照片……";
      const work = Promise.all(fresh.slice(0, Math.max(0, room)).map((file) => shrink(file).catch(() => file))).then((small) => {
        files = files.concat(small);
        show();
        if (fresh.length > room) said.textContent = "照片最多 " + most + " 张，多出的没有收下。";
        if (busy === work) busy = null;
      });
      busy = work;
    });
    return () => busy;
  }

  /* ---- the draft: kept in this phone only, never of a sealed matter, never name and telephone ---- */
  const KEPT = ["category", "words", "county", "township", "village", "where", "client_key"];
  function draft(form, choose) {
    const field = (name) => form.elements[name];
    const old = field("words").value ? null : drafts.read();
    if (old && old.words) {
      field("words").value = old.words;
      field("where").value = old.where || "";
      field("client_key").value = old.client_key || field("client_key").value; // the same report, however often sent
      if (old.category && !field("category").value) field("category").value = old.category;
      if (old.county && !field("county").value) choose(old.village || old.township || old.county);
      $("restored").hidden = false;
      $("clear").addEventListener("click", () => {
        drafts.drop();
        location.replace(location.pathname);
      });
    }
    let timer = 0;
    const save = () => {
      if ($("accused").checked) return drafts.drop();
      drafts.write(Object.fromEntries(KEPT.map((name) => [name, field(name).value])));
      return undefined;
    };
    for (const kind of ["input", "change"]) {
      form.addEventListener(kind, () => {
        clearTimeout(timer);
        timer = setTimeout(save, 400);
      });
    }
    form.addEventListener("submit", save);
  }

  /* ---- where this phone is: used here to choose from the list, and told to nobody ---- */
  function inside(point, ring) {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i];
      const [x2, y2] = ring[j];
      if (y1 > point[1] !== y2 > point[1] && point[0] < ((x2 - x1) * (point[1] - y1)) / (y2 - y1) + x1) within = !within;
    }
    return within;
  }
  function holds(shape, point) {
    const areas = shape.type === "Polygon" ? [shape.coordinates] : shape.type === "MultiPolygon" ? shape.coordinates : [];
    return areas.some(([edge, ...holes]) => inside(point, edge) && !holes.some((hole) => inside(point, hole)));
  }
  const NEAR = 0.1; // degrees, about ten kilometres: further away no community is meant
  function codeAt(features, point) {
    let code = "";
    let least = NEAR;
    for (const { properties, geometry } of features) {
      if (properties.code.length > code.length && holds(geometry, point)) code = properties.code;
    }
    for (const { properties, geometry } of code ? features : []) {
      const [x, y] = geometry.coordinates;
      const far = geometry.type === "Point" && properties.code.startsWith(code) ? Math.hypot((x - point[0]) * 0.8, y - point[1]) : least;
      if (far < least) [least, code] = [far, properties.code];
    }
    return code;
  }
  function here(form, choose) {
    const button = $("here");
    const said = $("here-said");
    if (!button || !navigator.geolocation || !window.isSecureContext) return;
    button.hidden = said.hidden = false;
    const tell = (words) => {
      said.textContent = words;
    };
    const lost = () => tell("没有定到位，请用下面的列表选。");
    button.addEventListener("click", () => {
      tell("正在定位……");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          fetch(form.dataset.outline, { credentials: "omit" })
            .then((answer) => answer.json())
            .then(({ features }) => {
              const code = codeAt(features, [coords.longitude, coords.latitude]);
              if (!code) return tell("这里不在本市的列表里，请用下面的列表选。");
              return choose(code).then(() => {
                form.dispatchEvent(new Event("input"));
                tell("已经选好，请看下面的列表对不对。");
              });
            })
            .catch(lost),
        lost,
        { maximumAge: 60000, timeout: 15000 }
      );
    });
  }

  /* ---- sending: once, however bad the network is ---- */
  const waiting = $("waiting");
  function say(words, ...more) {
    waiting.hidden = false;
    waiting.replaceChildren(make("span", { textContent: words }), ...more);
    waiting.scrollIntoView({ block: "nearest" });
  }
  function steady(address, fields, apart) {
    let busy = false;
    let wait = 1500;
    let timer = 0;
    const again = apart ? "这一页请不要关。" : "关掉这一页也不要紧，内容在这部手机上。";
    const later = () => {
      busy = false;
      say("网络不通，还没有交上。不用再点，网络一恢复就自动提交，只交一次。" + again);
      clearTimeout(timer);
      timer = setTimeout(send, wait);
      wait = Math.min(wait * 2, 30000);
    };
    function show(answer, text) {
      outbox.drop();
      document.open();
      document.write(text); // our own server's page
      document.close();
      history.replaceState(null, "", answer.url);
    }
    function send() {
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      if (!apart) outbox.write(Object.fromEntries(fields().entries()));
      fetch(address, { method: "POST", body: fields(), credentials: "same-origin", cache: "no-store" })
        .then((answer) => {
          if (answer.status > 501) throw new Error("later"); // a server that is just being started
          return answer.text().then((text) => show(answer, text));
        })
        .catch(later);
    }
    window.addEventListener("online", () => timer && send());
    return send;
  }

  const form = $("report");
  if (form && form.hasAttribute("data-steady")) {
    const apart = Boolean(form.elements.accused.value);
    const send = steady(form.getAttribute("action"), () => new FormData(form), apart);
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("formaction")) return;
      event.preventDefault();
      say("正在提交……");
      send();
    });
  }

  function resume() {
    const kept = outbox.read();
    if (!kept) return false;
    const token = form.elements.csrfmiddlewaretoken.value;
    const fields = () => {
      const all = new FormData();
      for (const name of Object.keys(kept)) all.set(name, kept[name]);
      all.set("csrfmiddlewaretoken", token);
      return all;
    };
    const send = steady(form.dataset.send, fields, false);
    const stop = make("button", { type: "button", className: "lk", textContent: "先不交，改一改" });
    stop.addEventListener("click", () => {
      outbox.drop();
      location.reload();
    });
    form.hidden = true;
    say("上次有一件没有交上，正在接着提交……", stop);
    send();
    return true;
  }

  if (form && $("county")) {
    const choose = places(form);
    const ready = photos();
    draft(form, choose);
    here(form, choose);
    resume();
    form.addEventListener("submit", (event) => {
      if (!navigator.onLine && form.requestSubmit && !(event.submitter && event.submitter.hasAttribute("formaction"))) {
        event.preventDefault();
        delete form.dataset.sent;
        say("现在没有网络。写的内容都在这部手机上，网络一恢复就自动到下一步。");
        window.addEventListener("online", () => form.requestSubmit($("next")), { once: true });
        return;
      }
      const work = ready();
      if (!work || !form.requestSubmit) return;
      event.preventDefault(); // photos are still being made small: the press counts as soon as they are
      work.then(() => {
        delete form.dataset.sent;
        form.requestSubmit(event.submitter);
      });
    });
  }

  /* ---- query numbers that this phone was told to remember ---- */
  const remembered = $("remembered");
  if (remembered) {
    const kept = mine.read() || [];
    const rows = kept.map((one) => {
      const button = make("button", { type: "button", textContent: one.words });
      button.addEventListener("click", () => {
        $("secret").value = one.secret;
        $("lookup").requestSubmit();
      });
      return button;
    });
    remembered.hidden = !rows.length;
    if (rows.length) $("secret").blur(); // no keyboard over what can be chosen
    remembered.querySelector(".hits").replaceChildren(...rows);
    $("forget").addEventListener("click", () => {
      mine.drop();
      remembered.hidden = true;
    });
  }
  const unsent = $("unsent");
  if (unsent) unsent.hidden = !outbox.read();

  /* ---- receipt: a picture to keep ---- */
  const receipt = $("receipt");
  if (receipt) {
    drafts.drop();
    outbox.drop();
    const keep = $("remember");
    if (keep) {
      keep.addEventListener("click", () => {
        const one = { secret: receipt.dataset.secret, words: receipt.dataset.remember };
        const others = (mine.read() || []).filter((old) => old.secret !== one.secret).slice(0, 4);
        const done = mine.write([one, ...others]);
        $("remember-said").textContent = done ? "记住了。下次点“查办理进度”，直接选就行。" : "这部手机不让记，请抄下来。";
        keep.hidden = done;
      });
    }
    $("print").addEventListener("click", () => window.print());
    $("save").addEventListener("click", () => {
      const canvas = make("canvas", { width: 750, height: 1000 });
      const pen = canvas.getContext("2d");
      const line = (words, y, font, colour) => {
        pen.font = font + ' "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
        pen.fillStyle = colour;
        pen.textAlign = "center";
        pen.fillText(words, 375, y, 690);
      };
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, 750, 1000);
      pen.fillStyle = "#c0272d";
      pen.fillRect(0, 0, 750, 130);
      line(receipt.dataset.city + " · 周“解忧”", 82, "600 40px", "#fff");
      line("查询编号", 205, "36px", "#454d5e");
      line(receipt.dataset.secret, 280, "700 60px", "#1c2230");
      pen.imageSmoothingEnabled = false;
      pen.drawImage($("qr"), 175, 330, 400, 400);
      line("扫一扫打开查询页，再输入编号", 790, "30px", "#454d5e");
      line(receipt.dataset.address, 840, "30px", "#1c2230");
      line(receipt.dataset.day + " 提交", 900, "28px", "#5b6475");
      line("编号只有您知道，请不要告诉别人", 950, "28px", "#5b6475");
      const address = canvas.toDataURL("image/png");
      const picture = make("img", { className: "card", src: address, alt: "查询编号 " + receipt.dataset.secret });
      const words = make("p", { className: "hint after", textContent: "没有自动存下的，长按上面的图保存。" });
      $("picture").replaceChildren(picture, words);
      make("a", { href: address, download: "查询编号.png" }).click();
    });
  }
})();
