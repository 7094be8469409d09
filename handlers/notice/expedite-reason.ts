const BEFORE = /(?:因为?|由于)([^，,。；;]{2,}?)[，,。；;]?\s*(?:请|需要?|要)?(?:立即|马上)?加急/
const FILLER = /^(?:下发|发出去?|发布|发|办理|处理)?[\s，,。：:；;]*(?:原因|理由|因为|由于|因)?(?:是|[：:])?\s*/
const NUMBER = /^第?\d+\s*号(?:提示单|单子)?[\s，,。：:；;]*/

/** Why the principal wants it sent at once, told in the same breath: `12号加急下发，台风今晚登陆`; undefined where only the wish is told. */
export function findExpediteReason(text: string): string | undefined {
  const before = BEFORE.exec(text)?.[1]
  if (before) return before.trim()
  const [, after] = text.split('加急')
  if (after === undefined) return undefined
  const words = after.replace(FILLER, '').replace(NUMBER, '').replace(FILLER, '').trim()
  return words.length >= 2 ? words : undefined
}
