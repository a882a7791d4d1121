// JPEGs of four components, as Photoshop and print shops write them: as tests/field.rs makes them.

/** 16 × 16 pixels of one colour. @param {number[]} values of the components @param {number} transform as Adobe's marker names it */
function printed(values, transform) {
  const file = [0xff, 0xd8, ...Buffer.from("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00", "latin1"), transform];
  // All steps are 8, so that the first coefficient of a block is its value less 128.
  file.push(0xff, 0xdb, 0, 67, 0, ...Array(64).fill(8), 0xff, 0xc0, 0, 20, 8, 0, 16, 0, 16, 4);
  for (const component of [1, 2, 3, 4]) file.push(component, 0x11, 0);
  // Nine lengths of differences, each a code of four bits; and one code of one bit: nothing more in this block.
  file.push(0xff, 0xc4, 0, 28, 0, 0, 0, 0, 9, ...Array(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8);
  file.push(0xff, 0xc4, 0, 20, 0x10, 1, ...Array(16).fill(0), 0xff, 0xda, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0);
  let bits = "";
  for (let block = 0; block < 4; block += 1) {
    for (const value of values) {
      const difference = block === 0 ? value - 128 : 0;
      const length = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      bits += length.toString(2).padStart(4, "0");
      if (length > 0) bits += (difference < 0 ? difference + 2 ** length - 1 : difference).toString(2).padStart(length, "0");
      bits += "0";
    }
  }
  for (const byte of bits.padEnd(Math.ceil(bits.length / 8) * 8, "1").match(/.{8}/g) ?? []) {
    file.push(parseInt(byte, 2));
    if (parseInt(byte, 2) === 255) file.push(0);
  }
  return Uint8Array.from([...file, 0xff, 0xd9]);
}

/** The same colour in both forms. @param {number[]} colour @returns {Record<string, Uint8Array>} */
export function fourComponents(colour) {
  const [r = 0, g = 0, b = 0] = colour.map((value) => 255 - value);
  // Adobe writes ink the other way round: 255 is none. In the other form light and colour are those of the opposite colour.
  const light = 0.299 * r + 0.587 * g + 0.114 * b;
  const ycck = [light, 128 + 0.564 * (b - light), 128 + 0.713 * (r - light), 255].map(Math.round);
  return { CMYK: printed([...colour, 255], 0), YCCK: printed(ycck, 2) };
}
