import { expect, it } from 'vitest'
import { createLanes } from '../../bot/turns.ts'

function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, opened }
}

it('works off what has one key in the order asked, and lets nobody else wait for it', async () => {
  const lanes = createLanes()
  const { open, opened } = gate()
  const done: string[] = []
  const note = async (what: string) => {
    done.push(what)
  }
  const slow = lanes.take('李敏', () => opened.then(() => note('李敏 1')))
  const next = lanes.take('李敏', () => note('李敏 2'))
  await lanes.take('王强', () => note('王强 1'))
  expect(done).toEqual(['王强 1'])
  open()
  await Promise.all([slow, next])
  expect(done).toEqual(['王强 1', '李敏 1', '李敏 2'])
})

it('goes on after a work that throws', async () => {
  const lanes = createLanes()
  const bad = lanes.take('李敏', async () => {
    throw new Error('no')
  })
  const good = lanes.take('李敏', async () => 'yes')
  await expect(bad).rejects.toThrow('no')
  expect(await good).toBe('yes')
})
