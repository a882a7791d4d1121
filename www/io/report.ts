// Reports that one can copy: what happened, where, with which version, and what was said on the console before.

const LINES = 40;
const log: string[] = [];

/** From now on the last lines of the page's own console are kept, beside being written there. */
export function keepLog(page: Pick<Console, "error" | "warn" | "info" | "log"> = console): void {
  for (const level of ["error", "warn", "info", "log"] as const) {
    const print = page[level].bind(page);
    page[level] = (...parts: unknown[]) => {
      log.push(`${level}: ${parts.map(String).join(" ")}`);
      if (log.length > LINES) log.shift();
      print(...parts);
    };
  }
}
export const lastLines = (): string[] => log.slice();

export interface Report {
  version: string;
  device: string;
  /** In milliseconds since 1970. */
  time: number;
  code: string;
  message: string;
  log: string[];
}

export function reportOf({ version, device, time, code, message, log: lines }: Report): string {
  return [
    `Fool the Sign ${version || "(version unknown)"}`, `Device: ${device}`, `Browser: ${navigator.userAgent}`, `Time: ${new Date(time).toISOString()}`,
    `Code: ${code}`, `Message: ${message}`, "Last log lines:", ...(lines.length > 0 ? lines : ["(none)"]),
  ].join("\n");
}

/** An error of the page's own code: what it says, and where it comes from after the lines before it. */
export function thrown(error: unknown): Pick<Report, "message" | "log"> {
  const { message, stack }: { message?: unknown; stack?: unknown } = typeof error === "object" && error !== null ? error : {};
  return { message: String(message ?? error), log: [...lastLines(), ...(stack ? [String(stack)] : [])] };
}
