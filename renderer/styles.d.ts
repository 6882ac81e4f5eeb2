// A stylesheet is imported for what it does to the page, never for a value.
declare module '*.css' {}
