import { findGridNo } from '../grids.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { changeTarget, createPattern, findTarget } from './change-target.ts'
import { chooseTargetGrid, findResponsible, tellAnswerers } from './register.ts'

const MOVE = createPattern('改址|迁址|换址|迁移', '[\\s,，:：]+(\\S[\\s\\S]{0,60})')
const ASSIGN = createPattern('改责任人|责任人', '[\\s,，:：]*(?:给|是|为|改为|换成)?\\s*[@＠]?(\\p{Script=Han}{2,4})?')

/** A new address goes with the person to the grid in which it lies; whoever answers there reads of it. Source: S4A-01 (address change → re-route) */
export const moveTarget: Command = {
  name: 'moveVisitTarget',
  matches: MOVE,
  who: 'visit',
  dialog: {
    as: 'communityLead',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201 第1网格', '低保-01'],
      ['改址 低保-01 第2网格 5幢302', '低保-01 已转到第2网格'],
    ],
  },
  async run(ctx) {
    const found = await findTarget(ctx, MOVE)
    if ('refused' in found) return found.refused
    const { target, words } = found
    const gridNo = findGridNo(words)
    const grid = gridNo === undefined ? ctx.roster.gridById(target.gridId)! : chooseNewGrid(ctx, gridNo)
    if ('text' in grid) return grid
    const address = words
      .replace(/(?:\p{Script=Han}{2,8}社区)?第?[\d一二三四五六七八九十]{1,6}号?网格/u, '')
      .replace(/^[\s,，]+|[\s,，]+$/gu, '')
    const isSame = grid.id === target.gridId
    const moved = await changeTarget(ctx, target, 'moved', {
      gridId: grid.id,
      address: address || undefined,
      memberId: isSame ? undefined : null,
    })
    if (isSame) return answer(`${target.code} 的住址已更新，还在${grid.name}。`, { private: true })
    const informed = await tellAnswerers(ctx, moved, '搬到您网格的走访对象')
    return answer(`${target.code} 已转到${grid.name}${informed}，原来的走访记录都在。`, { private: true })
  },
}

/** People move anywhere in the street, so here the sender's own reach sets no bound. */
function chooseNewGrid(ctx: Ctx, gridNo: number) {
  return chooseTargetGrid({ ...ctx, may: action => action === 'queryStreet' || ctx.may(action) }, gridNo)
}

/** Who answers for the visits to one. Source: S3A-09b */
export const assignTarget: Command = {
  name: 'assignVisitTarget',
  matches: ASSIGN,
  who: 'visit',
  dialog: {
    as: 'communityLead',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201 第1网格', '低保-01'],
      ['责任人 低保-01 王强', '低保-01 由王强负责'],
    ],
  },
  async run(ctx) {
    const found = await findTarget(ctx, ASSIGN)
    if ('refused' in found) return found.refused
    const { target, words } = found
    const member = findResponsible(ctx, words || undefined, ctx.roster.gridById(target.gridId)!)
    if (!member)
      return refuse('no-person', `请写由谁负责，如“责任人 ${target.code} ${ctx.actor.name}”。`, { private: true })
    if ('text' in member) return member
    const assigned = await changeTarget(ctx, target, 'reassigned', { memberId: member.id })
    const informed = await tellAnswerers(ctx, assigned, '交给您走访')
    return answer(`${target.code} 由${member.name}负责走访${informed}。`, { private: true })
  },
}
