// What pages do better with a script; all of them work without it.

// Times are shown in the zone of whoever reads them.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`zone=${zone}`)) {
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}

// A form is sent once, however often its button is pressed.
addEventListener("submit", (event) => {
  if ("again" in event.target.dataset) return; // a download leaves the page as it is
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What was done is said once: the address forgets it, so that reloading does not say it again.
const address = new URL(location.href);
if (address.searchParams.has("was-done")) {
  address.searchParams.delete("was-done");
  history.replaceState(history.state, "", address);
}

// Enter finds where one looks for more to choose from; elsewhere in a form it saves.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.(".find input")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button").click();
});
