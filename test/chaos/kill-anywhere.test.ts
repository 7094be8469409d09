import { execFileSync } from 'node:child_process'
import { afterEach, expect, it } from 'vitest'
import { LAUNCH } from '../support/child-program.ts'
import { createDingtalkProgram, type DingtalkProgram, postUntilAcked } from '../support/dingtalk-program.ts'
import { groupOf, workers } from '../support/dingtalk-street.ts'

const KILLS = 6
const SENDERS = 8
const MESSAGES_EACH = 20

let running: DingtalkProgram | undefined
afterEach(() => running?.dispose())

/** The messages that made the visits, over all pages. */
async function listVisitMessages({ program }: DingtalkProgram): Promise<string[]> {
  const found: string[] = []
  for (let cursor = ''; ; ) {
    const { items, next } = await program.get<{ items: { messageId: string }[]; next: string | null }>(
      `/api/visits?limit=1000${cursor}`,
    )
    found.push(...items.map(({ messageId }) => messageId))
    if (next === null) return found
    cursor = `&cursor=${next}`
  }
}

it('loses and doubles nothing when it is killed at random moments', { timeout: 180_000 }, async () => {
  running = await createDingtalkProgram()
  const { program, folder, env } = running
  await program.start()
  let kills = 0
  const killing = (async () => {
    for (; kills < KILLS; kills++) {
      await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 60))
      await program.kill()
      await program.start()
    }
  })()
  const acked = await Promise.all(
    workers.slice(0, SENDERS).map(async ({ id, grid }, sender) => {
      let said = 0
      for (; said < MESSAGES_EACH || kills < KILLS; said++) {
        const text = `走访了${sender + 1}幢${said + 1}室王奶奶，20分钟`
        await postUntilAcked(running!, { from: id, text, group: groupOf(grid), msgId: `m-${sender}-${said}` })
      }
      return said
    }),
  )
  await killing
  const visits = await listVisitMessages(running)
  expect(visits).toHaveLength(acked.reduce((sum, said) => sum + said, 0))
  expect(new Set(visits).size).toBe(visits.length)
  expect(await program.stop()).toBe(0)
  const verified = execFileSync(process.execPath, [LAUNCH, 'verify'], { cwd: folder, env }).toString()
  expect(verified).not.toContain('✗')
})
