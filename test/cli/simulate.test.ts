import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { moveClock, parseTranscript, playTranscript } from '../../bot/cli/simulate.ts'

describe('a transcript', () => {
  it('reads clock, group and private lines and skips the rest', () => {
    const text = '\uFEFF# 一天\r\n\r\n@ 2026-11-18 08:20\r\n[G01] 李敏：到岗了\r\n  李敏: 我的考勤 ：本月\r\n'
    expect(parseTranscript(text)).toEqual([
      { kind: 'clock', now: '2026-11-18T08:20:00+08:00' },
      { kind: 'message', group: 'G01', user: '李敏', text: '到岗了' },
      { kind: 'message', group: undefined, user: '李敏', text: '我的考勤 ：本月' },
    ])
  })

  it('names every line it cannot read', () => {
    const text = '@ 2026-13-40 08:20\n李敏到岗了\n[G01] 李敏：到岗了\n@明天'
    expect(() => parseTranscript(text)).toThrow(/第1行.*\n第2行.*\n第4行/)
  })
})

describe('a running simulator', () => {
  let server: Server
  afterEach(() => new Promise<void>(resolve => void server.close(() => resolve())))

  async function simulatorAnswering(answer: (path: string, body: string) => { status?: number; body: unknown }) {
    const seen: string[] = []
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`)
      const { status = 200, body: said } = answer(request.url ?? '', body)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const printed: string[] = []
    const simulator = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: 'geheim',
      print: (line: string) => printed.push(line),
    }
    return { simulator, seen, printed }
  }

  it('is asked line by line, and its answers are printed', async () => {
    const { simulator, seen, printed } = await simulatorAnswering(path =>
      path.endsWith('/clock')
        ? {
            body: {
              now: '2026-11-18T08:20:00+08:00',
              ran: [{ job: 'notice-nudge', at: '2026-11-18T08:15:00+08:00', messages: 2 }],
            },
          }
        : { body: { replies: [{ to: 'group', target: 'G01', text: '已记', at: ['李敏'] }] } },
    )
    await playTranscript(simulator, parseTranscript('@ 2026-11-18 08:20\n[G01] 李敏：到岗了\n李敏：我的考勤'))
    expect(seen).toEqual([
      'POST /sim/api/clock Bearer geheim {"now":"2026-11-18T08:20:00+08:00"}',
      'POST /sim/api/messages Bearer geheim {"group":"G01","user":"李敏","text":"到岗了"}',
      'POST /sim/api/messages Bearer geheim {"group":"@李敏","user":"李敏","text":"我的考勤"}',
    ])
    expect(printed.slice(0, 4)).toEqual([
      '  2026-11-18 08:15 notice-nudge：发出 2 条',
      '── 2026-11-18 08:20',
      '[G01] 李敏：到岗了',
      '  [G01] @李敏 已记',
    ])
  })

  it('passes on why something was refused', async () => {
    const { simulator } = await simulatorAnswering(() => ({
      status: 409,
      body: { error: { code: 'earlier', message: '只能往前走' } },
    }))
    await expect(moveClock(simulator, '2026-01-01T00:00:00+08:00')).rejects.toThrow('只能往前走')
  })

  it('that is not there is named with what to do', async () => {
    const { simulator } = await simulatorAnswering(() => ({ body: {} }))
    await new Promise<void>(resolve => void server.close(() => resolve()))
    await expect(moveClock(simulator)).rejects.toThrow('npm start')
  })
})
