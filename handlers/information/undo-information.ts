import { formatDayCompact, timeOf } from '../../policy/time.ts'
import { findCampaign } from '../../storage/campaigns.ts'
import { findInfoItem, releaseRepeats } from '../../storage/info-items.ts'
import { dropMergedLines } from '../../storage/own-records.ts'
import { findPopulationCheck, findPopulationRecord } from '../../storage/population-changes.ts'
import { voidRecord } from '../../storage/records.ts'
import type { Undoable } from '../handler.ts'
import { adjustDossier } from './population-facts.ts'
import { nameMonth, renderPopulation } from './population-words.ts'

/** What repeated it counts from now on. */
export const undoableInfoItem: Undoable = {
  async describe({ db }, id) {
    const found = await findInfoItem(db, id)
    return found && !found.voided ? `信息 ${timeOf(found.at)}` : undefined
  },
  async undo({ db, now, actor }, id) {
    const found = await findInfoItem(db, id)
    if (!found) return undefined
    await voidRecord(db, 'info_item', id, { at: now, by: actor.id })
    await releaseRepeats(db, id)
    await dropMergedLines(db, found.messageId)
    return undefined
  },
}

/** What it moved in the dossier moves back. */
export const undoablePopulationChange: Undoable = {
  async describe({ db }, id) {
    const found = await findPopulationRecord(db, id)
    return found && !found.voided ? `人口变动 ${renderPopulation(found.changes)}` : undefined
  },
  async undo(ctx, id) {
    const found = await findPopulationRecord(ctx.db, id)
    if (!found) return undefined
    await voidRecord(ctx.db, 'population_change', id, { at: ctx.now, by: ctx.actor.id })
    await adjustDossier(ctx, found, -1)
    return undefined
  },
}

export const undoablePopulationCheck: Undoable = {
  async describe({ db }, id) {
    const found = await findPopulationCheck(db, id)
    if (!found || found.voided) return undefined
    return `${nameMonth(found.month)}人口${found.kind === 'noMore' ? '无变化' : '核实'}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'population_check', id, { at: now, by: actor.id })
    return undefined
  },
}

export const undoableCampaign: Undoable = {
  async describe({ db, today }, id) {
    const found = await findCampaign(db, id)
    if (!found || found.voided) return undefined
    return `大会战 ${formatDayCompact(found.fromDay, today)}—${formatDayCompact(found.toDay, today)}`
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'info_campaign', id, { at: now, by: actor.id })
    return undefined
  },
}
