// The checksum that zip and PNG have, by the library's own sum: of a file that goes nowhere.

import { ZipPassThrough } from "fflate";

/** A sum that grows piece by piece; after its end it is over. */
export function checksum(): { add(bytes: Uint8Array): void; end(): number } {
  const sum = new ZipPassThrough("");
  sum.ondata = () => {};
  return {
    add: (bytes) => sum.push(bytes),
    end() {
      sum.push(new Uint8Array(), true);
      return sum.crc >>> 0;
    },
  };
}
