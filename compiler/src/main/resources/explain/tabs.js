// Tabs: of some panels one is shown.

/**
 * A bar of tabs, one for each panel; arrow keys go from one to the next.
 *
 * @return the bar, and how a panel is shown by its number
 */
function tabs(label, panels, titles, onShow) {
  const bar = make("div", { class: "tabs", role: "tablist", "aria-label": label });
  const buttons = panels.map((panel, number) => {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", titles[number]);
    const tab = make("button", { type: "button", role: "tab", "aria-controls": panel.id }, titles[number]);
    tab.addEventListener("click", () => show(number));
    return tab;
  });
  const show = shown => {
    panels.forEach((panel, number) => { panel.hidden = number !== shown; });
    buttons.forEach((tab, number) => {
      tab.setAttribute("aria-selected", number === shown);
      tab.setAttribute("tabindex", number === shown ? 0 : -1);
    });
    onShow(panels[shown], shown);
  };
  bar.append(...buttons);
  bar.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length;
      show(next);
      buttons[next].focus();
    }
  });
  return { bar, show };
}
