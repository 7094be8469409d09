import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml'
import type { z } from 'zod'
import type { actions } from './pack/permissions.ts'
import type { roleCodes } from './pack/role-codes.ts'
import { packSchema } from './pack/schema.ts'
import { describeIssue, describeKeyPath } from './pack-words.ts'
import type { Day } from './time.ts'

/** The rules of one document, as checked data. One document, one pack; its version and days say when it judges. */
export type Pack = z.infer<typeof packSchema>
export type RoleCode = (typeof roleCodes)[number]
/** A row of the action × role table. */
export type Action = (typeof actions)[number]

export type AttendanceRules = Pack['attendance']
export type NoticeRules = Pack['notice']
export type QuietRules = Pack['quietHours']
/** `content`, `requirement`, `due` or `appraisal`. */
export type NoticePart = keyof NoticeRules['parts']['value']

/** What the origin of a value is called before people. */
export const statusNames = {
  original: '原文',
  default: '本系统默认',
  missing: '原文未载，待街道填写',
} as const

/** A pack that cannot be used. Each fault is one line: file, line, key and what should stand there. */
export class PackError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'PackError'
    this.faults = faults
  }
}

/**
 * Reads a policy pack.
 *
 * @param name the file's name, for the faults
 * @throws {PackError} all faults at once: `street-team.yaml 第12行 考勤 › 上班时间 › 值（attendance.onBy.value）：应为时刻，如 "08:30"`
 */
export function parsePack(yamlText: string, name: string): Pack {
  const lines = new LineCounter()
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) throw new PackError(document.errors.map(describeSyntaxFault))

  const parsed = packSchema.safeParse(readPlain(), { error: describeIssue })
  if (parsed.success) return parsed.data
  throw new PackError(parsed.error.issues.map(describeFault))

  function readPlain(): unknown {
    try {
      return document.toJS()
    } catch {
      throw new PackError([`${name}：引用（&、*）太多或没有定义`])
    }
  }

  function describeSyntaxFault(error: YAMLError): string {
    const words = error.code === 'DUPLICATE_KEY' ? '同一个键写了两次' : `不是有效的 YAML（${error.code}）`
    return `${name} 第${lines.linePos(error.pos[0]).line}行：${words}`
  }

  function describeFault({ path, message }: z.core.$ZodIssue): string {
    const line = findLine(path)
    return `${name}${line ? ` 第${line}行` : ''} ${describeKeyPath(path)}：${message}`
  }

  /** The line of the key, or of the nearest one around it where it is absent. */
  function findLine(path: readonly PropertyKey[]): number | undefined {
    for (let depth = path.length; depth > 0; depth--) {
      const start = findStart(document.getIn(path.slice(0, depth - 1), true), path[depth - 1])
      if (start !== undefined) return lines.linePos(start).line
    }
    return undefined
  }
}

/** Where a member of a collection begins: a map's at its key, for its value may begin a line below. */
function findStart(collection: unknown, key: PropertyKey | undefined): number | undefined {
  const member = isMap(collection)
    ? collection.items.find(item => isScalar(item.key) && item.key.value === key)?.key
    : isSeq(collection) && collection.items[Number(key)]
  return isNode(member) ? member.range?.[0] : undefined
}

/** Whether the pack judges on this day. */
export function isInForce(pack: Pack, day: Day): boolean {
  const { from, to } = pack.effective
  return from <= day && (to === undefined || day <= to)
}

/** The names of a role in the document, e.g. `专职网格员、兼职网格员`. */
export function nameRoles(pack: Pack, codes: readonly RoleCode[]): string {
  const names = Object.entries(pack.roles.value).filter(([, { code }]) => codes.includes(code))
  return names.map(([name]) => name).join('、')
}
