// Asks the browser for what the GPU path needs before it is started: the GPU runtime would panic on what is missing.

/** @import { Probe } from "../state/types.js" */

/**
 * @typedef {object} Adapter the part of GPUAdapter that is used here
 * @property {{ has(name: string): boolean }} features
 * @property {Record<string, number>} limits
 * @property {boolean} [isFallbackAdapter]
 * @property {{ vendor?: string, architecture?: string, description?: string, isFallbackAdapter?: boolean }} [info]
 */

const MIB = 1024 * 1024;
/** @type {[string, number, (value: number) => string][]} */
const LIMITS = [
  ["maxStorageBufferBindingSize", 128 * MIB, (value) => `buffers of ${Math.round(value / MIB)} MiB, and 128 MiB are needed`],
  ["maxComputeInvocationsPerWorkgroup", 256, (value) => `${value} threads in a group, and 256 are needed`],
  ["maxStorageBuffersPerShaderStage", 8, (value) => `${value} buffers at once, and 8 are needed`],
  ["maxComputeWorkgroupStorageSize", 16384, (value) => `${value} bytes of shared memory, and 16,384 are needed`],
];

/** @param {string} sentence @param {string} [name] @returns {Probe} */
const refused = (sentence, name = "") => ({ ok: false, software: false, sentence, name });

/** @returns {Promise<Probe>} whether WebGPU can be used, and one clause that says why not */
export async function probe() {
  const gpu = /** @type {{ requestAdapter(options: object): Promise<Adapter | null> } | undefined} */ (
    /** @type {any} */ (navigator).gpu);
  if (!gpu) {
    return refused(self.isSecureContext
      ? "this browser has no WebGPU"
      : "the browser offers WebGPU only on secure addresses (https or localhost)");
  }
  /** @type {Adapter | null} */
  let adapter = null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (error) {
    return refused(`the browser refused WebGPU (${String(error)})`);
  }
  if (!adapter) return refused("the browser has WebGPU but found no graphics device for it");

  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {};
  const name = description || [vendor, architecture].filter(Boolean).join(" ") || "graphics device";
  if (!adapter.features.has("timestamp-query")) {
    return refused("the graphics device lacks “timestamp-query”, which the GPU engine needs", name);
  }
  for (const [limit, least, words] of LIMITS) {
    const value = adapter.limits[limit] ?? 0;
    if (value < least) return refused(`the graphics device allows only ${words(value)}`, name);
  }
  const software = Boolean(adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter) || /swiftshader|llvmpipe|warp/i.test(`${architecture} ${description}`);
  return { ok: true, software, sentence: "", name };
}
