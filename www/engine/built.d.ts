// What the build (xtask/pack) tells the page of its files. Only types: the bundler puts the values here.

/** `at`: address below the page's, or in the single file the id of the element that holds it; `bytes`: as it is stored. */
export interface BuiltFile { at: string; integrity: string; bytes: number }
/** Files that are fetched when they are needed, by their path in the sources: `engine/cpu.wasm.zst`, `weights/lenet.safetensors`. */
export const FILES: Record<string, BuiltFile>;
/** The drawings of the 43 signs, as SVG. */
export const SIGNS: string[];
/** The worker's script, and what it needs of each engine's before. */
export const WORKER: string;
export const GLUE: Record<"cpu" | "gpu", string>;
/** Whether this is the single file, with everything inside. */
export const SINGLE: boolean;
/** Address of the service worker, where this build has one. */
export const OFFLINE: string | null;
