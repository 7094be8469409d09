import type { Member } from '../../storage/roster.ts'
import type { Task, TaskStatus } from '../../storage/tasks.ts'
import type { Desk } from '../desk.ts'
import { titleOf } from '../notice/words.ts'

export const taskStates: Record<TaskStatus, string> = { open: '在办', done: '已完成', cancelled: '已取消' }

/** `3号交办《报出租房数》`. */
export function nameTask({ no, content }: Pick<Task, 'no' | 'content'>): string {
  return `${no}号交办《${titleOf(content.reveal())}》`
}

/** `徐伟`, or the words that said who. */
export function nameGiver({ roster }: Pick<Desk, 'roster'>, { giverId, giverName }: Task): string {
  return (giverId && roster.memberById(giverId)?.name) ?? giverName?.reveal() ?? ''
}

export function giverOf({ roster }: Pick<Desk, 'roster'>, { giverId }: Task): Member | undefined {
  return giverId === undefined ? undefined : roster.memberById(giverId)
}
