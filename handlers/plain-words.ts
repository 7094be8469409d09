/** A text without the mentions at its beginning, for parts of a form that people give as bare words. */
export function plainWords(text: string): string {
  return text.replace(/^(?:\s*[@＠]\S+\s*)+/u, '').trim()
}

/** Full-width digits and letters as plain ones; the signs between words stay as they were written. */
export function narrowSigns(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ＃]/gu, sign => sign.normalize('NFKC'))
}
