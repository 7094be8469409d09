import { isEmptyInfo, isSameInfo, isSensitiveInfo, nameInfoKind } from '../../policy/information.ts'
import { nameRoles } from '../../policy/pack.ts'
import { findInfoQuota } from '../../policy/quota.ts'
import { dayMs } from '../../policy/time.ts'
import { type InfoItem, insertInfoItem, listInfoItems } from '../../storage/info-items.ts'
import type { Grid } from '../../storage/roster.ts'
import { askWhichGrid, chooseGrid, nameWorkGrid, resumeGrid } from '../grids.ts'
import { type Answer, answer, ask, type Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { InfoTopic, Understood } from '../slots.ts'
import { nameTopic } from './topics.ts'

/** One piece of information as it was told. */
export interface ToldInfo {
  topic: InfoTopic
  place?: string
  text: string
  at: number
}

/** What is still open: the grid, or what there is to tell at all. */
export type InfoDraft = ({ kind: 'grid'; among: string[] } & ToldInfo) | { kind: 'content'; topic: InfoTopic }

/** `信息` alone: the next message is its content. Source: S2-25 (empty ones do not count) */
export function askForContent(topic: InfoTopic): Answer {
  const what = topic === 'publicOpinion' ? '群众有什么意见建议' : '是什么情况'
  return ask('submitInfo', { kind: 'content', topic } satisfies InfoDraft, `${what}？说一句就行，如“新开网吧一家”。`)
}

/** Keeps it with the grid it is about; whoever serves in several is asked once. */
export async function fileInfo(ctx: Ctx, told: ToldInfo): Promise<Answer> {
  const choice = chooseGrid(ctx)
  if (!('ask' in choice)) return save(ctx, told, 'found' in choice ? choice.found : undefined)
  const draft: InfoDraft = { kind: 'grid', ...told, among: choice.among.map(({ id }) => id) }
  return ask('submitInfo', draft, askWhichGrid(choice))
}

/** Takes the answer; undefined where the text is none. */
export async function resumeInfo(ctx: Ctx, draft: InfoDraft, understood: Understood): Promise<Answer | undefined> {
  if (draft.kind === 'grid') {
    const grid = resumeGrid(ctx, draft.among)
    return grid && save(ctx, draft, grid)
  }
  const text = plainWords(ctx.text)
  if (/^(?:算了|不用了?|没有了?|取消)[。.!！]?$/u.test(text)) return answer('好，没有记。')
  if (isEmptyInfo(ctx.pack, text)) return undefined
  const { topic = draft.topic, place } = understood.intent === 'submitInfo' ? understood.slots : {}
  return fileInfo(ctx, { topic: draft.topic === 'publicOpinion' ? draft.topic : topic, place, text, at: ctx.at })
}

async function save(ctx: Ctx, { topic, place, text, at }: ToldInfo, grid: Grid | undefined): Promise<Answer> {
  const { db, pack, actor, message, now } = ctx
  const kind = nameInfoKind(pack, topic, text)
  const repeated = grid && (await findRepeated(ctx, grid, text, at))
  const item = await insertInfoItem(
    db,
    {
      memberId: actor.id,
      gridId: grid?.id,
      at,
      topic,
      kind,
      text,
      place,
      messageId: message.id,
      repeatOf: repeated?.id,
    },
    now,
  )
  const { id, no } = item
  await ctx.record('created', { type: 'infoItem', id }, { no, topic, kind, gridNo: grid?.no, repeats: repeated?.no })
  return answer([renderSaved(ctx, item, grid), renderRepeat(item, repeated), renderWarning(ctx, item)].join(''))
}

/** The content is not said again: it stands above in the chat, and may be about people. */
function renderSaved(
  { pack }: Ctx,
  { no, opinionNo, topic, kind, repeatOf }: InfoItem,
  grid: Grid | undefined,
): string {
  const where = grid ? `，${nameWorkGrid(pack, grid)}` : ''
  if (opinionNo !== undefined)
    return `已记社情民意 ${opinionNo}号${where}，每周汇总给${nameRoles(pack, ['instructor']) || nameRoles(pack, ['leader'])}。`
  return `已记信息${repeatOf ? ` #${no}` : ''}：${kind ?? nameTopic(topic)}${where}。`
}

function renderRepeat({ no }: InfoItem, repeated: InfoItem | undefined): string {
  return repeated ? `与#${repeated.no}重复，不计；不是一回事请回“信息 #${no} 不重复”。` : ''
}

function renderWarning({ chat }: Ctx, { topic, text }: InfoItem): string {
  if (chat.kind !== 'group' || !isSensitiveInfo(topic, text.reveal())) return ''
  const what = topic === 'keyPerson' ? '重点人员' : '民族宗教、统战'
  return `${what}情况请私聊发我，别发在群里。`
}

/** The item of the same grid that said the same within the pack's days; nothing repeats where the document counts nothing. Source: S2-25 */
export async function findRepeated(
  { db, pack }: Ctx,
  grid: Pick<Grid, 'id'>,
  text: string,
  at: number,
): Promise<InfoItem | undefined> {
  const days = pack.quotaCounting?.duplicateDays.value
  if (days === undefined || !findInfoQuota(pack)) return undefined
  const earlier = await listInfoItems(db, { gridIds: [grid.id], from: at - days * dayMs, to: at + 1, counted: true })
  return earlier.find(one => isSameInfo(one.text.reveal(), text))
}
