import {
  type CardLine,
  countIssued,
  findContactCard,
  findLastCard,
  insertContactCard,
} from '../../storage/contact-cards.ts'
import { voidRecord } from '../../storage/records.ts'
import type { Grid } from '../../storage/roster.ts'
import { chooseNumbered, findBareGridNo } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { clauseOfCards, describeChanges, listCardLines } from './card-content.ts'
import { listGridsInView } from './in-view.ts'

const WHERE = '(第?[\\d一二三四五六七八九十]{1,3}号?(?:网格)?)?'
const CARD = new RegExp(`^\\s*(?:打印)?(?:民情)?联系卡\\s*${WHERE}\\s*[?？。]?\\s*$`, 'u')
const ISSUE = new RegExp(`^\\s*(?:发放|已发|发了)(?:民情)?联系卡\\s*(\\d{1,5})\\s*张\\s*${WHERE}\\s*[。]?\\s*$`, 'u')
const POSTING = new RegExp(`^\\s*(?:打印)?(?:上岗)?公示牌\\s*${WHERE}\\s*[?？。]?\\s*$`, 'u')
const MOST_CARDS = 5000
const SHOWN_NAMES = 5

/** The card for residents of the own grids, to print. Source: S3B-02 (及时向群众发放联系卡), S4D-08 */
export const contactCardCommand: Command = {
  name: 'contactCard',
  matches: CARD,
  who: 'queryOwn',
  dialog: { as: 'leader', turns: [['联系卡 1网格', '民情联系卡']] },
  async run(ctx) {
    const chosen = chooseGrids(ctx, CARD.exec(ctx.text.normalize('NFKC'))?.[1])
    if ('refused' in chosen) return chosen.refused
    const { grids } = chosen
    const lacking: string[] = []
    for (const grid of grids) {
      const lines = await listCardLines(ctx, grid)
      await notePrinted(ctx, grid, lines)
      lacking.push(...lines.filter(({ phone }) => phone === undefined).map(({ name }) => name))
    }
    const [only] = grids
    const issued = only && grids.length === 1 ? await countIssued(ctx.db, only.id) : 0
    const parts = [
      `${nameGrids(grids)}民情联系卡做好了，可以打印`,
      lacking.length > 0 && `名册里没有手机、卡上留空的：${nameSome(lacking)}`,
      issued > 0 && `已发放${issued}张`,
      '发给群众后回“发放联系卡 20张”',
    ]
    return answer(`${parts.filter(Boolean).join('；')}。${because(ctx)}`, {
      private: true,
      attachment: { kind: 'contact-card', data: { gridIds: grids.map(({ id }) => id) } },
    })
  },
}

/** Cards given out are counted. Source: S3B-02 (card print + issue count) */
export const issueCardsCommand: Command = {
  name: 'issueContactCards',
  matches: ISSUE,
  who: 'visit',
  dialog: { as: 'worker', turns: [['发放联系卡 20张', '已记发放联系卡20张']] },
  async run(ctx) {
    const [, digits, where] = ISSUE.exec(ctx.text.normalize('NFKC')) ?? []
    const issued = Number(digits)
    if (issued < 1 || issued > MOST_CARDS)
      return refuse('wrong-count', `请写实际发放的张数（1到${MOST_CARDS}），如“发放联系卡 20张”。`)
    const chosen = chooseGrids(ctx, where)
    if ('refused' in chosen) return chosen.refused
    const [grid, other] = chosen.grids
    if (!grid || other) return refuse('which-grid', `请写明第几网格，如“发放联系卡 ${issued}张 ${grid?.no ?? 1}网格”。`)
    const { db, at, actor, message } = ctx
    // What is given out was printed before: a change since then is still to be told.
    const content = (await findLastCard(db, grid.id)) ?? (await listCardLines(ctx, grid))
    const card = { gridId: grid.id, issued, content, at, byId: actor.id, messageId: message.id }
    const { id } = await insertContactCard(db, card)
    await ctx.record('created', { type: 'contactCard', id }, { grid: grid.no, issued })
    return answer(`已记发放联系卡${issued}张，${grid.name}累计${await countIssued(db, grid.id)}张。`)
  },
}

/** 上岗公示: which grid, who, for what; nothing that only colleagues need. Source: S4D-08 */
export const publicNoticeCommand: Command = {
  name: 'publicNotice',
  matches: POSTING,
  who: 'queryOwn',
  dialog: { as: 'leader', turns: [['公示牌 1网格', '上岗公示牌']] },
  async run(ctx) {
    const chosen = chooseGrids(ctx, POSTING.exec(ctx.text.normalize('NFKC'))?.[1])
    if ('refused' in chosen) return chosen.refused
    const { grids } = chosen
    for (const grid of grids) await notePrinted(ctx, grid, await listCardLines(ctx, grid))
    return answer(`${nameGrids(grids)}上岗公示牌做好了，可以打印；人员有变动时会提醒重印。${because(ctx)}`, {
      private: true,
      attachment: { kind: 'public-notice', data: { gridIds: grids.map(({ id }) => id) } },
    })
  },
}

export const undoableContactCard: Undoable = {
  async describe({ db, roster }, id) {
    const card = await findContactCard(db, id)
    return card && !card.isVoided ? `${roster.gridById(card.gridId)?.name ?? ''}发放联系卡${card.issued}张` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'contact_card', id, { at: now, by: actor.id })
    return undefined
  },
}

/** From now on a change is told; a card that is still right is not noted twice. */
async function notePrinted({ db, at, actor, message }: Ctx, grid: Grid, content: readonly CardLine[]): Promise<void> {
  const before = await findLastCard(db, grid.id)
  if (before && describeChanges(before, content).length === 0) return
  await insertContactCard(db, { gridId: grid.id, issued: 0, content, at, byId: actor.id, messageId: message.id })
}

/** The grid that is named, else all that the sender's role reaches. */
function chooseGrids(ctx: Ctx, words: string | undefined): { grids: Grid[] } | { refused: Answer } {
  const inView = listGridsInView(ctx)
  const no = words === undefined ? undefined : findBareGridNo(words)
  if (no === undefined) {
    if (inView.length > 0) return { grids: inView }
    return { refused: refuse('no-grid', '您没有负责的网格，请写明第几网格，如“联系卡 3网格”。', { private: true }) }
  }
  const choice = chooseNumbered(ctx, no)
  if ('unknown' in choice) return { refused: refuse('unknown-grid', `没有第${no}网格。`, { private: true }) }
  const among = 'found' in choice ? [choice.found] : choice.among
  const grids = among.filter(grid => inView.includes(grid))
  if (grids.length > 0) return { grids }
  return { refused: refuse('not-yours', '只能取自己负责的网格或社区的。', { private: true }) }
}

function nameSome(names: readonly string[]): string {
  const all = [...new Set(names)]
  return `${all.slice(0, SHOWN_NAMES).join('、')}${all.length > SHOWN_NAMES ? `等${all.length}人` : ''}`
}

function nameGrids(grids: readonly Grid[]): string {
  return grids.length === 1 ? `${grids[0]!.community}${grids[0]!.name}的` : `${grids.length}个网格的`
}

function because({ pack }: Ctx): string {
  const clause = clauseOfCards(pack)
  return clause === undefined ? '' : `（依据：${clause}）`
}
