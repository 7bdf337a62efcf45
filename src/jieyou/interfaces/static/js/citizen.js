/* Makes the residents' pages handier; every page works without it. Nothing newer than Chromium 90. */
(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const make = (tag, props, ...inside) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...inside);
    return node;
  };
  const DRAFT = "jieyou.draft";
  const DAY = 24 * 3600 * 1000;
  document.documentElement.classList.add("js");

  /* ---- local store that may be switched off ---- */
  const store = {
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(DRAFT));
        return kept && Date.now() - kept.at < DAY ? kept : null;
      } catch (e) {
        return null;
      }
    },
    write(fields) {
      try {
        localStorage.setItem(DRAFT, JSON.stringify({ at: Date.now(), fields }));
      } catch (e) {
        /* full or forbidden: the page itself still holds what was typed */
      }
    },
    drop() {
      try {
        localStorage.removeItem(DRAFT);
      } catch (e) {
        /* forbidden: then nothing was kept either */
      }
    },
  };

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
  const KEPT = ["category", "words", "county", "township", "village", "where"];
  function draft(form, choose) {
    const field = (name) => form.elements[name];
    const empty = !field("words").value && !field("category").value && !field("county").value;
    const kept = empty ? store.read() : null;
    if (kept && kept.fields && kept.fields.words) {
      const old = kept.fields;
      field("words").value = old.words;
      field("where").value = old.where || "";
      if (old.category) field("category").value = old.category;
      if (old.county) choose(old.village || old.township || old.county);
      $("restored").hidden = false;
      $("clear").addEventListener("click", () => {
        store.drop();
        location.replace(location.pathname);
      });
    }
    let timer = 0;
    const save = () => {
      if ($("accused").checked) return store.drop();
      store.write(Object.fromEntries(KEPT.map((name) => [name, field(name).value])));
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

  const form = $("report");
  if (form && $("county")) {
    const choose = places(form);
    const ready = photos();
    draft(form, choose);
    form.addEventListener("submit", (event) => {
      const work = ready();
      if (!work || !form.requestSubmit) return;
      event.preventDefault(); // photos are still being made small: the press counts as soon as they are
      work.then(() => {
        delete form.dataset.sent;
        form.requestSubmit(event.submitter);
      });
    });
  }

  /* ---- the number out of the QR picture: it stands behind #, which no server ever sees ---- */
  const secret = $("secret");
  if (secret && secret.tagName === "INPUT" && location.hash.length > 12) {
    secret.value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
    history.replaceState(null, "", location.pathname);
  }

  /* ---- receipt: a picture to keep ---- */
  const receipt = $("receipt");
  if (receipt) {
    store.drop();
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
      line("扫一扫，或打开下面的网址查进度", 790, "30px", "#454d5e");
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
