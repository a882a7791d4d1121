// Words of the lesson, the museum and the glossary, in English.

/** @type {Record<string, string>} */
export const WORDS = {
};
