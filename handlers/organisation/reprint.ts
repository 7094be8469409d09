import { countIssued, findLastCard, insertContactCard } from '../../storage/contact-cards.ts'
import type { Desk } from '../desk.ts'
import { clauseOfCards, describeChanges, listCardLines } from './card-content.ts'

/** People or telephones of a printed card changed: the grid's leader reads once what is to be printed anew. Source: S3B-02 (phone changes → reprint list), S4D-08 (staff change → reprint) */
export async function tellReprints(desk: Desk): Promise<void> {
  const { db, roster, pack, today, now, say } = desk
  for (const grid of roster.grids) {
    const before = await findLastCard(db, grid.id)
    if (!before) continue
    const content = await listCardLines(desk, grid)
    const changes = describeChanges(before, content)
    if (changes.length === 0) continue
    const leaders = roster.holders(['leader'], today, { gridId: grid.id })
    const leads = roster.holders(['communityLead'], today, { community: grid.community })
    const told = leaders.length > 0 ? leaders : leads
    if (told.length === 0) continue
    await insertContactCard(db, { gridId: grid.id, issued: 0, content, at: now })
    const issued = await countIssued(db, grid.id)
    const clause = clauseOfCards(pack)
    const text = `${grid.name}的联系卡、公示牌要重印：${changes.join('，')}。${issued > 0 ? `旧卡已发放${issued}张。` : ''}回“联系卡 ${grid.no}网格”“公示牌 ${grid.no}网格”取新的。${clause ? `（依据：${clause}）` : ''}`
    for (const member of told) await say.toMember(member, text, { kind: 'card-reprint', urgency: 'normal' })
  }
}
