// What has been read from a file or from storage, and may be anything.

export type Loose = { [key: string]: unknown };
export const isObject = (value: unknown): value is Loose => typeof value === "object" && value !== null;
