// Asks the browser for what the GPU path needs before it is started: the GPU runtime would panic on what is missing.

import { words, type Words } from "../words/say.js";

/** Whether WebGPU can be used, and one clause that says why not. */
export interface Probe { ok: boolean; software: boolean; why: Words; name: Words }

const MIB = 1024 * 1024;
/** The part of GPUSupportedLimits that the GPU runtime asks for. */
const LIMITS: [
  name: "maxStorageBufferBindingSize" | "maxComputeInvocationsPerWorkgroup" | "maxStorageBuffersPerShaderStage" | "maxComputeWorkgroupStorageSize",
  least: number, words: (value: number) => Words,
][] = [
  ["maxStorageBufferBindingSize", 128 * MIB, (value) => words("probe.buffer-size", Math.round(value / MIB))],
  ["maxComputeInvocationsPerWorkgroup", 256, (value) => words("probe.threads", value)],
  ["maxStorageBuffersPerShaderStage", 8, (value) => words("probe.buffers", value)],
  ["maxComputeWorkgroupStorageSize", 16384, (value) => words("probe.shared-memory", value)],
];
/** A graphics device whose name the browser keeps to itself. */
const UNNAMED = words("probe.graphics-device");

const refused = (why: Words, name = UNNAMED): Probe => ({ ok: false, software: false, why, name });

export async function probe(): Promise<Probe> {
  // Not in every browser, whatever its type says; and where it is switched off it may be there and hold nothing.
  const gpu: GPU | undefined = navigator.gpu;
  if (!gpu) return refused(words(self.isSecureContext ? "probe.no-webgpu" : "probe.insecure"));
  let adapter: GPUAdapter | null = null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch (error) {
    return refused(words("probe.refused", String(error)));
  }
  if (!adapter) return refused(words("probe.no-device"));

  const { vendor = "", architecture = "", description = "" } = adapter.info ?? {};
  const said = description || [vendor, architecture].filter(Boolean).join(" ");
  const name: Words = said ? { text: said } : UNNAMED;
  if (!adapter.features.has("timestamp-query")) return refused(words("probe.no-timestamps"), name);
  for (const [limit, least, why] of LIMITS) {
    const value = adapter.limits[limit] ?? 0;
    if (value < least) return refused(why(value), name);
  }
  const software = Boolean(adapter.info?.isFallbackAdapter ?? ("isFallbackAdapter" in adapter && adapter.isFallbackAdapter))
    || /swiftshader|llvmpipe|warp/i.test(`${architecture} ${description}`);
  return { ok: true, software, why: { text: "" }, name };
}
