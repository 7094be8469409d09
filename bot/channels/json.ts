/** Reads fields out of JSON that somebody else wrote: a value of the wrong type is a value that is not there. */

export type JsonObject = Record<string, unknown>

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function asArray(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** A platform's id: short, no control characters, no half characters; anything else could not be stored and found again. */
export function asId(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= 256 && !/[\p{Cc}\p{Cs}]/u.test(value)
    ? value
    : undefined
}

/** Epoch ms between 2001 and 2286, as a number or as digits (DingTalk writes both). */
export function asInstant(value: unknown): number | undefined {
  const instant = typeof value === 'string' && /^\d{13}$/.test(value) ? Number(value) : value
  return typeof instant === 'number' && Number.isInteger(instant) && instant >= 1e12 && instant < 1e13
    ? instant
    : undefined
}

/** An object, or the JSON text of one: DingTalk encodes `content` and `data` both ways. */
export function asObjectOrJson(value: unknown): JsonObject | undefined {
  return asObject(typeof value === 'string' ? parseJson(value) : value)
}

/** undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
