import { addDays, formatDayShort, timeOf } from '../../policy/time.ts'
import { answer, type Command } from '../handler.ts'
import { gatherWork, listFigures } from '../papers/work-of.ts'
import { listFieldMinutes, renderMinutes } from './field-minutes.ts'

const MY_DAY = /^\s*(?:@\S+\s+)?我的(?:一天|今天|昨天)(?:情况|记录)?\s*[?？。]?\s*$/u

/** What the records hold of one's own day: when on and off duty, whether out in the grid, and what was done. Source: S1-36 */
export const myDayCommand: Command = {
  name: 'myDay',
  matches: MY_DAY,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['我的一天', '今天']] },
  async run(ctx) {
    const { actor, today, text } = ctx
    const isToday = !text.includes('昨天')
    const day = isToday ? today : addDays(today, -1)
    const work = await gatherWork(ctx, { memberId: actor.id }, { from: day, to: day })
    const punches = work.checkIns.map(({ kind, at }) => `${kind === 'on' ? '上班' : '下班'} ${timeOf(at)}`)
    const figures = listFigures(work)
      .filter(({ name, count }) => count > 0 && name !== '上班打卡' && name !== '下网格')
      .map(({ name, count, unit }) => `${name}${count}${unit}`)
    const [minutes] = await listFieldMinutes(ctx, actor, { from: day, to: day })
    const lasted = minutes && minutes.done > 0 ? [`走访时长${renderMinutes(minutes.done)}（自己报的）`] : []
    const out = work.visits.length + work.patrols.length > 0 ? ['下了网格'] : []
    const parts = [...punches, ...out, ...figures, ...lasted]
    const head = `${isToday ? '今天' : formatDayShort(day)}：`
    return answer(`${head}${parts.length > 0 ? parts.join('，') : '还没有记录'}。`, { private: true })
  },
}
