// Stands in for what the build tells the page of its files: there are none.

import type { BuiltFile } from "../../www/engine/built.js";

export const FILES: Record<string, BuiltFile> = {};
export const SIGNS: string[] = [];
export const WORKER = "";
export const GLUE = { cpu: "", gpu: "" };
export const SINGLE = false;
export const OFFLINE = null;
