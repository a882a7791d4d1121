// Only types: the build copies node_modules/lean-qr/nano.mjs to this place in the page.
export { correction, generate } from "lean-qr/nano";
