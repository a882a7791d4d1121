// What a file is, as far as the page has to know to hand it to who reads it: by its first bytes, and by its name where these leave it open.
// Of what nobody here reads, the engine says what it is.

export type Sort = "archive" | "table" | "weights" | "record" | "picture" | "other";

/** Zip archives that are no data sets: weights of Keras and PyTorch, arrays of NumPy, projects of Teachable Machine. */
const OTHER_ZIPS = /\.(?:keras|pth?|ckpt|npz|tm|docx|xlsx|pptx|odt|ods|apk|jar|epub)$/i;
const PICTURES = /\.(?:png|jpe?g|jpe|jfif|webp|p[pgbn]m|avif|hei[cf]|hif|gif|bmp|dib|tiff?|svgz?|jxl|ico|apng)$/i;

const isPicture = (text: string): boolean => /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|P[1-6]\s|II\*\0|MM\0\*|\xff\x0a|<svg|<\?xml[^]*<svg)/.test(text)
  || /^....ftyp(?:avi|hei|hev|mif|msf)/s.test(text) || /^BM....\0{4}/s.test(text);

export async function sortOf(file: Blob, name: string): Promise<Sort> {
  const bytes = new Uint8Array(await file.slice(0, 256).arrayBuffer().catch(() => new ArrayBuffer(0)));
  const text = String.fromCharCode(...bytes);
  if (/^PK(?:\x03\x04|\x05\x06)/.test(text)) return OTHER_ZIPS.test(name) ? "other" : "archive";
  if (/^.{6}\0\0\{"/s.test(text) || /\.safetensors$/i.test(name)) return "weights";
  if (isPicture(text)) return "picture";
  // Archives that are cut off, or are none: who reads archives says so.
  if (/\.zip$/i.test(name)) return "archive";
  if (/\.[ct]sv$/i.test(name)) return "table";
  if (/\.json$/i.test(name)) return "record";
  return PICTURES.test(name) ? "picture" : "other";
}
