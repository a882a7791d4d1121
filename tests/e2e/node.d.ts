// The few parts of Node that the tests and the build use, so that they are type-checked without another dependency.

declare class Buffer extends Uint8Array {
  static from(data: string | ArrayLike<number> | ArrayBufferLike, encoding?: string): Buffer;
  static alloc(size: number, fill?: number): Buffer;
  static concat(parts: Uint8Array[]): Buffer;
  subarray(start?: number, end?: number): Buffer;
  indexOf(value: string | number | Uint8Array, from?: number): number;
  readUInt16LE(offset: number): number;
  readUInt32LE(offset: number): number;
  toString(encoding?: string, start?: number, end?: number): string;
}

declare const process: {
  env: Record<string, string | undefined>;
  cwd(): string;
  exit(code: number): never;
  platform: string;
};

declare module "node:test" {
  export interface Context {
    after(body: () => unknown): void;
    name: string;
    diagnostic(message: string): void;
    skip(message?: string): void;
    test(name: string, body: (t: Context) => unknown): Promise<void>;
  }
  interface Options { timeout?: number; skip?: boolean | string; concurrency?: number }
  type Body = (t: Context) => unknown;
  function test(name: string, body: Body): Promise<void>;
  function test(name: string, options: Options, body: Body): Promise<void>;
  export function before(body: () => unknown, options?: Options): void;
  export function after(body: () => unknown, options?: Options): void;
  export default test;
}

declare module "node:assert/strict" {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    ok(value: unknown, message?: string): asserts value;
    equal<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
    match(value: string, pattern: RegExp, message?: string): void;
    doesNotMatch(value: string, pattern: RegExp, message?: string): void;
    rejects(promise: Promise<unknown>, expected?: string | RegExp | { message: string | RegExp }): Promise<void>;
    throws(work: () => unknown, message?: string | RegExp): void;
    fail(message?: string): never;
  }
  const assert: Assert;
  export default assert;
}

declare module "node:http" {
  interface Incoming { url?: string; method?: string }
  interface Outgoing {
    writeHead(status: number, headers?: Record<string, string | number>): Outgoing;
    end(body?: string | Uint8Array): void;
  }
  interface Server {
    listen(port: number, host: string, done: () => void): void;
    address(): { port: number };
    close(done?: () => void): void;
    closeAllConnections(): void;
    unref(): void;
  }
  export function createServer(answer: (request: Incoming, response: Outgoing) => void): Server;
}

declare module "node:fs" {
  export function readFileSync(path: string | URL): Buffer;
  export function readFileSync(path: string | URL, encoding: "utf8"): string;
  export function writeFileSync(path: string, data: string | Uint8Array): void;
  export function readdirSync(path: string | URL): string[];
  export function readdirSync(path: string, options: { recursive: true }): string[];
  export function readdirSync(path: string, options: { withFileTypes: true }): { name: string; isDirectory(): boolean }[];
  export function existsSync(path: string | URL): boolean;
  export function mkdirSync(path: string, options?: { recursive?: boolean }): void;
  export function mkdtempSync(prefix: string): string;
  export function symlinkSync(to: string, path: string): void;
  export function cpSync(from: string, to: string, options?: { recursive?: boolean }): void;
  export function rmSync(path: string, options?: { recursive?: boolean }): void;
}

declare module "node:path" {
  export function join(...parts: string[]): string;
  export function basename(path: string): string;
  export function dirname(path: string): string;
  export function extname(path: string): string;
  export function normalize(path: string): string;
  export function resolve(...parts: string[]): string;
  export const sep: string;
}

declare module "node:url" {
  export function pathToFileURL(path: string): URL;
  export function fileURLToPath(url: string | URL): string;
}

declare module "node:zlib" {
  export function inflateRawSync(data: Uint8Array): Buffer;
  export function gzipSync(data: Uint8Array, options?: { level?: number }): Buffer;
  export function brotliCompressSync(data: Uint8Array, options?: { params?: Record<number, number> }): Buffer;
  export const constants: { BROTLI_PARAM_QUALITY: number; BROTLI_PARAM_SIZE_HINT: number; BROTLI_PARAM_LGWIN: number };
}

declare module "node:crypto" {
  interface Hash { update(data: string | Uint8Array): Hash; digest(encoding: "hex" | "base64"): string }
  export function createHash(name: string): Hash;
}

declare module "node:net" {
  interface Socket { on(event: "data", heard: (chunk: Buffer) => void): void; write(text: string): void; end(): void }
  export function connect(port: number, host: string): Socket;
}

declare module "node:child_process" {
  export function execFileSync(command: string, words: string[], options: { cwd: string; encoding: "utf8"; maxBuffer?: number; stdio?: string[] }): string;
  export function spawnSync(command: string, words: string[], options: { encoding: "utf8" }): { status: number | null; stdout: string; stderr: string };
  interface Silent { kill(): void; on(event: "exit", heard: () => void): void }
  type Variables = Record<string, string | undefined>;
  export function spawn(command: string, words: string[], options: { stdio: "ignore"; env?: Variables }): Silent;
  interface Telling { kill(): void; stdout: AsyncIterable<Uint8Array> }
  export function spawn(command: string, words: string[], options: { stdio: ["ignore", "pipe", "ignore"] }): Telling;
  interface Talking { stdin: { write(line: string): void; end(): void }; stdout: AsyncIterable<Uint8Array> }
  export function spawn(command: string, words: string[], options: { stdio: ["pipe", "pipe", "inherit"] }): Talking;
}

declare module "node:readline" {
  export function createInterface(options: { input: AsyncIterable<Uint8Array> }): AsyncIterable<string>;
}

declare module "node:module" {
  export function register(specifier: string): void;
}

declare module "node:os" {
  export function tmpdir(): string;
  export function cpus(): { model: string }[];
}
