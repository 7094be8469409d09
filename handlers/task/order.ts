import type { Member } from '../../storage/roster.ts'
import type { Ctx } from '../handler.ts'
import { dueAtOf } from '../notice/words.ts'

/** What one message tells of a task, before anybody is asked. */
export interface Order {
  targets: Member[]
  /** Names after an @ that the roster does not know. */
  unknown: string[]
  giver?: string
  content: string
  due?: string
}

const HEAD = /^\s*(?:任务|交办)\s*[:：]?\s*/u
const AT_NAME = /[@＠]\s*([\p{Script=Han}·A-Za-z]{2,12})/gu
const GIVER =
  /(?:^|[，,。\s])(?!口头)([\p{Script=Han}]{2,8}?)(?:口头)?(?:交办|安排|布置|交代|吩咐|让我|叫我|要我|要求我)(?:的|我)?[，,：:\s]*/u
/** Longer words behind an @ are a name that ran into what follows. */
const LONGEST_NAME = 4
const DUE_WORDS = /^(?:请|务必)?(?:在|于)?[^，,。；;]{1,14}?(?:之前|以前|前|之内|以内|内)(?:把|将)?[，,]?/u

/** `任务 @李四 周五前报出租房数`: to whom, what, by when; a giver where the words name one (`徐伟让我…`). */
export function readOrder(ctx: Ctx, when: string | undefined): Order {
  const { roster } = ctx
  const spoken = ctx.text.replace(HEAD, '')
  let words = spoken
  const targets: Member[] = []
  const unknown: string[] = []
  const add = (member: Member) => targets.includes(member) || targets.push(member)

  for (const { platformId, name } of ctx.message.detail.mentions) {
    const member = (platformId && roster.memberByPlatform(ctx.chat.channel, platformId)) || onlyNamed(ctx, name)
    if (member) add(member)
  }
  for (const [, name] of spoken.matchAll(AT_NAME)) {
    const member = startingWith(ctx, name!)
    if (member) add(member)
    else if (targets.length === 0) unknown.push(name!.length > LONGEST_NAME ? name!.slice(0, 3) : name!)
  }
  words = dropNames(words, targets, unknown)
  if (targets.length === 0 && unknown.length === 0) {
    const named = startingWith(ctx, words)
    if (named && /^[\s，,：:]/u.test(words.slice(named.name.length))) {
      add(named)
      words = dropNames(words, targets, [])
    }
  }
  const giver = GIVER.exec(words)?.[1]
  if (giver) words = words.replace(GIVER, '')
  const bare = when ? words.replace(DUE_WORDS, '').trim() : words
  return { targets, unknown, giver, content: bare.length >= 2 ? bare : words, due: when }
}

function onlyNamed({ roster }: Ctx, name: string | undefined): Member | undefined {
  const named = name === undefined ? [] : roster.membersNamed(name)
  return named.length === 1 ? named[0] : undefined
}

/** Behind an @ the name may run into the next words where no space stands between. */
function startingWith({ roster }: Ctx, words: string): Member | undefined {
  const fitting = roster.members.filter(({ name, status }) => status === 'active' && words.startsWith(name))
  return fitting.length === 1 ? fitting[0] : undefined
}

function dropNames(words: string, targets: readonly Member[], unknown: readonly string[]): string {
  let rest = words
  for (const name of [...targets.map(member => member.name), ...unknown]) {
    rest = rest.replaceAll(new RegExp(`(?:给|请|让)?[@＠]\\s*${name}`, 'gu'), '')
    if (rest.startsWith(name)) rest = rest.slice(name.length)
  }
  return rest.replace(/^[\s，,：:、和]+/u, '').trim()
}

/** A due day or time that is not over yet. */
export function isAhead(due: string, at: number): boolean {
  return dueAtOf(due) > at
}
