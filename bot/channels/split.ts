/** Long texts in parts that the platform takes: cut between lines where possible, never inside a character as people see it. */

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The bytes a text takes inside a JSON string. */
export function countJsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}

/** The bytes of the text as it is. */
export function countUtf8Bytes(text: string): number {
  return Buffer.byteLength(text)
}

/**
 * @param maxBytes of one part, as `count` counts; at least 6, the longest escape
 * @returns the parts in order; a single part where the text fits. The line break at a cut is dropped, all else is kept
 */
export function splitText(text: string, maxBytes: number, count: (text: string) => number): string[] {
  const breakBytes = count('\n')
  const parts: string[] = []
  let lines: string[] = []
  let bytes = 0
  for (const line of text.split('\n').flatMap(each => cutLine(each, maxBytes, count))) {
    const size = count(line)
    if (lines.length > 0 && bytes + breakBytes + size > maxBytes) {
      parts.push(lines.join('\n'))
      lines = []
    }
    bytes = lines.length === 0 ? size : bytes + breakBytes + size
    lines.push(line)
  }
  return [...parts, lines.join('\n')]
}

/** Pieces of a line, each as long as fits, cut between graphemes. */
function cutLine(line: string, maxBytes: number, count: (text: string) => number): string[] {
  const pieces: string[] = []
  const boundaries = graphemes.segment(line)
  let start = 0
  for (
    let end = findEnd(line, start, maxBytes, count);
    end < line.length;
    end = findEnd(line, start, maxBytes, count)
  ) {
    const boundary = boundaries.containing(end)?.index ?? end
    // A grapheme that alone is too long (a thousand accents on a letter) is cut between its code points.
    const cut = boundary > start ? boundary : end
    pieces.push(line.slice(start, cut))
    start = cut
  }
  return [...pieces, line.slice(start)]
}

/** The furthest index up to which the text from `start` fits, never between the halves of a code point. */
function findEnd(line: string, start: number, maxBytes: number, count: (text: string) => number): number {
  let end = start
  let bytes = 0
  while (end < line.length) {
    const character = String.fromCodePoint(line.codePointAt(end) ?? 0)
    bytes += count(character)
    if (bytes > maxBytes) break
    end += character.length
  }
  return end
}
