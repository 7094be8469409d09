/** A text without the mentions at its beginning, for parts of a form that people give as bare words. */
export function plainWords(text: string): string {
  return text.replace(/^(?:\s*[@＠]\S+\s*)+/u, '').trim()
}
