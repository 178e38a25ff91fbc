// What the pages gain with JavaScript; everything works without it.
(() => {
  const box = document.querySelector(".finder input");
  const hints = document.querySelector(".hints");
  if (box && hints) {
    const items = () => [...hints.querySelectorAll(".hint")];
    const close = () => {
      hints.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const move = (step) => {
      const all = items();
      if (!all.length) return;
      const now = all.findIndex((item) => item.getAttribute("aria-selected") === "true");
      const next = (now + step + all.length) % all.length;
      all.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
      box.setAttribute("aria-activedescendant", all[next].id);
      all[next].scrollIntoView({ block: "nearest" });
    };
    box.addEventListener("keydown", (event) => {
      const chosen = items().find((item) => item.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(items().length && !chosen ? 0 : -1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && chosen) chosen.click();
      else return;
      if (event.key !== "Escape" && items().length) event.preventDefault();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".finder")) close();
    });
    document.addEventListener("htmx:after:swap", () => {
      box.setAttribute("aria-expanded", String(items().length > 0));
    });
  }
  // A changed tick or sort order asks at once; the button stays for those without JavaScript.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form && (form.dataset.atOnce === "always" || matchMedia("(min-width: 64rem)").matches)) {
      form.requestSubmit();
    }
  });
  document.querySelectorAll(".gallery-small a").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const figure = document.querySelector(link.getAttribute("href"));
      figure.parentElement.scrollTo({ left: figure.offsetLeft - figure.parentElement.offsetLeft });
    });
  });
})();
