// The little that the page has to know of a file of weights; the engine reads the rest, and checks all of it.

const LONGEST_HEADER = 1_000_000;

/** Whether the file says that it holds an autoencoder. */
export function isPurifier(bytes: Uint8Array): boolean {
  try {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    if (length > LONGEST_HEADER) return false;
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const config = JSON.parse(header.__metadata__.config);
    return Array.isArray(config.stages);
  } catch {
    return false;
  }
}
