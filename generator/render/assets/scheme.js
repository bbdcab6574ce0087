// Light or dark. Without a choice the style sheet follows the system; a choice is kept on this
// device. Loaded in the head so that the first paint has the right colours.
(() => {
  const KEY = "gone-dark-scheme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const keep = (scheme) => {
    try {
      if (scheme) localStorage.setItem(KEY, scheme);
      else localStorage.removeItem(KEY);
    } catch { /* storage is switched off: the choice lasts for this page */ }
  };
  const apply = (scheme) => {
    if (scheme === "slate" || scheme === "default") root.dataset.mdColorScheme = scheme;
    else delete root.dataset.mdColorScheme;
  };
  const bySystem = () => (system.matches ? "slate" : "default");

  root.classList.replace("no-js", "js");
  apply(stored());
  addEventListener("storage", (event) => event.key === KEY && apply(event.newValue));
  addEventListener("DOMContentLoaded", () => {
    document.querySelector(".gd-scheme-button")?.addEventListener("click", () => {
      const now = root.dataset.mdColorScheme ?? bySystem();
      const next = now === "slate" ? "default" : "slate";
      // Choosing what the system says anyway means following the system again.
      const choice = next === bySystem() ? null : next;
      keep(choice);
      apply(choice);
    });
  });
})();
