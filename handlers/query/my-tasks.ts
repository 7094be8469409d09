import { type Answer, answer, type Ctx } from '../handler.ts'
import { listOwnWork, type OwnItem } from './own-work.ts'

const SHOWN = 5

/**
 * What stands on the speaker's own desk, the earliest due first, grouped by 条线 with the hours it will take by the pack's estimate.
 * In private. Source: S0-16 (two lines of tasks, total load)
 */
export async function myTasks(ctx: Ctx): Promise<Answer> {
  const items = await listOwnWork(ctx, ctx.actor)
  if (items.length === 0) return answer('手上没有待办，辛苦了。', { private: true })
  const rest = items.length > SHOWN ? [`……还有${items.length - SHOWN}件`] : []
  const head = `手上还有${items.length}件${renderHours(items)}：`
  return answer([head, ...renderLines(items.slice(0, SHOWN)), ...rest].join('\n'), { private: true })
}

/** Under their lines where there are several; an item alone says its own. */
function renderLines(items: readonly OwnItem[]): string[] {
  const lines = [...new Set(items.map(({ line }) => line))]
  if (lines.length === 1) return items.map(({ kind, line, text }) => (kind === 'decision' ? `${line}：${text}` : text))
  return lines.flatMap(line => [`【${line}】`, ...items.filter(item => item.line === line).map(({ text }) => text)])
}

/** `，约1.5小时（估算）`. */
function renderHours(items: readonly OwnItem[]): string {
  const hours = Math.round(items.reduce((sum, { minutes }) => sum + minutes, 0) / 6) / 10
  return hours > 0 ? `，约${hours}小时（估算）` : ''
}
