// Under which the browser keeps the choice of colours; by itself, so that the page's first script takes in nothing else.

export const THEME_KEY = "fool-the-sign-theme";
