// Only types: the build copies node_modules/uplot/dist/uPlot.esm.js to this place in the page.
export { default } from "uplot";
