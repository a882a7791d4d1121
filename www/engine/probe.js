// Asks the browser for what the GPU path needs before it is started: the GPU runtime would panic on what is missing.

/** @import { Probe, Words } from "../state/types.js" */
import { t } from "../words/i18n.js";

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
  ["maxStorageBufferBindingSize", 128 * MIB, (value) => t("probe.buffer-size", Math.round(value / MIB))],
  ["maxComputeInvocationsPerWorkgroup", 256, (value) => t("probe.threads", value)],
  ["maxStorageBuffersPerShaderStage", 8, (value) => t("probe.buffers", value)],
  ["maxComputeWorkgroupStorageSize", 16384, (value) => t("probe.shared-memory", value)],
];
/** A graphics device whose name the browser keeps to itself. @type {Words} */
const unnamed = () => t("probe.graphics-device");

/** @param {Words} why @param {Words} [name] @returns {Probe} */
const refused = (why, name = unnamed) => ({ ok: false, software: false, why, name });

/** @returns {Promise<Probe>} whether WebGPU can be used, and one clause that says why not */
export async function probe() {
  const gpu = /** @type {{ requestAdapter(options: object): Promise<Adapter | null> } | undefined} */ (
    /** @type {any} */ (navigator).gpu);
  if (!gpu) {
    return refused(self.isSecureContext ? () => t("probe.no-webgpu") : () => t("probe.insecure"));
  }
  /** @type {Adapter | null} */
  let adapter = null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (error) {
    return refused(() => t("probe.refused", String(error)));
  }
  if (!adapter) return refused(() => t("probe.no-device"));

  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {};
  const said = description || [vendor, architecture].filter(Boolean).join(" ");
  const name = said ? () => said : unnamed;
  if (!adapter.features.has("timestamp-query")) {
    return refused(() => t("probe.no-timestamps"), name);
  }
  for (const [limit, least, words] of LIMITS) {
    const value = adapter.limits[limit] ?? 0;
    if (value < least) return refused(() => words(value), name);
  }
  const software = Boolean(adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter) || /swiftshader|llvmpipe|warp/i.test(`${architecture} ${description}`);
  return { ok: true, software, why: () => "", name };
}
