/* Served at the top of a zone: keeps one page (with its styles) for when there is no network. Nothing else is kept. */
"use strict";
const PAGE = "/offline/";
const KEPT = "jieyou" + PAGE;
const ZONE = PAGE.replace("offline/", "");

self.addEventListener("install", (event) => {
  const keep = async () => {
    const box = await caches.open(KEPT);
    const answer = await fetch(PAGE);
    const text = await answer.clone().text();
    const styles = Array.from(text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g), (found) => found[1]);
    await box.put(PAGE, answer);
    await box.addAll(styles);
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  const ours = ZONE === "/" ? !/^\/(desk|api)\//.test(path) : path.startsWith(ZONE);
  const kept = (what) => caches.open(KEPT).then((box) => box.match(what, { ignoreVary: true }));
  if (event.request.mode === "navigate" && ours) {
    event.respondWith(fetch(event.request).catch(() => kept(PAGE)));
  } else if (event.request.destination === "style") {
    event.respondWith(fetch(event.request).catch(() => kept(event.request)));
  }
});
