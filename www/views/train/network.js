// The network, layer by layer.

/** @import { App } from "../app.js" */
import { h, scrolling, text } from "../../ui/dom.js";
import { engineWords } from "../../words/engine-words.js";
import { count } from "../../words/format.js";
import { t } from "../../words/i18n.js";

/** @param {HTMLElement} place @param {App} app */
export function mountNetwork(place, { store }) {
  const body = h("tbody");
  const total = h("td", { testid: "network-parameters" });
  const summary = h("summary", { testid: "network-summary" });
  place.append(h("details", { class: "more aside" }, summary,
    scrolling(t("network.layers-of-the-network"),
      h("table", { class: "figures", testid: "network-table" },
        h("thead", {}, h("tr", {}, ...[t("network.layer"), t("network.output"), t("network.parameters")].map((head) => h("th", { attrs: { scope: "col" } }, head)))),
        body, h("tfoot", {}, h("tr", {}, h("th", { attrs: { scope: "row", colspan: 2 } }, t("network.all-parameters")), total))))));
  store.watch((state) => [state.layers, state.parameters, state.shelf], (layers, parameters, { selected, models }) => {
    const architecture = models.find(({ name }) => name === selected)?.architecture ?? "lenet";
    text(summary, parameters > 0 ? t("network.the-network-layers-parameters", architecture, layers.length, count(parameters)) : t("network.the-network"));
    text(total, count(parameters));
    total.dataset["value"] = String(parameters);
    body.replaceChildren(...layers.map((layer) => h("tr", {},
      h("td", {}, engineWords(layer.name)), h("td", {}, Array.from(layer.output).join(" × ")), h("td", {}, count(layer.parameters)))));
  });
}
