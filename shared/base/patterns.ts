// Patterns that stand for act types: an exact type, or `noun.*` for every type of that noun.

/** Does `pattern` cover a type, or every type that another pattern stands for? */
export function matchesPattern(pattern: string, type: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type
}
