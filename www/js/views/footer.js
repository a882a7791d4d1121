// Version, licence, and where things come from.

/** @import { App } from "./app.js" */
import { h, text } from "../lib/dom.js";

/** @param {HTMLElement} place @param {App} app */
export function mountFooter(place, { store }) {
  const version = h("span", { testid: "version" });
  place.append(
    h("p", {}, h("strong", {}, "Fool the Sign "), version, " · open source, MIT or Apache-2.0"),
    h("p", {}, "All signs are drawn for this project. The 43 classes are those of the German Traffic Sign Recognition Benchmark (Stallkamp, Schlipsing, Salmen, Igel: IJCNN 2011); none of its images are in the page."),
    h("p", {}, "Each attack and each recipe names its paper beside its settings. The purifier follows MagNet (Meng, Chen: CCS 2017) and HGD (Liao and others: CVPR 2018). The network runs on Burn; the curves are drawn by uPlot."),
    h("p", {}, "For learning and testing. Do not use it to judge real traffic."));
  store.watch((state) => [state.version], (value) => text(version, value));
}
