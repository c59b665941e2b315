// netjob: the one script. Delegated listeners only, so that what htmx swaps in works at once;
// every page works without it. Sentences come from data attributes, where they can be translated.
"use strict";

const root = document.documentElement;
const $ = (selector, within = document) => within.querySelector(selector);
const on = (type, listener, capture = false) => document.addEventListener(type, listener, capture);

// ---- Saying things ---------------------------------------------------------

const live = $("#live");
const whisper = $("#whisper");
const STAYS_FOR = 12_000; // never under 8 s

/** Shows a sentence and has it read out. A mistake stays; anything else leaves by itself. */
function say(text, tone = "info", offer = "") {
  if (!live) return alert(text);
  // What lies behind a modal dialog is inert, and would be neither seen nor read out.
  const home = $("dialog:modal") ?? $(".toasts");
  if (live.parentElement !== home) home.append(live);
  const sentence = document.createElement("span");
  sentence.textContent = text;
  const button = $("#dismiss").content.cloneNode(true);
  live.className = tone;
  live.replaceChildren(sentence, ...(offer ? [$(offer).content.cloneNode(true)] : []), button);
  if (tone !== "error") leaveLater(sentence, () => live.replaceChildren());
}

function leaveLater(element, leave) {
  setTimeout(() => {
    if (!element.isConnected) return;
    if (element.parentElement.matches(":hover, :focus-within")) return leaveLater(element, leave);
    leave();
  }, STAYS_FOR);
}

/** A message with an Undo, a warning or a mistake stays until it is dismissed. */
function settleMessages() {
  const messages = document.querySelectorAll("#messages > .message");
  [...messages].slice(0, -3).forEach((message) => message.remove());
  for (const message of messages) {
    if (message.dataset.seen || message.matches(":has(form), .warning, .error")) continue;
    message.dataset.seen = "yes";
    leaveLater(message.firstElementChild, () => message.remove());
  }
}

// ---- Requests --------------------------------------------------------------

// Read at request time: another tab may have signed in again since this page was made.
function csrfToken() {
  const name = `${root.dataset.csrfCookie}=`;
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(name));
  return cookie && decodeURIComponent(cookie.slice(name.length));
}

on("htmx:configRequest", ({ detail }) => {
  const token = csrfToken();
  if (!token || detail.verb === "get") return;
  detail.headers["X-CSRFToken"] = token;
  // Django looks at the form's own field before the header.
  if (detail.parameters.csrfmiddlewaretoken) detail.parameters.csrfmiddlewaretoken = token;
});

on("htmx:responseError", ({ detail: { xhr } }) => {
  // The server may say it better, in a message. Nothing else of its answer is ever shown here.
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const message = $("#messages > .message > :first-child", answer)?.textContent.trim();
  const kind = xhr.status >= 500 ? "500" : xhr.status;
  say(message || live.dataset[`error-${kind}`] || live.dataset.error, "error");
});
// The session has ended. Going to the log-in would lose what is typed: stay, and say where to log in.
on("htmx:beforeOnLoad", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 401 || !xhr.getResponseHeader("HX-Redirect") || !holdsUnsavedText()) return;
  event.preventDefault();
  say(live.dataset["error-401"], "error", "#log-in");
});
on("htmx:sendError", () => say(live.dataset.errorNetwork, "error"));
on("htmx:timeout", () => say(live.dataset.errorNetwork, "error"));
on("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && live.matches(".error")) live.replaceChildren();
});

// ---- One press, one submission ---------------------------------------------

// The buttons are aria-disabled, not disabled: the keyboard keeps its place, and the name of the
// pressed button is still sent. The listener below is what refuses the second press.
const busy = new Map();

function hold(form) {
  const buttons = form.elements ? [...form.elements].filter((element) => element.type === "submit") : [form];
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  form.setAttribute("aria-busy", "true");
  // A download, or a page load that was stopped, never tells us that it is over.
  busy.set(form, { buttons, timer: setTimeout(() => release(form), 20_000) });
}

function release(form) {
  const held = busy.get(form);
  if (!held) return;
  clearTimeout(held.timer);
  held.buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  form.removeAttribute("aria-busy");
  busy.delete(form);
}

function refuseSecond(event) {
  const form = event.type === "submit" ? event.target : event.target.closest?.("[hx-post]:not(form)");
  if (!busy.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
on("submit", refuseSecond, true); // before htmx hears of it
on("click", refuseSecond, true);

on("submit", ({ target: form, defaultPrevented }) => {
  // htmx has its own pair of events; a new tab leaves this page as it is.
  if (defaultPrevented || form.method === "dialog" || form.target === "_blank") return;
  kept.delete(form);
  hold(form);
});
on("htmx:beforeRequest", ({ detail: { elt, requestConfig } }) => {
  // Saving while somebody types must not block the Save button.
  if (requestConfig.verb !== "get" && /^(submit|click)$/.test(requestConfig.triggeringEvent?.type)) hold(elt);
});
on("htmx:afterRequest", ({ detail }) => {
  release(detail.requestConfig.elt);
  if (detail.successful) kept.delete(detail.requestConfig.elt.closest?.("form"));
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) [...busy.keys()].forEach(release); // back from the next page
});

// ---- Text that is not saved yet: <form data-keep> --------------------------

const kept = new Set();
on("input", ({ target }) => {
  const form = target.closest("form[data-keep]");
  if (form) kept.add(form);
});
on("reset", ({ target }) => kept.delete(target));
function holdsUnsavedText() {
  // A refused form holds text that the server did not take.
  const refused = $("form[data-keep] [aria-invalid=true]")?.form;
  if (refused && !busy.has(refused)) kept.add(refused);
  return [...kept].some((form) => form.isConnected);
}
addEventListener("beforeunload", (event) => holdsUnsavedText() && event.preventDefault());

// A template or another way brings the composer anew. What is typed until it comes is newer, and stays.
const letter = () => $("#composer textarea");
const asked = new WeakMap(); // request: the text when it left
on("htmx:beforeRequest", ({ detail: { xhr, target } }) => {
  if (target.id === "composer") asked.set(xhr, letter().value);
});
on("htmx:beforeSwap", ({ detail: { xhr, target } }) => {
  if (target.id !== "composer" || letter().value === asked.get(xhr)) return;
  const { value, selectionStart, selectionEnd } = letter();
  on("htmx:afterSwap", () => {
    letter().value = value;
    letter().setSelectionRange(selectionStart, selectionEnd);
    letter().dispatchEvent(new Event("input", { bubbles: true })); // counted and checked
  }, { once: true });
});

// ---- Where the keyboard is -------------------------------------------------

function focusProblem(within) {
  const problem = $(".error-summary", within) ?? $("[aria-invalid=true]", within);
  problem?.focus();
  return Boolean(problem);
}

function focusRegion(region) {
  if (!region.matches("a, button, input, select, textarea, summary, [tabindex]")) region.tabIndex = -1;
  region.focus({ preventScroll: true });
}

// "Show 50 more" gives way to what it has brought.
on("htmx:afterRequest", ({ detail: { elt, successful } }) => {
  const more = successful && elt.closest?.(".show-more");
  if (!more) return;
  const next = more.nextElementSibling;
  more.remove();
  if (next) focusRegion($("a, button", next) ?? next);
});

let left = null; // the region that is about to lose the focused element
on("htmx:beforeSwap", ({ detail: { target } }) => {
  left = target?.contains(document.activeElement) && document.activeElement !== document.body
    ? { region: target, id: target.id, parent: target.parentElement } : null;
});
on("htmx:afterSettle", ({ target, detail: { xhr } }) => {
  if (xhr?.status === 422 && target.isConnected) focusProblem(target.closest("form") ?? target);
});
on("htmx:afterRequest", () => {
  if (!left) return;
  const { region, id, parent } = left;
  left = null;
  if (document.activeElement && document.activeElement !== document.body) return;
  const now = region.isConnected ? region : (id && document.getElementById(id)) || parent;
  focusRegion(now?.isConnected ? now : $("#main"));
});

// ---- Counting: <textarea data-count data-limit="200" data-count-into="#n"> --

let unread;
function count(area, aloud = true) {
  const into = $(area.dataset.countInto);
  if (!into) return;
  // LinkedIn counts UTF-16 code units, and so does .length.
  const n = area.value.length;
  const limit = Number(area.dataset.limit);
  const over = n > limit;
  const words = (over && into.dataset.over) || into.dataset.under || "{n} / {limit}";
  const text = words.replace("{n}", n).replace("{limit}", limit).replace("{over}", n - limit).replace("{left}", limit - n);
  into.textContent = text;
  into.classList.toggle("over", over);
  clearTimeout(unread);
  if (aloud) unread = setTimeout(() => { whisper.textContent = text; }, 1500); // not at every key
}
on("input", ({ target }) => target.matches("[data-count]") && count(target));

// ---- Copying: data-copy="#id" on a button, or on a plain link that then opens --

async function copy(trigger) {
  const source = $(trigger.dataset.copy);
  try {
    // No await before this line: the link's new tab takes the focus away, and with it the right to copy.
    if (navigator.clipboard) await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    else if (!selectText(source) || !document.execCommand("copy")) throw new Error("refused"); // plain http at home
    say(trigger.dataset.copied ?? live.dataset.copied, "success");
  } catch {
    selectText(source);
    say(live.dataset.notCopied, "info");
  }
}

function selectText(source) {
  if (!source.select) getSelection().selectAllChildren(source);
  else { source.focus(); source.select(); }
  return true;
}

/** A mailto: link takes the fields as they stand now, not as they were when the page was made. */
function fillMail(link) {
  const { subject, text } = $(link.dataset.mail).elements;
  const body = encodeURIComponent(text.value.replaceAll("\n", "\r\n"));
  link.href = `${link.href.split("?")[0]}?subject=${encodeURIComponent(subject.value)}&body=${body}`;
}

// ---- Searches that open elsewhere: <a data-search="people:Data Analyst"> and the form #visits --

/** The link is a plain one and opens by itself; that it was opened is posted beside it. */
async function rememberVisit({ target, button }) {
  const link = target.closest?.("a[data-search]");
  const form = $("#visits");
  if (!link || !form || button > 1) return;
  const body = new FormData();
  body.set("search", link.dataset.search);
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() ?? "" };
  try {
    // keepalive: it may be this page that gives way to the search.
    const { ok } = await fetch(form.action, { method: "POST", body, headers, keepalive: true });
    if (!ok) return; // then it does not say that it was opened
    const opened = $(".opened", link.parentElement);
    opened.textContent = form.dataset.opened;
    opened.dateTime = new Date().toISOString();
    opened.title = new Date().toLocaleString(root.lang, { dateStyle: "full", timeStyle: "short" });
    opened.hidden = false;
  } catch { /* no connection: the same */ }
}
on("click", rememberVisit);
on("auxclick", rememberVisit);

// ---- Clicks and keys -------------------------------------------------------

on("click", ({ target, defaultPrevented }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  const pressed = target.closest?.("[data-copy], [data-mail], [data-dialog], [data-close], [data-dismiss]");
  if (!pressed) return;
  if (pressed.dataset.copy) copy(pressed);
  if (pressed.dataset.mail) fillMail(pressed);
  if (pressed.dataset.dialog) open($(pressed.dataset.dialog));
  if ("close" in pressed.dataset) pressed.closest("dialog").close();
  if ("dismiss" in pressed.dataset) {
    const message = pressed.closest(".message");
    message ? message.remove() : live.replaceChildren();
    focusRegion($("#main"));
  }
});
/** Shows a dialog; what it does not hold yet is fetched: <div hx-get="…" hx-trigger="fill"></div>. */
function open(dialog) {
  dialog.showModal();
  dialog.querySelectorAll("[hx-trigger=fill]:empty").forEach((box) => htmx.trigger(box, "fill"));
}
// A link may stand behind a dialog, for those without scripts: <a href="…" data-dialog="#id">.
on("click", (event) => event.target.closest?.("a[data-dialog]") && event.preventDefault(), true);

// One that holds a form is opened to write in it.
on("toggle", ({ target }) => target.matches("details.menu[open]") && $("form input:not([type=hidden])", target)?.focus(), true);
on("keydown", ({ key, target }) => {
  const menu = key === "Escape" && target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  $("summary", menu).focus();
});

// ---- Lists: j and k go from row to row, x ticks, o opens, 0 to 3 and p 1 to 3 rate; "all shown" ticks all ----

const ROWS = "main :is(.rows > li, .table tbody tr):has(.row-title a)";

/** The focus itself moves, to the link of the row: what is marked is what is read out, and Enter opens it. */
function goToRow(step) {
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  if (!row) return;
  $(".row-title a", row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

let rates = 0; // until when a number after "p" is the posting

/** Presses the dot of that number in the row, and has it read out, with what stood there before. */
function rate(row, name, value) {
  const dot = $(`[name=${name}][value="${value}"]`, row);
  if (!dot) return;
  const before = $(`[name=${name}]:checked`, row);
  const what = $("legend", dot.closest("fieldset")).textContent;
  dot.click();
  whisper.textContent = live.dataset.rated
    .replace("{what}", what).replace("{now}", dot.ariaLabel).replace("{was}", before?.ariaLabel ?? "–");
}

on("keydown", (event) => {
  const { key, target } = event;
  if (root.dataset.singleKeys !== "on" || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog:modal")) return;
  if (target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const row = target.closest?.(ROWS);
  if (key === "j" || key === "k") goToRow(key === "j" ? 1 : -1);
  else if (key === "x" && row) $("[name=row]", row)?.click();
  else if (key === "o" && row) $(".row-title a", row).click();
  else if (key === "p" && row && $("[name=posting]", row)) rates = event.timeStamp + 1500;
  else if (/^[0-3]$/.test(key) && row && !event.repeat) {
    rate(row, event.timeStamp < rates ? "posting" : "motivation", key);
    rates = 0;
  } else return;
  event.preventDefault();
});

const pickBoxes = () => [...document.querySelectorAll("[name=row][form=bulk]")];

/** How many are ticked, in the bar that comes up with the first one. */
function countPicked() {
  const all = $("[data-pick-all]"), said = $("[data-picked]"), boxes = pickBoxes();
  const n = boxes.filter((box) => box.checked).length;
  if (all) all.checked = n > 0 && n === boxes.length;
  if (said) said.textContent = n === 1 ? said.dataset.one : said.dataset.many.replace("%n", n);
}
on("change", ({ target }) => {
  const all = $("[data-pick-all]");
  if (target === all) pickBoxes().forEach((box) => { box.checked = all.checked; });
  if (target === all || pickBoxes().includes(target)) countPicked();
});
on("click", ({ target }) => {
  if (!target.closest?.("[data-unpick]")) return;
  pickBoxes().forEach((box) => { box.checked = false; });
  countPicked();
  $("[data-pick-all]")?.focus(); // the bar goes, and with it the button
});

// ---- Add: what was read out of one field stands in another, until somebody writes there themselves ----

function standIn(within) {
  within.querySelectorAll?.("[data-stands-in]").forEach(({ value, dataset }) => {
    const field = $(dataset.standsIn);
    if ([field.dataset.stoodIn ?? "", value].includes(field.value)) field.value = field.dataset.stoodIn = value;
  });
}

// ---- Search: what is found stands as links below the field -----------------

const searchBox = $(".search-box");

function stopSearching() {
  htmx.trigger("#search", "htmx:abort");
  $("#found")?.replaceChildren();
}
on("htmx:afterSwap", ({ target }) => {
  const said = /^(found|results)$/.test(target.id) && $("[data-said]", target);
  if (said) whisper.textContent = said.dataset.said;
});
searchBox?.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const links = [...searchBox.querySelectorAll("#found a")];
  if (key === "Escape" && links.length) {
    stopSearching();
    $("#search").focus();
  } else if (links.length && (key === "ArrowDown" || key === "ArrowUp")) {
    const next = links.indexOf(target) + (key === "ArrowDown" ? 1 : -1);
    next < 0 ? $("#search").focus() : links[Math.min(next, links.length - 1)].focus();
  } else return;
  event.preventDefault();
});
// Gone when the attention is elsewhere. Typing again, or coming back to the field, finds it again.
on("focusin", ({ target }) => searchBox && !searchBox.contains(target) && stopSearching());
on("pointerdown", ({ target }) => searchBox && !searchBox.contains(target) && stopSearching());

// ---- Keys: one key each; docs and the list of them: templates/netjob/keys.html --

let goes = 0; // until when a letter after "g" names a place
on("keydown", (event) => {
  const { key, target } = event;
  if (root.dataset.singleKeys !== "on" || event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog:modal")) return;
  if (target.closest?.("input, textarea, select, [contenteditable], audio, video")) return;
  const place = event.timeStamp < goes && $(`[data-go="${CSS.escape(key)}"]`);
  goes = key === "g" ? event.timeStamp + 1500 : 0;
  if (place) place.click();
  else if (key === "/") $("#search")?.select();
  else if (key === "n" || key === "?") {
    const box = $(key === "n" ? "main #add-box [autofocus]" : "main #keys-box");
    box ? box.focus() : $(`[data-key="${key}"]`)?.click();
  } else if ($(`main [data-press="${CSS.escape(key)}"]`)) $(`main [data-press="${CSS.escape(key)}"]`).click(); // a button says its key
  else return;
  event.preventDefault();
  event.stopImmediatePropagation(); // "o" after "g" opens no row
}, true);

// ---- What has just arrived -------------------------------------------------

function arrive(within) {
  within.querySelectorAll?.("[data-count]").forEach((area) => count(area, false));
  // A browser puts the caret before what is in the field; one goes on writing after it.
  within.querySelectorAll?.("input:is([type=text], [type=search])[autofocus]").forEach((input) => input.setSelectionRange(input.value.length, input.value.length));
  within.querySelectorAll?.("[data-time-zone]").forEach((zone) => { // sign-up: where this browser is
    zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
  });
  standIn(within.closest?.("#known") ?? within);
  within.querySelectorAll?.(".pick-all, .picked").forEach((part) => { part.hidden = false; });
  if (within.querySelector?.("[name=row]")) countPicked();
  settleMessages();
}
on("htmx:load", ({ target }) => arrive(target));
arrive(document);
if (!location.hash) focusProblem(document);
