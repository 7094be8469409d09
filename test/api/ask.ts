import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { adminRoutes } from '../../bot/api/routes.ts'
import type { TestStreet } from '../support/street.ts'

export const TOKEN = 'a-token-of-the-administrator'

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field
export type Answer = { status: number; body: any; headers: Headers }

export interface Api {
  /** `/api/members?limit=2`; with the right token unless told otherwise. */
  ask(path: string, options?: { authorization?: string | null; method?: string }): Promise<Answer>
  close(): Promise<void>
}

/** The admin API of a test street, alone on a loopback port. */
export async function openApi(street: TestStreet): Promise<Api> {
  const clock = { now: () => street.now(), machineNow: () => street.now() }
  const app = new Koa()
  app.use(adminRoutes({ store: street.store, clock, adminToken: TOKEN }).routes())
  const server = app.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    async ask(path, { authorization = `Bearer ${TOKEN}`, method = 'GET' } = {}) {
      const headers: Record<string, string> = authorization === null ? {} : { authorization }
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
